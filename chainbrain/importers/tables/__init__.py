"""From lines and sheets to recognised tables of typed columns."""
