"""Boxes and fixed sizes that follow the scale while the window runs."""

from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLayout, QWidget

from ui.theme.theme import Theme, follow_theme

W = TypeVar("W", bound=QWidget)
Margins = tuple[float, float, float, float]
NONE: Margins = (0, 0, 0, 0)


class Box(QBoxLayout):
    """A box layout whose margins (left, top, right, bottom) and spacing are px at 100 %."""

    def __init__(
        self,
        direction: QBoxLayout.Direction,
        parent: QWidget | None = None,
        margins: Margins = NONE,
        spacing: float = 0,
    ) -> None:
        super().__init__(direction)
        self._margins, self._gap = margins, spacing
        if parent is not None:
            parent.setLayout(self)
        follow_theme(self._rescale)

    def set_margins(self, margins: Margins) -> None:
        """Change the margins, px at 100 %."""
        self._margins = margins
        self._rescale()

    def set_gap(self, gap: float) -> None:
        """Change the spacing, px at 100 %."""
        if gap != self._gap:
            self._gap = gap
            self._rescale()

    def add(self, *items: QWidget | QLayout | int) -> "Box":
        """Append widgets, layouts and gaps (px at 100 %; 0 is a stretch)."""
        for item in items:
            if isinstance(item, int):
                if item:
                    self.addWidget(Gap(item, item))
                else:
                    self.addStretch(1)
            elif isinstance(item, QLayout):
                self.addLayout(item)
            else:
                self.addWidget(item)
        return self

    def _rescale(self) -> None:
        _rescale(self, self._margins)
        self.setSpacing(Theme.current().px(self._gap))


class VBox(Box):
    """Top to bottom."""

    def __init__(self, parent: QWidget | None = None, margins: Margins = NONE, spacing: float = 0) -> None:
        super().__init__(QBoxLayout.Direction.TopToBottom, parent, margins, spacing)


class HBox(Box):
    """Left to right."""

    def __init__(self, parent: QWidget | None = None, margins: Margins = NONE, spacing: float = 0) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight, parent, margins, spacing)


class Grid(QGridLayout):
    """A grid whose margins and gaps (horizontal, vertical) are px at 100 %."""

    def __init__(
        self, parent: QWidget | None = None, margins: Margins = NONE, spacing: tuple[float, float] = (0, 0)
    ) -> None:
        super().__init__()
        self._margins, self._gaps = margins, spacing
        if parent is not None:
            parent.setLayout(self)
        follow_theme(self._rescale)

    def _rescale(self) -> None:
        _rescale(self, self._margins)
        self.setHorizontalSpacing(Theme.current().px(self._gaps[0]))
        self.setVerticalSpacing(Theme.current().px(self._gaps[1]))


class Gap(QWidget):
    """An empty place of a fixed size in px at 100 %."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        scaled(self, width=width, height=height)


class _Sizes(QObject):
    """Keeps the fixed sizes of one widget; lives as its child."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self.wanted: dict[str, float] = {}

    def restyle(self) -> None:
        """Set every wanted size at the scale in use."""
        px, widget = Theme.current().px, self._widget
        setters = {
            "width": widget.setFixedWidth,
            "height": widget.setFixedHeight,
            "min_width": widget.setMinimumWidth,
            "min_height": widget.setMinimumHeight,
            "max_width": widget.setMaximumWidth,
            "max_height": widget.setMaximumHeight,
        }
        for name, value in self.wanted.items():
            setters[name](px(value))


def scaled(widget: W, **sizes: float) -> W:
    """Fix sizes of a widget in px at 100 % and return it.

    Args:
        widget: the widget.
        sizes: any of ``width``, ``height``, ``min_width``, ``min_height``, ``max_width``, ``max_height``.
    """
    keeper = widget.findChild(_Sizes, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if keeper is None:
        keeper = _Sizes(widget)
        Theme.current().changed.connect(keeper.restyle)
    keeper.wanted.update(sizes)
    keeper.restyle()
    return widget


def _rescale(layout: QLayout, margins: Margins) -> None:
    px = Theme.current().px
    left, top, right, bottom = (px(value) for value in margins)
    layout.setContentsMargins(left, top, right, bottom)
