"""Where rows belong: the short list of stores, terminals and merchant numbers that wait for a person's word."""
