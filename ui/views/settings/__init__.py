"""Settings: how it looks, what the book is, dated rules and holidays."""
