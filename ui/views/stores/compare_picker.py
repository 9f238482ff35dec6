"""Which two to six stores are put beside each other: a list to tick, with a search for long chains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem

from chainbrain.analytics.compare import FEWEST, MOST
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.widgets import HBox, Label, PrimaryButton, VBox, scaled

_NUMBER = Qt.ItemDataRole.UserRole


class StorePicker(QFrame):
    """``picked(numbers)`` in the order in which they were ticked: the first is what the others are held against."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._ticked: list[str] = []
        self.search, self.list = QLineEdit(), QListWidget()
        self._said, self.apply = Label(role=Role.SMALL, color="text2", wrap=True), PrimaryButton()
        scaled(self.list, width=320, height=320)
        box = VBox(self, (m.GAP_M, m.GAP_M, m.GAP_M, m.GAP_M), m.GAP_S)
        box.add(self.search, self.list, self._said)
        box.addLayout(HBox(spacing=m.GAP_S).add(0, self.apply))
        self.search.textChanged.connect(self._narrow)
        self.list.itemChanged.connect(self._ticked_one)
        self.list.itemActivated.connect(self._turn)
        self.apply.clicked.connect(self._apply)

    def open_at(self, place: QPoint, names: Mapping[str, str], ticked: Sequence[str]) -> None:
        """Show the stores, some of them ticked already."""
        self.retranslate()
        self._ticked = [number for number in ticked if number in names][:MOST]
        self.list.blockSignals(True)
        self.list.clear()
        for number, name in names.items():
            item = QListWidgetItem(f"{name}  {number}")
            item.setData(_NUMBER, number)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if number in self._ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.search.clear()
        self._say()
        self.adjustSize()
        self.move(place.x() - self.width(), place.y())
        self.show()
        self.search.setFocus()

    def retranslate(self) -> None:
        """Set every text."""
        self.search.setPlaceholderText(translate("Name or number of a store"))
        self.search.setAccessibleName(translate("Name or number of a store"))
        self.list.setAccessibleName(translate("Stores to compare"))
        self.apply.setText(translate("Compare"))
        self._say()

    def _narrow(self, text: str) -> None:
        for place in range(self.list.count()):
            item = self.list.item(place)
            item.setHidden(text.strip().lower() not in item.text().lower())

    def _turn(self, item: QListWidgetItem) -> None:
        checked = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)

    def _ticked_one(self, item: QListWidgetItem) -> None:
        number = str(item.data(_NUMBER))
        if item.checkState() is Qt.CheckState.Checked and number not in self._ticked:
            self._ticked.append(number)
        elif item.checkState() is not Qt.CheckState.Checked and number in self._ticked:
            self._ticked.remove(number)
        self._say()

    def _say(self) -> None:
        count = len(self._ticked)
        words = translate("%n store(s) chosen of two to six; the others are held against the first chosen", count)
        self._said.setText(words)
        self.apply.setEnabled(FEWEST <= count <= MOST)

    def _apply(self) -> None:
        self.hide()
        self.picked.emit(tuple(self._ticked))
