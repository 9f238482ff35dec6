"""Cash: what the stores will take in, and what that means for the money of the chain."""
