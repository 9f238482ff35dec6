"""The start screen: drop files, open a book, look at the demo chain."""
