"""The overview: what came in, what needs a hand, what is still on its way."""
