"""The reconcile screen: what is open, the best answer with its arithmetic, and a person's word on it."""
