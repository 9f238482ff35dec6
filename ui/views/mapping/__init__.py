"""The dialog that maps the columns of a table no importer knows."""
