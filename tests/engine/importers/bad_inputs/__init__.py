"""Files that are damaged, hostile, mistaken or merely odd, each with what the import room has to say about it."""
