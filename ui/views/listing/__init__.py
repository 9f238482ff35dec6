"""The list behind a figure: rows with the same filters, page by page."""
