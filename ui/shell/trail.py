"""Back and forward through the screens: each step knows what was chosen there and how far it was scrolled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractScrollArea

from ui.views.base import View

_MOST = 50


@dataclass(frozen=True)
class Step:
    """A screen as it was left: its key, what was chosen, and the scroll bars of its parts in their order."""

    key: str
    place: Mapping[str, str] = field(default_factory=dict)
    scrolled: tuple[int, ...] = ()


class Trail(QObject):
    """Remembers the steps of one book; ``moved`` when back or forward became possible or impossible.

    Args:
        show: shows a screen without a step of its own, and returns it.
        parent: the window.
    """

    moved = Signal()

    def __init__(self, show: Callable[[str], View], parent: QObject) -> None:
        super().__init__(parent)
        self._show = show
        self._past: list[Step] = []
        self._future: list[Step] = []
        self._here: tuple[str, View] | None = None
        self._waiting: tuple[View, tuple[int, ...]] | None = None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a screen before this one."""
        return bool(self._past)

    @property
    def can_go_on(self) -> bool:
        """Whether one went back from a later screen."""
        return bool(self._future)

    def clear(self) -> None:
        """Forget every step: another book is open."""
        self._past, self._future, self._here, self._waiting = [], [], None, None
        self.moved.emit()

    def arrived(self, key: str, view: View) -> None:
        """A screen is shown because somebody chose it; the one before becomes a step, and later ones are forgotten."""
        if self._here is not None and self._here[1] is not view:
            self._past = [*self._past, step_of(*self._here)][-_MOST:]
            self._future = []
        self._here, self._waiting = (key, view), None
        self.moved.emit()

    def back(self) -> None:
        """Go to the screen before."""
        self._go(self._past, self._future)

    def forward(self) -> None:
        """Go to the screen from which one came back."""
        self._go(self._future, self._past)

    def settle(self) -> None:
        """Scroll once more to where it was: what has been read since may have filled the lists anew."""
        if self._waiting is not None and self._here is not None and self._waiting[0] is self._here[1]:
            _scroll(*self._waiting)
        self._waiting = None

    def _go(self, source: list[Step], other: list[Step]) -> None:
        if not source:
            return
        step = source.pop()
        if self._here is not None:
            other.append(step_of(*self._here))
        view = self._show(step.key)
        self._here = (step.key, view)
        if dict(view.place()) != dict(step.place):
            view.take_place(step.place)
        _scroll(view, step.scrolled)
        self._waiting = (view, step.scrolled)
        self.moved.emit()


def step_of(key: str, view: View) -> Step:
    """A screen as it is now."""
    bars = tuple(area.verticalScrollBar().value() for area in view.findChildren(QAbstractScrollArea))
    return Step(key, dict(view.place()), bars)


def _scroll(view: View, places: tuple[int, ...]) -> None:
    areas = view.findChildren(QAbstractScrollArea)
    if len(areas) == len(places):
        for area, place in zip(areas, places, strict=True):
            area.verticalScrollBar().setValue(place)
