"""What head office and its stores owe each other, and whom it has to pay (domain rule: splits, section 6)."""
