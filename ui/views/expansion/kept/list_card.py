"""The kept scenarios: tick up to four to compare them; the one under the cursor is renamed, opened or removed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLineEdit

from chainbrain.expansion.comparing import MOST
from chainbrain.expansion.kept import Kept
from ui import figures
from ui.messages import word
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets import Button, DataTable, HBox, Label, PrimaryButton, SecondaryButton, TitledCard, scaled


class KeptList(TitledCard):
    """``chosen`` when other scenarios are ticked or the current one changes; the rest ask the page to write."""

    chosen = Signal()
    keep_asked = Signal(str)
    rename_asked = Signal(str, str)
    remove_asked = Signal(str)
    open_asked = Signal(object)
    check_asked = Signal()

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, m.GAP_M), spacing=m.GAP_S)
        self._ticked: list[str] = []
        self._model = RowsModel(
            [
                Column("tick", lambda: "", lambda one: one.name in self._ticked, Kind.TICK, width=38, sortable=False),
                Column("name", lambda: self.tr("Scenario"), lambda one: one.name, Kind.KEY, least=90,
                       tip=lambda one: one.name),
                Column("kind", lambda: self.tr("Kind"), lambda one: word(f"expansion.kept_kind.{one.kind.value}"),
                       Kind.MUTED, width=72),
            ]
        )  # fmt: skip
        self.table = DataTable(self._model, m.ROW_DENSE, sortable=False)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.name = QLineEdit()
        scaled(self.name, height=m.CONTROL)
        self.keep_button = PrimaryButton()
        self.rename_button, self.remove_button = SecondaryButton(), SecondaryButton()
        self.open_button, self.check_button = SecondaryButton(), SecondaryButton()
        self._facts, self._hint = (
            Label(role=Role.SMALL, color="text2", wrap=True),
            Label(role=Role.SMALL, color="text3", wrap=True),
        )
        self.add(self.table)
        self.body.setStretch(0, 1)
        for row in (
            (self._facts,), (self.open_button, self.check_button), (self.name,),
            (self.keep_button,), (self.rename_button, self.remove_button), (self._hint,),
        ):  # fmt: skip
            line = HBox(margins=(m.GAP, 0, m.GAP, 0), spacing=m.GAP_S)
            for widget in row:
                line.addWidget(widget, 0 if isinstance(widget, Button) else 1)
            if isinstance(row[0], Button):
                line.addStretch(1)
            self.body.addLayout(line)
        self._model.ticked.connect(self._tick)
        self.table.row_changed.connect(lambda _row: self._follow())
        self.table.row_activated.connect(self._open)
        self.name.textChanged.connect(lambda _text: self._follow(emit=False))
        self.keep_button.clicked.connect(lambda: self.keep_asked.emit(self.name.text()))
        self.rename_button.clicked.connect(self._rename)
        self.remove_button.clicked.connect(self._remove)
        self.open_button.clicked.connect(lambda: self._open(self.current))
        self.check_button.clicked.connect(self.check_asked)
        self.retranslate()

    @property
    def current(self) -> Kept | None:
        """The scenario under the cursor, otherwise the newest."""
        row = self.table.current_row()
        return row if isinstance(row, Kept) else self._model.row(0)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The names that are to be compared, in the order in which they were ticked."""
        return tuple(self._ticked)

    def tick(self, names: Sequence[str]) -> None:
        """Compare these."""
        known = {one.name for one in self._model.rows}
        self._ticked = [name for name in names if name in known][:MOST]
        self._model.retranslate()
        self._follow()

    def set_kept(self, found: Sequence[Kept]) -> None:
        """Show other scenarios; ticks stay, and where there are none the two newest of one kind are ticked."""
        names = {one.name for one in found}
        self._ticked = [name for name in self._ticked if name in names]
        if not self._ticked and found:
            alike = [one.name for one in found if one.kind is found[0].kind]
            self._ticked = alike[:2] if len(alike) > 1 else []
        current = self.current.name if self.current is not None else None
        self._model.set_rows(found)
        place = next((number for number, one in enumerate(found) if one.name == current), 0)
        if found:
            self.table.select_number(place)
        self._follow()

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("Kept scenarios"))
        self.table.setAccessibleName(self.tr("Kept scenarios"))
        self.table.set_empty_text(self.tr("No scenario is kept yet"))
        self.table.retranslate()
        self.name.setAccessibleName(self.tr("Name of the scenario"))
        self.name.setPlaceholderText(self.tr("Name, for example plan A"))
        self.keep_button.setText(self.tr("Keep what is worked out"))
        self.rename_button.setText(self.tr("Rename"))
        self.remove_button.setText(self.tr("Delete scenario"))
        self.open_button.setText(self.tr("Open"))
        self.check_button.setText(self.tr("Check again"))
        self._hint.setText(self.tr("Tick two to four scenarios of one kind to compare them."))
        self._follow(emit=False)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _tick(self, one: Kept, on: bool) -> None:
        if on and len(self._ticked) < MOST:
            self._ticked.append(one.name)
        elif not on:
            self._ticked.remove(one.name)
        self._model.retranslate()
        self._follow()

    def _follow(self, *, emit: bool = True) -> None:
        one = self.current
        for button in (self.remove_button, self.open_button, self.check_button):
            button.setEnabled(one is not None)
        self.rename_button.setEnabled(one is not None and bool(self.name.text().strip()))
        self.keep_button.setEnabled(bool(self.name.text().strip()))
        said = ""
        if one is not None:
            said = self.tr("{name}: kept on {day}, version {version}, seed {seed}").format(
                name=one.name, day=figures.day(one.at.date(), year=True), version=one.version, seed=one.seed
            )
        self._facts.setText(said)
        self._facts.setVisible(bool(said))
        if emit:
            self.chosen.emit()

    def _open(self, one: object) -> None:
        if isinstance(one, Kept):
            self.open_asked.emit(one)

    def _rename(self) -> None:
        if self.current is not None:
            self.rename_asked.emit(self.current.name, self.name.text())

    def _remove(self) -> None:
        if self.current is not None:
            self.remove_asked.emit(self.current.name)
