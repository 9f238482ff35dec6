"""The arrivals screen: what each merchant number took in a month, what reached the bank, what is still open."""
