"""The button with the saved filters: recall by Alt+1 to 9, save, rename, remove."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ui.widgets import IconButton

_KEYS = 9


class Named(Protocol):
    """Something that was saved by name."""

    @property
    def title(self) -> str:
        """Its name in the language of the window."""
        ...

    @property
    def shipped(self) -> bool:
        """Whether it came with the program and cannot be renamed or removed."""
        ...


class ViewMenu(IconButton):
    """``chosen(one)``, ``saving``, ``renaming(one)``, ``removing(one)``: what was saved by name."""

    chosen = Signal(object)
    saving = Signal()
    renaming = Signal(object)
    removing = Signal(object)

    def __init__(self, owner: QWidget) -> None:
        super().__init__("filter", framed=True)
        self._owner, self._views = owner, tuple[Named, ...]()
        self._current: Named | None = None
        self._actions: list[QAction] = []
        self.clicked.connect(self._open)
        self.retranslate()

    @property
    def current(self) -> Named | None:
        """The one that was chosen last."""
        return self._current

    def set_views(self, views: Sequence[Named], current: Named | None) -> None:
        """Offer these."""
        self._views, self._current = tuple(views), current
        self.retranslate()

    def commands(self) -> list[QAction]:
        """Return everything that is in the menu, for the command search."""
        return list(self._actions)

    def retranslate(self) -> None:
        """Build the menu."""
        self.set_name(self.tr("Saved filters"))
        for action in self._actions:
            self._owner.removeAction(action)
            action.deleteLater()
        self._actions = []
        for number, view in enumerate(self._views, start=1):
            key = f"Alt+{number}" if number <= _KEYS else ""
            action = self._add(view.title, partial(self.chosen.emit, view), key)
            action.setCheckable(True)
            action.setChecked(view == self._current)
        self._add(self.tr("Save these filters\u2026"), self.saving.emit, "Ctrl+S")
        own = self._current if self._current is not None and not self._current.shipped else None
        if own is not None:
            self._add(self.tr("Rename {name}\u2026").format(name=own.title), lambda: self.renaming.emit(own), "")
            self._add(self.tr("Remove {name}").format(name=own.title), lambda: self.removing.emit(own), "")

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _add(self, text: str, run: Callable[[], object], key: str) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda _on=False: run())
        if key:
            action.setShortcut(QKeySequence(key))
            self._owner.addAction(action)
        self._actions.append(action)
        return action

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self._actions[: len(self._views)])
        menu.addSeparator()
        menu.addActions(self._actions[len(self._views) :])
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
