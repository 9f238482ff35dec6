"""How the stores sell: daily sales, comparisons, expected ranges, what changed and what needs a hand."""
