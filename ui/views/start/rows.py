"""Rows that a card of the start screen is filled with anew."""

from ui.widgets import VBox


def empty(layout: VBox) -> None:
    """Take every row out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
