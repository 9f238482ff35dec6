"""Dated rules: what holds from which day; a change is a further row, the older ones stay."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from chainbrain.cash.pay_days import AFTER, BEFORE, SAME, UNIT
from chainbrain.changes import Changes
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.views.settings.parts import Page
from ui.widgets import Choice, DataTable, DayField, Grid, HBox, Label, PrimaryButton, TitledCard, VBox, scaled
from ui.words import word

if TYPE_CHECKING:
    from chainbrain.rulebook import RuleRow


class RulesPage(Page):
    """A searchable table of rules and a form that adds a dated row."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[RuleRow, ...] = ()
        self._model = RowsModel(_columns())
        self._table = DataTable(self._model, sort=("key", False))
        self._search = QLineEdit()
        self._search.setClearButtonEnabled(True)
        scaled(self._search, width=220, height=m.CONTROL_SMALL)
        self._card = TitledCard(padding=(0, 0, 0, 1), rule=True)
        self._card.head_right.addWidget(self._search)
        self._card.body.addWidget(self._table, 1)
        self._key, self._value = Choice(), QLineEdit()
        self._from, self._note = DayField(), QLineEdit()
        self._labels = [Label(role=Role.SMALL, color="text2") for _ in range(4)]
        self._save = PrimaryButton()
        self._hint = Label(role=Role.SMALL, color="text2", wrap=True)
        self._form = TitledCard()
        grid = Grid(spacing=(m.GAP_M, m.GAP_XS))
        for column, field in enumerate((self._key, self._value, self._from, self._note)):
            scaled(field, height=m.CONTROL)
            grid.addWidget(self._labels[column], 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 0 if column == 2 else 1)
        grid.addWidget(self._save, 1, 4)
        self._form.body.addLayout(grid)
        self._form.add(HBox().add(self._hint))
        layout = VBox(self, spacing=m.GAP)
        layout.addWidget(self._card, 1)
        layout.addWidget(self._form)
        self._search.textChanged.connect(self._narrow)
        self._table.row_changed.connect(self._take)
        self._save.clicked.connect(self._add)
        self.retranslate()

    def refresh(self) -> None:
        """Read the rules of the book."""
        if self.context is not None:
            self.context.read(lambda rooms: tuple(rooms.rules.rules()), self._show)

    def retranslate(self) -> None:
        """Set every text."""
        self._card.set_title(self.tr("Dated rules"), self.tr("an old month recomputes with the rules of its day"))
        self._search.setPlaceholderText(self.tr("Search rules"))
        self._search.setAccessibleName(self.tr("Search rules"))
        self._table.setAccessibleName(self.tr("Dated rules"))
        self._table.set_empty_text(self.tr("No rule fits"))
        self._form.set_title(self.tr("From a day on, another value"))
        names = (self.tr("Rule"), self.tr("Value"), self.tr("Valid from"), self.tr("Note"))
        for label, field, name in zip(
            self._labels, (self._key, self._value, self._from, self._note), names, strict=True
        ):
            label.setText(name)
            field.setAccessibleName(name)
        self._save.setText(self.tr("Add"))
        self._hint.setText(self.tr("The earlier rows stay. The change stands in the history and can be undone."))

    def _show(self, rows: "tuple[RuleRow, ...]") -> None:
        self._rows = rows
        chosen = self._key.currentText()
        self._key.clear()
        self._key.addItems(sorted({row.key for row in rows}))
        self._key.setCurrentText(chosen)
        self._narrow(self._search.text())

    def _narrow(self, text: str) -> None:
        wanted = text.casefold().split()
        self._model.set_rows(
            [
                row
                for row in self._rows
                if all(part in f"{row.key} {row.note} {row.source} {row.value}".casefold() for part in wanted)
            ]
        )

    def _take(self, row: "RuleRow | None") -> None:
        if row is not None:
            self._key.setCurrentText(row.key)
            self._value.setText(value_word(row))

    def _add(self) -> None:
        key, value = self._key.currentText(), self._value.text().strip()
        if self.context is None or not key or not value:
            return
        day, note = self._from.day(), self._note.text().strip()
        self.context.write(
            lambda workspace, _report: workspace.edit_rule(key, value, day, note), self._added, self.tr("Dated rules")
        )

    def _added(self, changes: Changes) -> None:
        if self.context is not None:
            self.context.notify("matched", self.tr("The rule was added"), self.tr("Undo"), self.context.undo)
            self.context.changed(changes)


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            "note",
            lambda: translate("What it says"),
            lambda row: _plain(row.note) or row.key,
            bold=lambda _: True,
            least=260,
        ),
        Column("value", lambda: translate("Value"), value_word, width=120, right=True),
        Column("unit", lambda: translate("Unit"), lambda row: unit_word(row.unit), width=70),
        Column("valid_from", lambda: translate("Valid from"), lambda row: row.valid_from, Kind.DAY, 110),
        Column("valid_to", lambda: translate("Until before"), lambda row: row.valid_to, Kind.DAY, 110),
        Column("source", lambda: translate("Source"), lambda row: row.source, Kind.MUTED, 220, optional=True),
        Column("key", lambda: translate("Key"), lambda row: row.key, Kind.MUTED, 220, optional=True),
    )


def _plain(note: str | None) -> str:
    """Drop the mark of how well a rule is sourced; the source has a column of its own."""
    text = note or ""
    return text.partition("] ")[2] if text.startswith("[") else text


def value_word(row: "RuleRow") -> str:
    """The value of a rule as it is written here: a day before or after days off in words."""
    known = {value: f"pay_day.{value}" for value in (BEFORE, SAME, AFTER)}
    return word(known[row.value]) if row.unit == UNIT and row.value in known else row.value


def unit_word(unit: str | None) -> str:
    """Return the word of a rule's unit; an unknown one is shown as it is."""
    words = {
        "yuan": translate("yuan"),
        "days": translate("days"),
        "months": translate("months"),
        "years": translate("years"),
        "minutes": translate("minutes"),
        "ratio": translate("share"),
        "times": translate("times"),
        "stores": translate("stores"),
        "time": translate("time of day"),
        "score": translate("score"),
        "day_of_month": translate("day of the month"),
        "day_off": translate("on a day off"),
    }
    return words.get(unit or "", unit or "")
