"""The figures of a result: the ranges, the fan of cash, what matters most."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from chainbrain.expansion.ranges import Basis
from chainbrain.expansion.result import ScenarioResult
from chainbrain.expansion.schedule import month_of
from ui.charts.fan import Fan, FanChart
from ui.messages import word
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.expansion import words
from ui.views.expansion.tornado import Bar, Tornado
from ui.views.expansion.verdict import ResultCard
from ui.views.parts.scroller import Scroller
from ui.widgets import DataTable, Label


@dataclass(frozen=True)
class _RangeLine:
    name: str
    span: tuple[float, float, float, float, float, bool]
    low: str
    middle: str
    high: str


class RangesCard(ResultCard):
    """Present value, payback and deepest point as ranges."""

    def __init__(self) -> None:
        super().__init__()
        self.body.set_margins((0, 0, 0, m.GAP_XS))
        self._model = RowsModel(
            [
                Column("name", lambda: "", lambda line: line.name, Kind.KEY, width=92, tip=lambda line: line.name),
                Column("span", lambda: self.tr("P10 to P90, the mark is P50"), lambda line: line.span, Kind.RANGE),
                Column("p10", lambda: "P10", lambda line: line.low, width=78, right=True),
                Column("p50", lambda: "P50", lambda line: line.middle, width=78, right=True, bold=lambda _line: True),
                Column("p90", lambda: "P90", lambda line: line.high, width=90, right=True),
            ]
        )
        self._table = DataTable(self._model, sortable=False)
        self.add(self._table)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self._table.setAccessibleName(self.tr("Ranges of the result"))
        self._table.retranslate()
        result = self.result
        self.set_title(self.tr("Present value and payback"), self.tr("dotted line at 0") if result else "")
        self._model.set_rows(self._lines(result) if result else ())

    def _lines(self, result: ScenarioResult) -> list[_RangeLine]:
        simulation, life = result.simulation, result.scenario.life_months
        npv, trough, payback = simulation.npv, simulation.trough, simulation.payback
        edge = max(abs(npv.p10), abs(npv.p90), Decimal(1))
        low = min(npv.p10, Decimal(0)) - edge / 10
        axis = (float(low), float(max(npv.p90, Decimal(0)) + edge / 10))
        never = self.tr("never")
        months = [value if value is not None else life for value in (payback.p10, payback.p50, payback.p90)]
        said = [
            never if value is None else self.tr("%n mo.", "", value)
            for value in (payback.p10, payback.p50, payback.p90)
        ]
        deep = (float(min(trough.p10, trough.p50, trough.p90)) * 1.05 - 1, 0.0)
        return [
            _RangeLine(
                word("expansion.figure.npv"),
                (float(npv.p10), float(npv.p50), float(npv.p90), *axis, npv.p50 < 0),
                words.yuan(npv.p10), words.yuan(npv.p50), words.yuan(npv.p90),
            ),
            _RangeLine(
                word("expansion.figure.payback"),
                (months[0], months[1], months[2], 0.0, float(life), payback.p50 is None),
                said[0], said[1], said[2],
            ),
            _RangeLine(
                word("expansion.figure.trough"),
                (float(trough.p10), float(trough.p50), float(trough.p90), *deep, False),
                words.yuan(trough.p10), words.yuan(trough.p50), words.yuan(trough.p90),
            ),
        ]  # fmt: skip


class FanCard(ResultCard):
    """The running total month by month, with the floor of the chain's cash when there is one."""

    def __init__(self) -> None:
        super().__init__()
        self.chart = FanChart()
        self.add(self.chart)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        result = self.result
        chain = result is not None and result.scenario.opening_cash is not None
        title = self.tr("Cash of the chain with this store") if chain else self.tr("Cash of this store, added up")
        note = self.tr("dark band P30 to P70, light band P10 to P90") if result else ""
        self.set_title(title, note)
        self.chart.setAccessibleName(title)
        self.chart.set_data(self._fan(result) if result else None)

    def _fan(self, result: ScenarioResult) -> Fan:
        scenario, months = result.scenario, result.simulation.chain or result.simulation.fan
        # The path of the chain has its opening cash in it already.
        start = Decimal(0) if result.simulation.chain else scenario.opening_cash or Decimal(0)
        floor: tuple[float, str] = (0.0, "")
        if scenario.opening_cash is not None:
            level = scenario.cash_floor
            if level is not None:
                floor = (float(level), self.tr("floor {amount}").format(amount=words.yuan(level)))
        marks = []
        payback = result.simulation.payback.p50
        if payback is not None and payback < len(months):
            value = float(start + months[payback].p50)
            marks.append((payback, value, self.tr("month {month}").format(month=payback), "accent"))
        return Fan(
            labels=tuple(self._label(result, month.number) for month in months),
            p10=tuple(start + month.p10 for month in months),
            p30=tuple(start + month.p30 for month in months),
            p50=tuple(start + month.p50 for month in months),
            p70=tuple(start + month.p70 for month in months),
            p90=tuple(start + month.p90 for month in months),
            floor=floor,
            marks=tuple(marks),
        )

    def _label(self, result: ScenarioResult, number: int) -> str:
        when = month_of(result.scenario.opening_month, number)
        return f"{when:%Y-%m}" if when is not None else str(number)


class TornadoCard(ResultCard):
    """One input at a time; assumptions are marked."""

    def __init__(self) -> None:
        super().__init__()
        self._tornado = Tornado()
        self._legend = Label(role=Role.SMALL, color="timing", wrap=True)
        self.add(Scroller(self._tornado), self._legend)
        self.body.setStretch(0, 1)
        self.retranslate()

    @property
    def tornado(self) -> Tornado:
        """The bars."""
        return self._tornado

    def retranslate(self) -> None:
        """Set every text."""
        result = self.result
        self.set_title(self.tr("What matters most"), self.tr("one input at a time") if result else "")
        self._tornado.setAccessibleName(self.tr("What matters most"))
        if result is None:
            self._tornado.set_bars((), Decimal(0), "")
            self._legend.setText("")
            return
        bars = []
        for found in result.tornado:
            entry = result.ranges.of(found.input)
            bars.append(
                Bar(
                    name=word(f"expansion.input.{found.input}"),
                    at_p10=found.at_p10,
                    at_p90=found.at_p90,
                    ends=words.ends_words(entry),
                    basis=words.basis_words(entry),
                    assumed=entry.basis is Basis.ASSUMED,
                )
            )
        planned = self.tr("as planned {npv}").format(npv=words.yuan(result.base.npv))
        self._tornado.set_bars(bars, result.base.npv, planned)
        guessed = sum(bar.assumed for bar in bars)
        self._legend.setText(
            self.tr("%n range(s) in amber are assumptions, not your own data.", "", guessed) if guessed else ""
        )
        self._legend.setVisible(bool(guessed))
