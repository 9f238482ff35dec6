"""Holidays and worked weekends: settlement days and fair comparisons depend on them."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from chainbrain.changes import Changes
from ui import figures
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.views.settings.parts import Page
from ui.widgets import (
    Choice,
    DataTable,
    DayField,
    Grid,
    HBox,
    Label,
    PrimaryButton,
    Segmented,
    TitledCard,
    VBox,
    scaled,
)
from ui.widgets.states import MATCHED, TIMING
from ui.words import word

if TYPE_CHECKING:
    from chainbrain.rulebook import HolidayRow

_FIRST_YEAR, _LAST_YEAR = 2004, 2030


class HolidaysPage(Page):
    """The special days of one year and a form for one day."""

    def __init__(self) -> None:
        super().__init__()
        self._model = RowsModel(_columns())
        self._table = DataTable(self._model, sort=("day", False))
        self._year = Choice()
        self._year.addItems([str(year) for year in range(_FIRST_YEAR, _LAST_YEAR + 1)])
        self._year.setCurrentText(str(date.today().year))
        self._card = TitledCard(padding=(0, 0, 0, 1))
        self._card.head_right.addWidget(self._year)
        self._card.body.addWidget(self._table, 1)
        self._day, self._name, self._kind = DayField(), QLineEdit(), Segmented()
        self._labels = [Label(role=Role.SMALL, color="text2") for _ in range(3)]
        self._save = PrimaryButton()
        self._hint = Label(role=Role.SMALL, color="text2", wrap=True)
        self._form = TitledCard()
        grid = Grid(spacing=(m.GAP_M, m.GAP_XS))
        for column, field in enumerate((self._day, self._kind, self._name)):
            grid.addWidget(self._labels[column], 0, column)
            grid.addWidget(field, 1, column)
        for field in (self._day, self._name):
            scaled(field, height=m.CONTROL)
        grid.addWidget(self._save, 1, 3)
        grid.setColumnStretch(2, 1)
        self._form.body.addLayout(grid)
        self._form.add(HBox().add(self._hint))
        layout = VBox(self, spacing=m.GAP)
        layout.addWidget(self._card, 1)
        layout.addWidget(self._form)
        self._year.currentTextChanged.connect(self.refresh)
        self._table.row_changed.connect(self._take)
        self._save.clicked.connect(self._write)
        self.retranslate()

    def refresh(self) -> None:
        """Read the special days of the chosen year."""
        if self.context is not None:
            year = int(self._year.currentText())
            self.context.read(lambda rooms: tuple(rooms.rules.holidays(year)), self._show)

    def retranslate(self) -> None:
        """Set every text."""
        self._card.set_title(self.tr("Holidays and worked weekends"), self.tr("days that are not what they seem"))
        self._year.setAccessibleName(self.tr("Year"))
        self._table.setAccessibleName(self.tr("Holidays and worked weekends"))
        self._table.set_empty_text(self.tr("No special day in this year"))
        self._form.set_title(self.tr("Change one day"))
        names = (self.tr("Day"), self.tr("It is"), self.tr("Name"))
        for label, field, name in zip(self._labels, (self._day, self._kind, self._name), names, strict=True):
            label.setText(name)
            field.setAccessibleName(name)
        self._kind.set_options(
            (
                ("holiday", self.tr("a holiday")),
                ("workday", self.tr("a working day")),
                ("", self.tr("as its weekday says")),
            )
        )
        self._save.setText(self.tr("Save this day"))
        self._hint.setText(self.tr("Settlement days and comparisons follow. The change can be undone."))

    def _show(self, rows: "tuple[HolidayRow, ...]") -> None:
        self._model.set_rows(rows)

    def _take(self, row: "HolidayRow | None") -> None:
        if row is not None:
            self._day.set_day(row.day)
            self._kind.set_current(row.kind)
            self._name.setText(word(f"holiday.{row.name}"))

    def _write(self) -> None:
        if self.context is None:
            return
        day = self._day.day()
        kind, name = self._kind.current or None, self._name.text().strip()
        self.context.write(
            lambda workspace, _report: workspace.edit_holiday(day, kind, name),
            self._written,
            self.tr("Holidays and worked weekends"),
        )

    def _written(self, changes: Changes) -> None:
        if self.context is not None:
            self.context.notify("matched", self.tr("The day was saved"), self.tr("Undo"), self.context.undo)
            self.context.changed(changes)


def _columns() -> tuple[Column, ...]:
    return (
        Column("day", lambda: translate("Day"), lambda row: row.day, Kind.DAY, 120, bold=lambda _: True),
        Column("weekday", lambda: translate("Weekday"), lambda row: row.day.weekday(), width=90, text=_weekday),
        Column("kind", lambda: translate("It is"), lambda row: row.kind, width=150, text=_kind_word),
        Column("name", lambda: translate("Name"), lambda row: word(f"holiday.{row.name}")),
        Column("projected", lambda: translate("How sure"), _certainty, Kind.STATE, 200),
    )


def _weekday(number: int) -> str:
    return figures.weekday(date(2024, 1, 1 + number))


def _kind_word(kind: str) -> str:
    return word("day.holiday" if kind == "holiday" else "day.makeup")


def _certainty(row: "HolidayRow") -> tuple[str, str]:
    key = "projected" if row.projected else "announced"
    return TIMING if row.projected else MATCHED, word(f"certainty.{key}")
