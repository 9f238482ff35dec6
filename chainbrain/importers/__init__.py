"""Foreign files: recognised by their content, read in a process of their own, turned into typed columns."""
