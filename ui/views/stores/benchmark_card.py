"""The figures of a store, or of the chain, beside what sources say of the industry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent

from chainbrain import benchmark_words
from chainbrain.analytics import benchmarks
from chainbrain.analytics.benchmarks import Benchmark, Own
from chainbrain.analytics.stores import LeagueRow
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.translator import Language
from ui.theme.type_roles import Role
from ui.widgets import DataTable, HBox, Label, TitledCard
from ui.words import word


@dataclass(frozen=True)
class _Line:
    own: Own
    known: Benchmark | None

    @property
    def stands(self) -> str:
        """Where the store stands; empty when either is unknown."""
        if self.known is None or self.own.value is None:
            return ""
        return word(f"benchmark_at.{benchmarks.position(self.own.value, self.known)}")


class BenchmarkCard(TitledCard):
    """One row for each figure and source; without a source it says so."""

    def __init__(self) -> None:
        super().__init__(rule=False, padding=(0, 0, 0, m.GAP_S), spacing=m.GAP_XS)
        self._row: LeagueRow | None = None
        self._name = ""
        self._known: tuple[Benchmark, ...] = ()
        self._model = RowsModel(self._columns())
        self.table = DataTable(self._model, m.ROW_DENSE)
        self.note = Label(role=Role.SMALL, color="text2", wrap=True)
        self.add(self.table)
        self.body.setStretch(0, 1)
        self.body.addLayout(HBox(margins=(m.GAP, 0, m.GAP, 0)).add(self.note))
        self.retranslate()

    def set_row(self, row: LeagueRow | None, name: str, known: Sequence[Benchmark]) -> None:
        """Show another store; an empty name is the whole chain, others are of a store or of some."""
        self._row, self._name, self._known = row, name, tuple(known)
        self.retranslate()

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """What is shown: figure, own value, and the industry's in words."""
        return [(one.own.metric, _own(one), _spread(one)) for one in self._model.rows]

    def retranslate(self) -> None:
        """Set every text."""
        found = benchmarks.compared(self._row, self._known) if self._row is not None else ()
        self._model.set_rows([_Line(one.own, known) for one in found for known in one.benchmarks or (None,)])
        self.set_title(self.tr("Beside the industry"), self._name or self.tr("all stores"))
        self.table.setAccessibleName(self.tr("Own figures beside the industry"))
        self.table.retranslate()
        if self._known:
            said = self.tr("Median and quartiles as the sources say; what is of another city is left out.")
        else:
            said = self.tr(
                "No industry data: import a table of industry figures with its sources. "
                "None are brought along or made up."
            )
        self.note.setText(said)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _columns(self) -> list[Column]:
        return [
            Column("metric", lambda: self.tr("Industry figure"), lambda line: word(f"benchmark.{line.own.metric}"),
                   Kind.KEY, width=96, sortable=False),
            Column("own", lambda: self.tr("Own"), _own, Kind.TEXT, width=122, right=True, sortable=False, tip=_own,
                   tone=lambda line: "" if line.own.value is not None else "text3"),
            Column("industry", lambda: self.tr("Industry median (quartiles)"), _spread, Kind.TEXT, least=166,
                   sortable=False, tip=_about, tone=lambda line: "" if line.known is not None else "text3"),
            Column("stands", lambda: self.tr("Position"), lambda line: line.stands, Kind.TEXT, width=92,
                   sortable=False),
            Column("source", lambda: self.tr("Said by"), _source, Kind.MUTED, width=88, sortable=False, tip=_about,
                   optional=True),
        ]  # fmt: skip


def _own(line: _Line) -> str:
    return benchmark_words.own(line.own, Language.current())


def _spread(line: _Line) -> str:
    return benchmark_words.spread(line.known, Language.current()) if line.known is not None else word("benchmark.none")


def _source(line: _Line) -> str:
    return benchmark_words.source(line.known) if line.known is not None else ""


def _about(line: _Line) -> str:
    if line.known is None:
        return ""
    parts = (_spread(line), benchmark_words.of_whom(line.known), benchmark_words.source(line.known))
    return "\n".join(part for part in parts if part)
