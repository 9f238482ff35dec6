"""分账: what receivers are due, how it was split, what is left to pay."""
