"""Past openings: what would have been foretold for each, and what came."""
