/* The theme asks which mode a reader chose. The book has one. */
document.documentElement.dataset.mode = "light";
