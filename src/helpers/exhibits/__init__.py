"""One function per figure or table of the book: tidy numbers, how to draw them, caption and alt text."""
