"""Making an edition of the book: run the chapters, stage them, build HTML and PDF, publish."""
