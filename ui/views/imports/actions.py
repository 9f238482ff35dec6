"""The commands of the import screen: one name and one shortcut each, for menu and command search."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.theme.translator import translate


class ImportActions:
    """Makes the actions on the screen and words them."""

    def __init__(self, screen: QWidget) -> None:
        self._screen = screen
        self.files, self.folder = self._action(), self._action()
        self.confirm, self.cancel = self._action("Ctrl+Return"), self._action()
        self.past = self._action("Ctrl+H")
        self.suspects, self.differences = self._action(), self._action()

    def connect(self, action: QAction, run: Callable[[], object]) -> None:
        """Run this when the action is chosen."""
        action.triggered.connect(lambda _on=False: run())

    def shown(self, *, planned: bool) -> list[QAction]:
        """Return the commands that mean something now."""
        always = [self.files, self.folder, self.past]
        return [self.confirm, self.cancel, self.suspects, self.differences, *always] if planned else always

    def retranslate(self, *, takes_suspects: bool, takes_differences: bool) -> None:
        """Set every text."""
        self.files.setText(translate("Choose files to import\u2026"))
        self.folder.setText(translate("Import a folder\u2026"))
        self.confirm.setText(translate("Confirm the import"))
        self.cancel.setText(translate("Drop this plan"))
        self.past.setText(translate("Show past imports"))
        self.suspects.setText(
            translate("Leave suspect rows out") if takes_suspects else translate("Write suspect rows as new")
        )
        self.differences.setText(
            translate("Leave files out whose totals differ")
            if takes_differences
            else translate("Take files whose totals differ")
        )

    def _action(self, keys: str = "") -> QAction:
        action = QAction(self._screen)
        if keys:
            action.setShortcut(QKeySequence(keys))
        self._screen.addAction(action)
        return action
