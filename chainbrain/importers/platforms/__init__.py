"""Bills and ledgers of delivery and market platforms."""
