"""What the stores will take in, at the level a person chooses."""
