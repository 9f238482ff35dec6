"""The commands of the expansion screen and the menu of scenarios in its top bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ui.widgets import DropDownButton


class ScenarioMenu(QObject):
    """One action per command; ``remove_asked(name)`` when a store is to leave the programme.

    Args:
        parent: the screen.
        stores: the names of the stores in the programme, asked for when they are listed.
    """

    remove_asked = Signal(str)

    def __init__(self, parent: QWidget, stores: Callable[[], Sequence[str]]) -> None:
        super().__init__(parent)
        self._stores = stores
        self.button, self.remove = DropDownButton(), QMenu(parent)
        self.run, self.open, self.save, self.save_result = (QAction(parent) for _ in range(4))
        self.reset, self.add, self.keep, self.stop = (QAction(parent) for _ in range(4))
        self.stop.setEnabled(False)
        self.run.setShortcut("F9")
        self.button.menu().addActions(
            [self.keep, self.open, self.save, self.save_result, self.reset, self.add, self.stop]
        )
        self.button.menu().addMenu(self.remove)
        parent.addAction(self.run)
        self.remove.aboutToShow.connect(self.list_stores)

    @property
    def commands(self) -> list[QAction]:
        """What the search of commands finds."""
        return [self.run, self.open, self.save, self.save_result, self.reset, self.add, self.keep]

    def retranslate(self) -> None:
        """Set every text."""
        self.button.setText(self.tr("Scenario"))
        self.run.setText(self.tr("Work out again"))
        self.open.setText(self.tr("Open scenario…"))
        self.save.setText(self.tr("Save scenario…"))
        self.save_result.setText(self.tr("Save result…"))
        self.reset.setText(self.tr("Back to the figures of own stores"))
        self.add.setText(self.tr("Add this store to the programme"))
        self.keep.setText(self.tr("Keep and compare scenarios…"))
        self.stop.setText(self.tr("Stop working out the rest of the paths"))
        self.remove.setTitle(self.tr("Take out of the programme"))

    def list_stores(self) -> None:
        """List what may be taken out."""
        self.remove.clear()
        for name in self._stores():
            self.remove.addAction(name, partial(self.remove_asked.emit, name))
