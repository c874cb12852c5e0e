"""One folder per chapter of the book: its numbers, exhibits and sentences."""
