"""Scenarios that were kept: the list, side by side, and beside what came."""
