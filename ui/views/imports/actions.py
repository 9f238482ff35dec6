"""The commands of the import screen: one name and one shortcut each, for menu and command search."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from chainbrain.intake.decisions import LEAVE, NEW, SAME, Decisions
from ui.theme.translator import translate

_LETTERS = {LEAVE: "X", NEW: "N", SAME: "S"}


class ImportActions:
    """Makes the actions and words them.

    Args:
        screen: gets the shortcuts that work everywhere on it.
        files: the list of files; ``Delete`` works only there.
        rows: the table of rows; single letters work only there, where no input method is on.
    """

    def __init__(self, screen: QWidget, files: QWidget, rows: QWidget) -> None:
        self._screen = screen
        self.files, self.folder = self._action(), self._action()
        self.confirm, self.cancel = self._action("Ctrl+Return"), self._action()
        self.past = self._action("Ctrl+H")
        self.suspects, self.differences = self._action(), self._action()
        self.leave_file = self._action("Del", files)
        self.rows = {word: self._action(key, rows) for word, key in _LETTERS.items()}

    def connect(self, action: QAction, run: Callable[[], object]) -> None:
        """Run this when the action is chosen."""
        action.triggered.connect(lambda _on=False: run())

    def shown(self, *, planned: bool) -> list[QAction]:
        """Return the commands that mean something now."""
        always = [self.files, self.folder, self.past]
        decisions = [*self.rows.values(), self.leave_file, self.suspects, self.differences]
        return [self.confirm, self.cancel, *decisions, *always] if planned else always

    def retranslate(self, decisions: Decisions, *, left_out: bool) -> None:
        """Set every text; ``left_out`` says whether the chosen file is left out."""
        self.files.setText(translate("Choose files to import\u2026"))
        self.folder.setText(translate("Import a folder\u2026"))
        self.confirm.setText(translate("Confirm the import"))
        self.cancel.setText(translate("Drop this plan"))
        self.past.setText(translate("Show past imports"))
        self.suspects.setText(
            translate("Leave suspect rows out") if decisions.accept_suspect else translate("Write suspect rows as new")
        )
        self.differences.setText(
            translate("Leave files out whose totals differ")
            if decisions.accept_differences
            else translate("Take files whose totals differ")
        )

        self.leave_file.setText(
            translate("Put the file back") if left_out else translate("Leave the file out of this import")
        )
        self.rows[LEAVE].setText(translate("Leave the suspect row out for now"))
        self.rows[NEW].setText(translate("The suspect row is a new one"))
        self.rows[SAME].setText(translate("The suspect row is the same as the one there"))

    def _action(self, keys: str = "", place: QWidget | None = None) -> QAction:
        action = QAction(self._screen)
        if keys:
            action.setShortcut(QKeySequence(keys))
        if place is not None:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        (place or self._screen).addAction(action)
        return action
