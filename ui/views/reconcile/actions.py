"""The commands of the reconcile screen: one name and one key each, for menu, keys and command search."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

# Single letters work only while the list has the focus, where no input method is on.
_LETTERS = {
    "reject": "N",
    "explain": "E",
    "exclude": "X",
    "timing": "T",
    "split": "S",
    "rows": "L",
    "back": "U",
    "apart": "Shift+U",
    "search": "/",
    "clear": "Esc",
}
_KEYS = {"run": "F5", "pane": "F6", "ticked": "Ctrl+Return", "find": "Ctrl+F"}
NAMES = (
    "run", "accept", "ticked", "reject", "back", "apart", "split", "explain", "exclude", "timing", "reopen", "clear",
    "undo", "rows", "past", "search", "find", "pane",
)  # fmt: skip


class ReconcileActions(QObject):
    """Builds every action once; ``retranslate`` words them.

    Args:
        view: gets the window-wide ones.
        lists: the lists that get the single letters.
        run: what each command does, by its name.
    """

    def __init__(self, view: QWidget, lists: Sequence[QWidget], run: Mapping[str, Callable[[], object]]) -> None:
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
                for one in lists:
                    one.addAction(action)
            self._actions[name] = action
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def all(self) -> list[QAction]:
        """Return every command in the order of the menu."""
        return list(self._actions.values())

    def retranslate(self) -> None:
        """Set every text."""
        words = {
            "run": self.tr("Reconcile again"),
            "accept": self.tr("Accept the shown answer"),
            "reject": self.tr("Not this one"),
            "explain": self.tr("Explain the difference\u2026"),
            "exclude": self.tr("Leave the difference out\u2026"),
            "reopen": self.tr("Open the difference again"),
            "ticked": self.tr("Match what is chosen, or decide about the ticked lines"),
            "undo": self.tr("Undo the last decision"),
            "timing": self.tr("Expect it on a day\u2026"),
            "split": self.tr("Take one out of the group\u2026"),
            "back": self.tr("Take back the last decision of this screen"),
            "apart": self.tr("Take the match apart\u2026"),
            "clear": self.tr("Choose nothing"),
            "find": self.tr("Find by amount, number or words"),
            "rows": self.tr("Rows behind this line"),
            "past": self.tr("What was decided, and by whom"),
            "search": self.tr("Narrow this list"),
            "pane": self.tr("Next pane"),
        }
        for name, text in words.items():
            self._actions[name].setText(text)
