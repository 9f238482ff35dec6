"""分账: the contracts between head office, franchisees and suppliers, what they come to, and how they were kept."""
