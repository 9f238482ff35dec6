"""Bank statements, corporate and personal."""
