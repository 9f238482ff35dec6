"""How well receipts were foreseen on the chain's own past, and the promotions and closures the forecast counts on."""
