"""A programme of several stores: the calendar, the chain's cash beneath it, and the limits."""
