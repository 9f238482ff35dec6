"""Qt models over plain rows: all at once, or page by page."""

from ui.models.columns import Column, Kind
from ui.models.paged_model import PagedModel, PageSource
from ui.models.rows_model import RowsModel

__all__ = ["Column", "Kind", "PageSource", "PagedModel", "RowsModel"]
