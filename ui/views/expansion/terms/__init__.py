"""The lists behind one store: items, steps, channels, taxes, loans."""
