"""What the stores will take in: level and days are chosen, every line of the level has its estimate and range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.money import words
from ui.views.money.receipts.told import DAYS, LEVELS, behind, money_column, names_of, notes
from ui.widgets import Choice, DataTable, EmptyState, HBox, Label, Segmented, TitledCard, VBox, scaled
from ui.words import message, word

if TYPE_CHECKING:
    from chainbrain.cash.receipts_level import LevelForecast, LevelLine
    from chainbrain.cash.start_words import Told


class ReceiptsCard(TitledCard):
    """The lines of one level; ``wanted()`` when another level or other days are, ``chosen(name, line)`` of one line.

    ``opened(list, filters, title)`` shows the days that a figure of the past was made from.
    """

    wanted = Signal()
    chosen = Signal(str, object)
    opened = Signal(str, object, str)

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._found: LevelForecast | None = None
        self._problem: Told | None = None
        self._key = ""
        self._waiting = False
        self._entity: str | None = None
        self._names: dict[str, str] = {}
        self.level, self.days = Choice(), Segmented(height=m.CONTROL_SMALL)
        self.level.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        scaled(self.level, height=m.CONTROL_SMALL, min_width=150)
        self.head_right.add(self.days, self.level)
        self._lines = RowsModel(
            [
                Column("name", self._level_name, self._name, Kind.KEY, least=120, tip=self._name, cut_middle=True),
                money_column("mean", lambda: self.tr("Estimate"), 112),
                money_column("p10", lambda: self.tr("8 of 10 from"), 112),
                money_column("p90", lambda: self.tr("8 of 10 to"), 112),
                money_column("p2_5", lambda: self.tr("95 % from"), 112, optional=True),
                money_column("p97_5", lambda: self.tr("95 % to"), 112, optional=True),
                Column(
                    "before", self._before_title, lambda one: one.before, Kind.MONEY, width=112, empty=lambda: "—",
                ),
            ]
        )  # fmt: skip
        self.table = DataTable(self._lines, m.ROW_DENSE, whole_rows=True)
        self._foot = Label(role=Role.SMALL, color="text2", wrap=True)
        filled = QWidget()
        told = HBox(margins=(m.GAP, m.GAP_S, m.GAP, m.GAP_S)).add(self._foot)
        VBox(filled).add(self.table, told).setStretch(0, 1)
        self._empty, self._stack = EmptyState(), QStackedWidget()
        self._stack.addWidget(filled)
        self._stack.addWidget(self._empty)
        self.body.addWidget(self._stack)
        self.level.currentIndexChanged.connect(lambda _number: self.wanted.emit())
        self.days.changed.connect(lambda _key: self.wanted.emit())
        self.table.row_changed.connect(self._follow)
        # Enter names no column; a double click has opened its figure with its first half.
        self.table.cell_opened.connect(lambda row, key: None if key else self._open(row))
        self.table.cell_clicked.connect(lambda row, key: self._open(row) if key == "before" else None)
        self.retranslate()
        self.days.set_current(str(DAYS[-1]))

    @property
    def asked(self) -> tuple[str, int]:
        """The level and the days that are chosen."""
        return str(self.level.currentData()), int(self.days.current)

    @property
    def entity(self) -> str | None:
        """Whose receipts are asked for; nothing for all legal entities."""
        return self._entity

    def set_entity(self, entity: str | None) -> None:
        """Ask for those of another legal entity; until they are there nothing of the one before is shown."""
        if entity != self._entity:
            self._entity, self._key = entity, ""
            self._offer()
            self.set_found(None)
            self.wanted.emit()

    @property
    def foot(self) -> str:
        """What the estimates rest on."""
        return self._foot.text()

    @property
    def filled(self) -> bool:
        """Whether there is something to show."""
        return self._found is not None

    def choose(self, level: str, days: str) -> None:
        """Choose a level and days; what there is not is left as it is."""
        with QSignalBlocker(self.level):
            self.level.setCurrentIndex(max(self.level.findData(level), 0))
        if days in {str(one) for one in DAYS}:
            self.days.set_current(days)
        self.wanted.emit()

    def wait(self) -> None:
        """Say that it is being worked out, unless there is one of before."""
        self._waiting = True
        self._fill()

    def rest(self) -> None:
        """Nothing is being worked out any longer; what went wrong is told elsewhere."""
        if self._waiting:
            self._waiting = False
            self._fill()

    def set_found(self, found: LevelForecast | None, problem: Told | None = None) -> None:
        """Show another forecast, or why there is none; the line that was chosen stays."""
        self._found, self._problem, self._waiting = found, problem, False
        self._fill()

    def retranslate(self) -> None:
        """Set every text."""
        self._offer()
        self.days.set_options([(str(days), self.tr("%n day(s)", "", days)) for days in DAYS])
        self.level.setAccessibleName(self.tr("Receipts of what"))
        self.days.setAccessibleName(self.tr("How many days ahead"))
        self.table.setAccessibleName(self.tr("Receipts to come"))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _offer(self) -> None:
        """The levels; of one legal entity the whole is called so, and there are no others beside it."""
        one, chosen = self._entity is not None, self.level.currentData()
        with QSignalBlocker(self.level):
            self.level.clear()
            for level in LEVELS:
                if not (one and level == "entity"):
                    whole = one and level == "chain"
                    self.level.addItem(self.tr("This entity") if whole else word(f"forecast_level.{level}"), level)
            self.level.setCurrentIndex(max(self.level.findData(chosen), 0))

    def _fill(self) -> None:
        found, key = self._found, self._key
        said = self.tr("at the stores, before charges; estimates, worked out for each number of days by itself")
        whose = [] if self._entity is None else [words.entity_name(self._entity)]
        self.set_title(self.tr("Receipts to come"), " · ".join([*whose, said]))
        self._stack.setCurrentIndex(0 if found is not None else 1)
        why = message(self._problem[0], **self._problem[1]) if self._problem is not None else ""
        being = self.tr("Receipts to come are being worked out…")
        # What a company without stores lacks is no data that may come yet.
        none = self.tr("No receipts at stores to foresee of this entity")
        lacking = none if self._problem is not None and self._problem[1] else self.tr("No receipts can be foreseen yet")
        self._empty.set_texts(being if self._waiting else lacking, why)
        self._names = names_of(found) if found is not None else {}
        self._lines.set_rows(found.lines if found is not None else ())
        self._foot.setText(notes(found) if found is not None else "")
        self.table.select_number(next((i for i, one in enumerate(self._lines.rows) if one.line.key == key), 0))
        if not self._lines.rows:
            self.chosen.emit("", None)

    def _follow(self, row: LevelLine | None) -> None:
        if row is not None:
            self._key = row.line.key
            self.chosen.emit(self._name(row), row)

    def _level_name(self) -> str:
        return word(f"forecast_level.{self._found.level}") if self._found is not None else ""

    def _before_title(self) -> str:
        return self.tr("Last %n day(s)", "", self._found.found.horizon if self._found is not None else 0)

    def _name(self, one: LevelLine) -> str:
        return self._names.get(one.line.key, one.line.name)

    def _open(self, row: LevelLine) -> None:
        opened = behind(self._found, row, self._name(row)) if self._found is not None else None
        if opened is not None:
            self.opened.emit(*opened)
