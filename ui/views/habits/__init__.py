"""How each merchant's money reaches the bank where only deposits show it, and a person's word on it."""
