"""The chain's own tables and the reports of its tills."""
