"""The choice of stores goes with the owner from screen to screen: what was chosen last is what the next one shows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject

from ui.views.base import View
from ui.views.parts.store_scope import StoreScope

_KEY = "store_scope"


class SharedScope(QObject):
    """Watches one screen: when it is shown after another screen chose other stores, it is asked to show those.

    Args:
        view: the screen.
        adopt: shows the stores of a choice on it.
    """

    def __init__(self, view: View, adopt: Callable[[StoreScope], None]) -> None:
        super().__init__(view)
        self._view, self._adopt = view, adopt
        self._seen = StoreScope()
        view.installEventFilter(self)

    def reset(self) -> None:
        """Begin anew with another book."""
        self._seen = StoreScope()

    def say(self, scope: StoreScope) -> None:
        """Keep what was chosen on this screen for the others."""
        self._seen = scope
        if self._view.context is not None:
            self._view.context.extras[_KEY] = scope

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at what the others chose whenever the screen is shown."""
        if watched is self._view and event.type() == QEvent.Type.Show and self._view.context is not None:
            scope = self._view.context.extras.get(_KEY)
            if isinstance(scope, StoreScope) and scope != self._seen:
                self._seen = scope
                self._adopt(scope)
        return super().eventFilter(watched, event)
