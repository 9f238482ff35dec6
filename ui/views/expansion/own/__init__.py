"""What the chain's own stores say of a new one, on the page of one store."""
