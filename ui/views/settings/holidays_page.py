"""Holidays and worked weekends: settlement days and fair comparisons depend on them."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QLineEdit

from chainbrain import holiday_table
from chainbrain.changes import Changes
from ui import figures
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.views.parts.file_names import ending_in
from ui.views.settings.parts import Page
from ui.widgets import (
    Choice,
    DataTable,
    DayField,
    Grid,
    HBox,
    Label,
    LinkButton,
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

_FIRST_YEAR, _LAST_YEAR = 2004, 2040


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
        self.import_button, self.export_button = LinkButton(), LinkButton()
        self._card.head_right.add(self.import_button, self.export_button, self._year)
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
        self.import_button.clicked.connect(self._ask_table)
        self.export_button.clicked.connect(self._ask_place)
        self.retranslate()

    def refresh(self) -> None:
        """Read the special days of the chosen year."""
        if self.context is not None:
            year = int(self._year.currentText())
            self.context.read(lambda rooms: tuple(rooms.rules.holidays(year)), self._show)

    def retranslate(self) -> None:
        """Set every text."""
        self._name_card()
        self.import_button.setText(self.tr("Read a table…"))
        self.import_button.setToolTip(self.tr("csv: date, name, kind. Its years take the place of what stands"))
        self.export_button.setText(self.tr("Write as a table…"))
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
        self._name_card()

    def _name_card(self) -> None:
        rows = self._model.rows
        note = self.tr("days that are not what they seem")
        if any(row.projected for row in rows):
            note = self.tr("projected, not yet announced: read the table when it is")
        elif not rows:
            note = self.tr("nothing is known of this year: weekends only")
        self._card.set_title(self.tr("Holidays and worked weekends"), note)

    def import_table(self, path: Path) -> None:
        """Put the years of a table in the place of what stands."""
        if self.context is not None:
            self.context.write(
                lambda workspace, _report: workspace.import_holidays(holiday_table.read(path)),
                self._imported,
                self.tr("Holidays and worked weekends"),
            )

    def export_table(self, path: Path) -> None:
        """Write the shown year as a table that can be read again."""
        context, year = self.context, int(self._year.currentText())
        if context is not None:
            text = self.tr("Written: {path}").format(path=path.name)
            context.read(
                lambda rooms: holiday_table.write(path, rooms.rules.holidays(year)),
                lambda _count: context.notify("matched", text),
            )

    def _ask_table(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, self.import_button.text(), "", "*.csv")
        if chosen:
            self.import_table(Path(chosen))

    def _ask_place(self) -> None:
        start = f"{self.tr('Holidays and worked weekends')} {self._year.currentText()}.csv"
        chosen, _filter = QFileDialog.getSaveFileName(self, self.export_button.text(), start, "*.csv")
        if chosen:
            self.export_table(ending_in(".csv", chosen))

    def _imported(self, changes: Changes) -> None:
        if self.context is None:
            return
        if changes.entry_id is None:
            self.context.notify("matched", self.tr("The book says the same already"))
            return
        self.context.notify("matched", self.tr("The table was read"), self.tr("Undo"), self.context.undo)
        self.context.changed(changes)

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
