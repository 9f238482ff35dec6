"""The page of a trade area: the site at the left, what it draws and takes at the right."""
