"""The way of Tab: parts that were made or put in later come where they stand, not at the end."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def in_order(*parts: QWidget) -> None:
    """Let Tab come to these parts one after the other, each with what is inside it in the order that has already.

    All of them must be in one window; the first stays where it is. What takes no focus by Tab is passed over.
    """
    stops = [stop for part in parts for stop in _stops(part)]
    for one, after in pairwise(stops):
        QWidget.setTabOrder(one, after)


def widgets_of(box: QLayout) -> list[QWidget]:
    """Return what was put into a box, in the order in which it stands there."""
    items = (box.itemAt(number) for number in range(box.count()))
    return [widget for item in items if item is not None and (widget := item.widget()) is not None]


def _stops(part: QWidget) -> list[QWidget]:
    """Return the part and what is inside it, as far as Tab comes there, in its present order."""
    found = [] if not _takes_tab(part) else [part]
    one = part.nextInFocusChain()
    while one is not None and one is not part:
        if part.isAncestorOf(one) and _takes_tab(one):
            found.append(one)
        one = one.nextInFocusChain()
    return found


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
