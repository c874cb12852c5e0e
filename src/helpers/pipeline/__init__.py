"""From data to released numbers: which exhibits a book needs, their true rows, and what is released of them."""
