"""A forecast kept as it is now, and an earlier one beside what came: balance, items, what the difference is of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from chainbrain.errors import UserError
from ui import figures
from ui.charts.fan import FanChart
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.money import words
from ui.views.money.compare_rows import lines_behind
from ui.views.money.compare_told import fan_of, told
from ui.views.parts.reader import Loader
from ui.widgets import Choice, DataTable, HBox, Label, SecondaryButton, Segmented, TitledCard, VBox, scaled
from ui.words import word

if TYPE_CHECKING:
    from chainbrain.cash.comparing import ComparedDue, Comparison
    from chainbrain.cash.freezing import Freeze
    from chainbrain.cash.room import CashRoom
    from ui.views.base import AppContext


class CompareCard(TitledCard):
    """``frozen(name)`` when the present forecast is to be kept; which earlier one is shown, the card chooses itself.

    ``opened(list, filters, title)`` shows the bank lines of what came.
    """

    frozen = Signal(str)
    opened = Signal(str, object, str)

    def __init__(self) -> None:
        super().__init__(padding=(m.GAP, 0, 0, 0), spacing=0)
        self.context: AppContext | None = None
        self._freezes: tuple[Freeze, ...] = ()
        self._entity: str | None = None
        self._comparison: Comparison | None = None
        self._can_keep = False
        self._loader = Loader(self)
        self._loader.loaded.connect(self._take)
        self.name, self.keep_button, self.choice = QLineEdit(), SecondaryButton(height=m.CONTROL_SMALL), Choice()
        scaled(self.name, height=m.CONTROL_SMALL, min_width=130)
        self.by = Segmented()
        self.head_right.add(self.by, self.choice, self.name, self.keep_button)
        self.chart = FanChart()
        self._dues = RowsModel(
            [
                Column(
                    "day", lambda: self.tr("To pay on"), lambda one: one.due.day, Kind.DAY, width=60, text=figures.day
                ),
                Column("what", lambda: self.tr("For what"), self._what, least=72),
                Column(
                    "amount", lambda: self.tr("Foreseen"), lambda one: -one.due.amount, Kind.MONEY, width=96,
                    text=words.moved,
                ),
                Column(
                    "paid", lambda: self.tr("Really paid"), lambda one: None if one.paid is None else -one.paid,
                    Kind.MONEY, width=96, text=words.moved,
                ),
                Column("state", lambda: self.tr("Paid on"), self._state, least=84, tone=self._tone),
            ]
        )  # fmt: skip
        self._days = RowsModel(
            [
                Column(
                    "day", lambda: self.tr("Day"), lambda one: one.foreseen.day, Kind.DAY, width=60, text=figures.day
                ),
                Column(
                    "expected", lambda: self.tr("Foreseen"), lambda one: one.foreseen.expected, Kind.MONEY, least=96
                ),
                Column("actual", lambda: self.tr("Actual"), lambda one: one.actual, Kind.MONEY, least=96),
                Column("off", lambda: self.tr("Above expected"), lambda one: one.off, Kind.MONEY, least=96),
                Column(
                    "inside", lambda: self.tr("In range"), lambda one: word(f"compare_inside.{_yes(one.inside)}"),
                    width=64,
                ),
            ]
        )  # fmt: skip
        self.items = DataTable(self._dues, m.ROW_DENSE, sortable=False, whole_rows=True)
        self.days = DataTable(self._days, m.ROW_DENSE, sortable=False, whole_rows=True)
        self._tables = QStackedWidget()
        for table in (self.items, self.days):
            self._tables.addWidget(table)
        self._foot = Label(role=Role.SMALL, color="text2", wrap=True)
        filled = QWidget()
        row = HBox(filled, margins=(0, m.GAP_S, 0, 0), spacing=m.GAP)
        left = VBox(spacing=m.GAP_XS).add(self.chart, self._foot, m.GAP_S)
        left.setStretch(0, 1)
        row.addLayout(left, 1)
        row.addWidget(self._tables, 1)
        self._empty, self._stack = Label(role=Role.SMALL, color="text2", wrap=True), QStackedWidget()
        self._stack.addWidget(filled)
        self._stack.addWidget(self._empty)
        self.body.addWidget(self._stack)
        self.name.textChanged.connect(lambda _text: self._follow())
        self.name.returnPressed.connect(self._keep)
        self.keep_button.clicked.connect(self._keep)
        self.choice.currentIndexChanged.connect(lambda _number: self._load())
        for table in (self.items, self.days):
            # Enter names no column; a double click has opened its figure with its first half.
            table.cell_opened.connect(lambda row, key: None if key else self._open(row, ""))
            table.cell_clicked.connect(self._open)
        self.by.changed.connect(lambda _key: self._fill())
        self.retranslate()

    def set_freezes(self, freezes: tuple[Freeze, ...], entity: str | None, *, can_keep: bool) -> None:
        """Show other forecasts that were kept, of this entity; the one that is chosen stays."""
        other = freezes != self._freezes or entity != self._entity
        self._freezes, self._entity, self._can_keep = freezes, entity, can_keep
        chosen = self.choice.currentData()
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for one in freezes:
                self.choice.addItem(one.name, one.name)
            self.choice.setCurrentIndex(max(0, self.choice.findData(chosen)))
        self.choice.setVisible(bool(freezes))
        self._stack.setCurrentIndex(0 if freezes else 1)
        self.by.setVisible(bool(freezes))
        self._follow()
        if other:
            self._load()

    def read_again(self) -> None:
        """Hold the chosen one against what came again: there may be more of it."""
        self._load()

    @property
    def filled(self) -> bool:
        """Whether a forecast is kept that can be shown."""
        return bool(self._freezes)

    @property
    def foot(self) -> str:
        """What the difference is of."""
        return self._foot.text()

    @property
    def loading(self) -> bool:
        """Whether it is being read."""
        return self._loader.running

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("Foreseen then, and what came"))
        self.name.setAccessibleName(self.tr("Name of the forecast"))
        self.keep_button.setText(self.tr("Keep this forecast"))
        self.choice.setAccessibleName(self.tr("Which forecast"))
        self.by.set_options([("items", self.tr("By item")), ("days", self.tr("By day"))])
        self.by.setAccessibleName(self.tr("What is compared"))
        self.items.setAccessibleName(self.tr("Known items and what was paid"))
        self.days.setAccessibleName(self.tr("Days foreseen and as they came"))
        self.chart.setAccessibleName(self.tr("Foreseen and what came"))
        self._fill()
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _keep(self) -> None:
        if self.keep_button.isEnabled():
            self.frozen.emit(self._wanted())
            self.name.clear()

    def _wanted(self) -> str:
        """The name as typed, otherwise the day it is kept on, with a number where that is taken."""
        typed = " ".join(self.name.text().split())
        if typed:
            return typed
        taken, day = {one.name for one in self._freezes}, figures.day(date.today(), year=True)
        names = (day, *(f"{day} ({number})" for number in range(2, len(taken) + 3)))
        return next(name for name in names if name not in taken)

    def _follow(self) -> None:
        self.name.setPlaceholderText(self._wanted() if not self.name.text() else "")
        self.keep_button.setEnabled(self._can_keep and self._wanted() not in {one.name for one in self._freezes})

    def _load(self) -> None:
        name, entity = self.choice.currentData(), self._entity
        if self.context is None or name is None:
            self._loader.drop()
            self._comparison = None
            self._fill()
            return
        known = {one.name for one in self._freezes}
        if name in known:
            self._loader.load(self.context, lambda rooms, _report: _compared(rooms.cash, name, entity))

    def _take(self, found: Comparison | None) -> None:
        self._comparison = found
        self._fill()

    def _fill(self) -> None:
        found = self._comparison
        self.chart.set_data(fan_of(found) if found is not None and found.days else None)
        by_day = self.by.current == "days"
        self._dues.set_rows(found.dues if found is not None else ())
        self._days.set_rows(found.known if found is not None else ())
        self._tables.setCurrentWidget(self.days if by_day else self.items)
        self.items.set_empty_text("" if found is None else self.tr("Nothing was planned then"))
        self.days.set_empty_text("" if found is None else self.tr("No statement since is in the book yet"))
        self._empty.setText(self.tr("No forecast is kept yet. Keep a forecast: later it stands here beside what came"))
        self._foot.setText(told(found))

    def _open(self, row: object, key: str) -> None:
        found = self._comparison and lines_behind(self._comparison, row, key)
        if found:
            self.opened.emit("bank_lines", *found)

    def _what(self, one: ComparedDue) -> str:
        return f"{word(f'plan_kind.{one.due.kind}')} {one.due.note or ''}".strip()

    def _state(self, one: ComparedDue) -> str:
        return figures.day(one.paid_on) if one.paid_on is not None else word(f"compare_state.{one.state}")

    def _tone(self, one: ComparedDue) -> str:
        return "difference" if one.state in {"not_seen", "other_amount"} else ""


def _compared(cash: CashRoom, name: str, entity: str | None) -> Comparison | None:
    """The comparison; nothing where the forecast that was kept has no such entity, or was taken back meanwhile."""
    try:
        return cash.compare(name, entity)
    except UserError as problem:
        if problem.code not in {"cash.unknown_entity", "cash.no_freeze"}:
            raise
        return None


def _yes(inside: bool | None) -> str:
    return "yes" if inside else "no"
