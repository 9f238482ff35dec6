"""The import screen: what files would add, row by row, before anything is written; and what was written before."""
