"""Every component in every state, in both themes."""
