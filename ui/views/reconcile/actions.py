"""The commands of the reconcile screen: one name and one key each, for menu, keys and command search."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

# Single letters work only while the list has the focus, where no input method is on.
_LETTERS = {"reject": "N", "explain": "E", "exclude": "X", "rows": "L", "undo": "U", "search": "/"}
_KEYS = {"run": "F5", "pane": "F6", "ticked": "Ctrl+Return"}
NAMES = ("run", "accept", "reject", "explain", "exclude", "reopen", "ticked", "undo", "rows", "search", "pane")


class ReconcileActions(QObject):
    """Builds every action once; ``retranslate`` words them.

    Args:
        view: gets the window-wide ones.
        lists: the list that gets the single letters.
        run: what each command does, by its name.
    """

    def __init__(self, view: QWidget, lists: QWidget, run: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(view)
        self._actions: dict[str, QAction] = {}
        for name in NAMES:
            action = QAction(view)
            action.triggered.connect(lambda _on=False, command=run[name]: command())
            if name in _KEYS:
                action.setShortcut(QKeySequence(_KEYS[name]))
                view.addAction(action)
            elif name in _LETTERS:
                action.setShortcut(QKeySequence(_LETTERS[name]))
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
                lists.addAction(action)
            self._actions[name] = action
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def all(self) -> list[QAction]:
        """Return every command in the order of the menu."""
        return list(self._actions.values())

    def enable(self, names: set[str]) -> None:
        """Enable exactly these of the decisions; the other commands always work."""
        for name in ("accept", "reject", "explain", "exclude", "reopen", "ticked", "rows"):
            self._actions[name].setEnabled(name in names)

    def retranslate(self) -> None:
        """Set every text."""
        words = {
            "run": self.tr("Reconcile again"),
            "accept": self.tr("Accept the shown answer"),
            "reject": self.tr("Not this one"),
            "explain": self.tr("Explain the difference\u2026"),
            "exclude": self.tr("Leave the difference out\u2026"),
            "reopen": self.tr("Open the difference again"),
            "ticked": self.tr("Decide about the ticked lines"),
            "undo": self.tr("Undo the last decision"),
            "rows": self.tr("Rows behind this line"),
            "search": self.tr("Narrow this list"),
            "pane": self.tr("Next pane"),
        }
        for name, text in words.items():
            self._actions[name].setText(text)
