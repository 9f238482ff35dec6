"""Several stores to tick, with a search for long chains."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from chainbrain import sounds
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.views.base import AppContext
from ui.widgets import HBox, Label, LinkButton, PrimaryButton, VBox, scaled

_NUMBER = Qt.ItemDataRole.UserRole


class StorePicker(QFrame):
    """``picked(numbers)`` in the order in which they were ticked; ``sounds_wanted`` until names are found by sound.

    Args:
        above: the widget it goes with.
        fewest: how many are taken at least.
        most: how many at most; without a bound all that are shown can be ticked at once.
    """

    picked = Signal(object)
    sounds_wanted = Signal()

    def __init__(self, above: QWidget, fewest: int, most: int | None = None) -> None:
        super().__init__(above, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._fewest, self._most = fewest, most
        self._ticked: list[str] = []
        self._count_words: Callable[[int], str] = str
        self.search, self.list = QLineEdit(), QListWidget()
        self._said, self.every, self.apply = (
            Label(role=Role.SMALL, color="text2", wrap=True),
            LinkButton(),
            PrimaryButton(),
        )
        scaled(self.list, width=320, height=320)
        box = VBox(self, (m.GAP_M, m.GAP_M, m.GAP_M, m.GAP_M), m.GAP_S)
        box.add(self.search, self.list, self._said)
        box.addLayout(HBox(spacing=m.GAP_S).add(self.every, 0, self.apply))
        self.every.setVisible(most is None)
        self.search.textChanged.connect(lambda _text: self.narrow())
        self.list.itemChanged.connect(self._ticked_one)
        self.list.itemActivated.connect(self._turn)
        self.every.clicked.connect(self._turn_shown)
        self.apply.clicked.connect(self._apply)

    def open_at(self, place: QPoint, names: Mapping[str, str], ticked: Sequence[str]) -> None:
        """Show the stores left below a place, some of them ticked already; those stand first."""
        self._ticked = [number for number in ticked if number in names][: self._most]
        self.list.blockSignals(True)
        self.list.clear()
        for number in sorted(names, key=lambda one: one not in self._ticked):
            item = QListWidgetItem(f"{names[number]}  {number}")
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
        if not sounds.known():
            self.sounds_wanted.emit()

    def set_words(self, title: str, apply: str, counted: Callable[[int], str]) -> None:
        """Set every text.

        Args:
            title: what the list is of.
            apply: what the button does.
            counted: says how many are chosen, and of how many.
        """
        self._count_words = counted
        self.search.setPlaceholderText(translate("Name or number of a store"))
        self.search.setAccessibleName(translate("Name or number of a store"))
        self.list.setAccessibleName(title)
        self.apply.setText(apply)
        self._say()

    def narrow(self) -> None:
        """Show what fits the search."""
        wanted = self.search.text().strip().lower()
        for item in self._items():
            shown = item.text().lower()
            item.setHidden(bool(wanted) and wanted not in shown and not sounds.sounds_like(shown, wanted))
        self._say()

    def _turn(self, item: QListWidgetItem) -> None:
        checked = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)

    def _turn_shown(self) -> None:
        """Tick all that the search shows; where all of them are, untick them."""
        shown = [item for item in self._items() if not item.isHidden()]
        state = Qt.CheckState.Unchecked if self._all_ticked(shown) else Qt.CheckState.Checked
        self.list.blockSignals(True)
        for item in shown:
            item.setCheckState(state)
            self._note(item)
        self.list.blockSignals(False)
        self.list.viewport().update()
        self._say()

    def _ticked_one(self, item: QListWidgetItem) -> None:
        self._note(item)
        self._say()

    def _note(self, item: QListWidgetItem) -> None:
        number = str(item.data(_NUMBER))
        if item.checkState() is Qt.CheckState.Checked and number not in self._ticked:
            self._ticked.append(number)
        elif item.checkState() is not Qt.CheckState.Checked and number in self._ticked:
            self._ticked.remove(number)

    def _say(self) -> None:
        count = len(self._ticked)
        self._said.setText(self._count_words(count))
        shown = [item for item in self._items() if not item.isHidden()]
        self.every.setText(translate("Untick all shown") if self._all_ticked(shown) else translate("Tick all shown"))
        self.every.setEnabled(bool(shown))
        self.apply.setEnabled(self._fewest <= count and (self._most is None or count <= self._most))

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    @staticmethod
    def _all_ticked(items: Sequence[QListWidgetItem]) -> bool:
        return bool(items) and all(item.checkState() is Qt.CheckState.Checked for item in items)

    def _apply(self) -> None:
        self.hide()
        self.picked.emit(tuple(self._ticked))


def learn_sounds(picker: StorePicker, context: AppContext | None) -> None:
    """Load the dictionary beside the window; what was typed meanwhile is then looked for once more."""
    if context is not None:
        context.read(lambda _rooms: sounds.learn(), lambda _done: picker.narrow())
