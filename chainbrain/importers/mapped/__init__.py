"""Tables that no importer knows: looked at, proposed, mapped by a person, read."""
