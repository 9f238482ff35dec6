"""Where read files meet the book: planned, shown, applied, taken back."""
