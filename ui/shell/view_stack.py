"""The screens of a window: built when first needed, one of them shown, read again when what they show has moved."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain.changes import Changes
from ui.jobs import Newest
from ui.views.base import AppContext, View
from ui.views.parts.reader import Loader
from ui.views.registry import entry


class ViewStack(QStackedWidget):
    """Holds the screens by their keys; ``title_changed`` when one of them is called otherwise."""

    title_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._context: AppContext | None = None
        self._views: dict[str, View] = {}
        # What moved since a screen was read; None stands for everything.
        self._stale: dict[str, Changes | None] = {}
        self._key = ""

    @property
    def key(self) -> str:
        """The key of the shown screen, empty while there is none."""
        return self._key

    @property
    def shown(self) -> View | None:
        """The shown screen."""
        return self._views.get(self._key)

    def use(self, context: AppContext) -> None:
        """Give every screen another book; each is read when it is shown."""
        self._context = context
        for key, view in self._views.items():
            view.set_workspace(context)
            self._stale[key] = None

    def leave(self) -> None:
        """The book is being left: screens built from now on have none."""
        self._context = None

    def show_none(self) -> None:
        """No book is open, so no screen is shown."""
        self._context, self._key = None, ""

    def view(self, key: str) -> View:
        """Return a screen, building it when it is first needed."""
        if key not in self._views:
            view = entry(key).load()
            self._views[key] = view
            self.addWidget(view)
            view.title_changed.connect(self.title_changed)
            for action in view.actions():
                if action not in QWidget.actions(view):
                    view.addAction(action)
            if self._context is not None:
                view.set_workspace(self._context)
            unread = partial(self._unread, key)
            for loader in view.findChildren(Loader):
                loader.failed.connect(unread)
            for work in view.findChildren(Newest):
                work.failed.connect(unread)
            self._stale[key] = None
        return self._views[key]

    def show_key(self, key: str) -> View:
        """Bring a screen to the front; it is read by ``catch_up``."""
        view = self.view(key)
        self._key = key
        self.setCurrentWidget(view)
        return view

    def changed(self, changes: Changes) -> None:
        """Note what moved, for every screen to catch up with when it is shown."""
        for key in self._views:
            before = self._stale.get(key, Changes())
            self._stale[key] = None if before is None else Changes(before.kinds | changes.kinds, changes.entry_id)

    def catch_up(self) -> None:
        """Read the shown screen again if anything has moved since it was read."""
        if self._key in self._stale:
            self._views[self._key].refresh(self._stale.pop(self._key))

    def _unread(self, key: str, _failure: object) -> None:
        # What could not be read is not shown: who comes back to the screen must not take the old for the new.
        self._stale[key] = None

    def counts(self) -> dict[str, int]:
        """What each screen that was built would have counted beside its name, by key."""
        return {key: view.badge_count() for key, view in self._views.items()}

    def commands(self) -> list[QAction]:
        """The commands of the shown screen."""
        return [] if self.shown is None else list(self.shown.actions())

    def taken(self, paths: Sequence[Path]) -> bool:
        """Offer files to the shown screen; True when it deals with them itself."""
        return self.shown is not None and self.shown.accept_files(paths)
