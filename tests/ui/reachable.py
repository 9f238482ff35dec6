"""Finds what cannot be worked without a mouse or with a screen reader: nameless, unreached, unseen, too small."""

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDateEdit,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from ui.charts.plot import Plot
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.focus_ring import FocusRing
from ui.widgets.segmented import Segmented

_KINDS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QAbstractSpinBox, QPlainTextEdit)
_HANDLERS = ("mousePressEvent", "mouseReleaseEvent", "mouseDoubleClickEvent")


def controls(root: QWidget) -> list[QWidget]:
    """Return what somebody can act on below ``root``: seen, enabled, and not a part inside another control."""
    found = [one for one in root.findChildren(QWidget) if one.isVisible() and one.isEnabled() and _acts(one)]
    return [one for one in found if not _belongs(one)]


def _acts(widget: QWidget) -> bool:
    if isinstance(widget, _KINDS) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return not isinstance(widget, (QHeaderView, FocusRing))
    own = [kind for kind in type(widget).__mro__ if kind.__module__.startswith("ui.")]
    return any(name in vars(kind) for kind in own for name in _HANDLERS)


def _belongs(widget: QWidget) -> bool:
    """Whether it is made by Qt inside a field, list or chart, which is the control."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, (QComboBox, QLineEdit, QAbstractItemView, QDateEdit, QAbstractSpinBox, Plot)):
            return True
        around = around.parentWidget()
    return widget.objectName().startswith("qt_") and not isinstance(widget, QAbstractScrollArea)


def said(widget: QWidget) -> str:
    """Return what a screen reader calls it: its own name, its text, or the label that belongs to it."""
    if isinstance(widget, QComboBox):
        return widget.accessibleName()  # what is asked below stands for the choice itself on some systems
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def known_as(widget: QWidget, root: QWidget) -> str:
    """Return words by which somebody finds the widget in the source."""
    around, path = widget, [f"{type(widget).__name__}({said(widget)[:24]})"]
    while around.parentWidget() is not None and around is not root and len(path) < 4:
        around = around.parentWidget()
        if type(around).__module__.startswith("ui."):
            path.append(type(around).__name__)
    return " in ".join(path)


def tab_chain(window: QWidget) -> list[QWidget]:
    """Return what Tab comes to, in its order, one round through the window."""
    chain, one = [], window.nextInFocusChain()
    while one is not window:
        takes = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
        if takes and one.isVisible() and one.isEnabled():
            chain.append(one)
        one = one.nextInFocusChain()
    return chain


def box_of(widget: QWidget, window: QWidget) -> QRect:
    """Return where a widget stands in the window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _in_view(widget: QWidget, other: QWidget, root: QWidget) -> QRect:
    """Where a widget stands once Tab has scrolled to it: inside the view of every area that the other is not in."""
    box, area = box_of(widget, root), widget.parentWidget()
    while area is not None and area is not root:
        if isinstance(area, QAbstractScrollArea) and not area.isAncestorOf(other):
            view = box_of(area.viewport(), root)
            box.moveTop(max(view.top(), min(box.top(), view.bottom() - box.height() + 1)))
        area = area.parentWidget()
    return box


def against_reading(chain: list[QWidget], root: QWidget) -> list[str]:
    """Return the steps of Tab that jump back: up without going to the right, or to the left in the same line."""
    wrong = []
    for one, after in pairwise(chain):
        before, now = _in_view(one, after, root), _in_view(after, one, root)
        up = now.bottom() <= before.top() and now.left() <= before.right()
        back = now.right() <= before.left() and now.top() < before.center().y() < now.bottom()
        if up or back:
            wrong.append(f"{known_as(one, root)} -> {known_as(after, root)}")
    return wrong


def too_small(widgets: list[QWidget], root: QWidget) -> list[str]:
    """Return what is lower than the least height of its kind: a small control, or the line of a link or figure."""
    theme, wrong = Theme.current(), []
    for one in widgets:
        full = isinstance(one, (Button, Segmented, QComboBox, QLineEdit, QAbstractSpinBox)) and not isinstance(
            one, LinkButton
        )
        least = theme.px(m.CONTROL_SMALL if full else m.BADGE)
        if one.height() < least or one.width() < least:
            wrong.append(f"{known_as(one, root)} {one.width()} x {one.height()}")
    return wrong


def unseen_focus(widgets: list[QWidget], window: QWidget) -> list[str]:
    """Give each the focus as Tab does and return those that look the same with it."""
    wrong, room = [], m.FOCUS_RING + m.FOCUS_GAP
    window.activateWindow()
    QApplication.processEvents()
    for one in widgets:
        _bring(one)
        held = QApplication.focusWidget()
        if held is not None:
            held.clearFocus()
        place = box_of(one, window).adjusted(-room, -room, room, room)
        plain = window.grab(place).toImage()
        one.setFocus(Qt.FocusReason.TabFocusReason)
        if QApplication.focusWidget() is not (one.focusProxy() or one):
            wrong.append(f"{known_as(one, window)} takes no focus")
        elif window.grab(place).toImage() == plain:
            wrong.append(known_as(one, window))
    return wrong


def _bring(widget: QWidget) -> None:
    """Scroll to it, as Tab does."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()
