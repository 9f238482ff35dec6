"""Scenarios side by side: inputs that differ and figures of the answers, and their cash over each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain.expansion import input_words
from chainbrain.expansion.comparing import CashPath, Compared, Line
from chainbrain.expansion.kept import Kind as Scenario
from ui.charts.lines import Lines, LinesChart, LinesLegend, NamedLine, twins
from ui.models import Column, RowsModel
from ui.theme import metrics as m
from ui.theme.translator import Language
from ui.theme.type_roles import Role
from ui.widgets import DataTable, EmptyState, HBox, Label, TitledCard, VBox

_TICKS = 9


@dataclass(frozen=True)
class _Shown:
    title: str
    values: tuple[str, ...]
    differs: bool
    head: bool = False


class CompareScenarios(TitledCard):
    """The comparison, or what has to be ticked for one."""

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, m.GAP_S), spacing=0)
        self._found: Compared | None = None
        self._lacking = ""
        self.model = RowsModel([])
        self.table, self.chart = DataTable(self.model, m.ROW_DENSE, sortable=False), LinesChart()
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._chart_title, self.legend = Label(role=Role.SMALL, color="text2"), LinesLegend()
        filled = QWidget()
        box = VBox(filled, spacing=m.GAP_XS).add(self.table, self._chart_title, self.chart)
        # What paints itself has no margins of its own.
        box.addLayout(HBox(margins=(m.GAP, 0, m.GAP, 0)).add(self.legend))
        self._chart_title.setContentsMargins(16, 8, 0, 0)
        box.setStretch(0, 5)
        box.setStretch(2, 4)
        self._empty, self._stack = EmptyState(), QStackedWidget()
        self._stack.addWidget(filled)
        self._stack.addWidget(self._empty)
        self.body.addWidget(self._stack)
        self.retranslate()

    @property
    def found(self) -> Compared | None:
        """What is shown."""
        return self._found

    def set_compared(self, found: Compared | None, lacking: str = "") -> None:
        """Show another comparison; without one, what is lacking for it."""
        self._found, self._lacking = found, lacking
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        found = self._found
        note = self.tr("what differs is bold and marked") if found is not None else ""
        self.set_title(self.tr("Side by side"), note)
        self.table.setAccessibleName(self.tr("Scenarios side by side"))
        self._stack.setCurrentIndex(0 if found is not None else 1)
        self._empty.set_texts(
            self.tr("Tick two to four scenarios"),
            self._lacking or self.tr("Their inputs, answers and cash then stand here beside each other"),
        )
        self._chart_title.setText("")
        self.chart.setAccessibleName(self.tr("Cash of the scenarios"))
        if found is None:
            self.chart.set_data(None)
            self.legend.set_names(())
            self.model.set_rows(())
            return
        one = found.kind is Scenario.ONE
        self._chart_title.setText(
            self.tr("Cash of the store added up by month of the life, P50")
            if one
            else self.tr("Cash of the chain at month's end, P10")
        )
        self.model.set_columns(self._columns(found))
        self.model.set_rows(self._rows(found))
        shown = _lines(found.cash, one=one)
        same = self.tr("{name} (the same as {other})")
        self.legend.set_names(
            [
                line.name if twin is None else same.format(name=line.name, other=shown.lines[twin].name)
                for line, twin in zip(shown.lines, twins(shown.lines), strict=True)
            ]
        )
        self.chart.set_data(shown)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _columns(self, found: Compared) -> list[Column]:
        columns = [
            Column("title", lambda: "", lambda line: line.title, least=150, bold=lambda line: line.head,
                   tip=lambda line: line.title),
            Column("mark", lambda: "", lambda line: "≠" if line.differs else "", width=26),
        ]  # fmt: skip
        return [*columns, *(_column(number, one.name) for number, one in enumerate(found.scenarios))]

    def _rows(self, found: Compared) -> list[_Shown]:
        rows = [_Shown(self.tr("Answers"), (), differs=False, head=True), *map(_shown, found.figures)]
        rows.append(_Shown(self.tr("Inputs that differ"), (), differs=False, head=True))
        if not found.inputs:
            rows.append(_Shown(self.tr("The inputs are all the same"), (), differs=False))
        return [*rows, *map(_shown, found.inputs)]


def _column(number: int, name: str) -> Column:
    def value(line: _Shown) -> str:
        return line.values[number] if line.values else ""

    return Column(
        f"value{number}", lambda: name, value, least=96, right=True, bold=lambda line: line.differs, tip=value
    )


def _lines(paths: Sequence[CashPath], *, one: bool) -> Lines:
    """The paths on the months of all of them: numbers by size, calendar months by name."""
    every = dict.fromkeys(month for path in paths for month in path.months)
    months = sorted(every, key=lambda month: (int(month), "") if month.isdigit() else (0, month))
    known = [dict(zip(path.months, path.p50 if one else path.p10, strict=True)) for path in paths]
    step = max(1, -(-len(months) // _TICKS))
    return Lines(
        labels=tuple(months),
        ticks=tuple((float(number), month) for number, month in enumerate(months) if number % step == 0),
        lines=tuple(
            NamedLine(path.name, tuple(values.get(month) for month in months))
            for path, values in zip(paths, known, strict=True)
        ),
    )


def _shown(line: Line) -> _Shown:
    lang = Language.current()
    values = tuple(input_words.value(line, number, lang) for number in range(len(line.values)))
    return _Shown(input_words.title(line.path, lang), values, line.differs)
