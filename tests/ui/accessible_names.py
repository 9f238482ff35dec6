"""Finds what a screen reader could not name."""

from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QHeaderView, QLineEdit, QWidget


def nameless(widget: QWidget) -> list[str]:
    """Return fields, lists and buttons below a widget that a screen reader could not name."""
    kinds = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit)
    found = []
    for kind in kinds:
        for child in widget.findChildren(kind):
            named = child.accessibleName() or (child.text() if isinstance(child, QAbstractButton) else "")
            if not named and child.isVisibleTo(widget) and not isinstance(child, QHeaderView):
                found.append(f"{type(child).__name__} in {type(child.parent()).__name__}")
    return found
