"""Expansion: what one more store would cost and earn."""
