"""The cards of a result: the verdict, the ranges, what must be true, the fan of cash, what matters most."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from chainbrain.expansion.ranges import Basis
from chainbrain.expansion.result import ScenarioResult
from chainbrain.expansion.store_case import month_of
from ui import figures
from ui.charts.fan import Fan, FanChart
from ui.messages import message, word
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.expansion import words
from ui.views.expansion.tornado import Bar, Tornado
from ui.views.parts.scroller import Scroller
from ui.widgets import Card, DataTable, Label, TitledCard, VBox

_JOINER = "\u2060"


class ResultCard(TitledCard):
    """A card that words one part of a result again when the language changes."""

    def __init__(self) -> None:
        super().__init__(rule=False, padding=(m.GAP, 0, m.GAP, m.GAP_M))
        self.result: ScenarioResult | None = None

    def set_result(self, result: ScenarioResult | None) -> None:
        """Show another result."""
        self.result = result
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class VerdictCard(Card):
    """One sentence answers the screen; when inputs were changed it says so."""

    def __init__(self) -> None:
        super().__init__(padding=(20, m.GAP_M, 20, m.GAP_M), spacing=2)
        self._result: ScenarioResult | None = None
        self._edited = False
        self._sentence = Label(role=Role.FIGURE, wrap=True)
        self._note = Label(role=Role.SMALL, color="text2", wrap=True)
        self.add(0, self._sentence, self._note, 0)

    def set_result(self, result: ScenarioResult | None, edited: bool = False) -> None:
        """Show another verdict; ``edited`` tells that it no longer belongs to the inputs."""
        self._result, self._edited = result, edited
        self.retranslate()

    @property
    def sentence(self) -> str:
        """The shown sentence."""
        return self._sentence.text()

    def retranslate(self) -> None:
        """Set every text."""
        result = self._result
        if result is None:
            self._sentence.setText(self.tr("What one more store would bring"))
            self._note.setText(self.tr("Check the inputs at the left, then work it out."))
            return
        self._sentence.setText(words.verdict_sentence(result))
        self._sentence.set_color("text3" if self._edited else "ink")
        changed = self.tr("The inputs were changed; these figures are from before.")
        self._note.setText(changed if self._edited else words.verdict_note(result))
        self._note.set_color("timing" if self._edited else "text2")

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


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


class ConditionsCard(ResultCard):
    """What must be true for the plan to hold, and what to know about the figures."""

    def __init__(self) -> None:
        super().__init__()
        content = QWidget()
        self._lines = VBox(content, spacing=m.GAP_XS)
        self._labels = [Label(role=Role.SMALL, color="text2", wrap=True) for _ in range(10)]
        for label in self._labels:
            self._lines.add(label)
        self._lines.add(0)
        self.add(Scroller(content))
        self.retranslate()

    @property
    def lines(self) -> list[str]:
        """The shown lines."""
        return [label.text().replace(_JOINER, "") for label in self._labels if label.text()]

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("What must be true"))
        texts = self._texts(self.result) if self.result else []
        for number, label in enumerate(self._labels):
            text, assumption = texts[number] if number < len(texts) else ("", False)
            # A minus never stands alone at the end of a line.
            label.setText(text.replace(figures.MINUS, figures.MINUS + _JOINER))
            label.set_color("timing" if assumption else "text2")
            label.setVisible(bool(text))

    def _texts(self, result: ScenarioResult) -> list[tuple[str, bool]]:
        base, needed = result.base, result.must_be_true
        texts: list[tuple[str, bool]] = []
        if needed.npv_is_zero is not None:
            text = self.tr("Mature monthly sales of at least {sales}, or the present value is negative.")
            texts.append((text.format(sales=figures.money(needed.npv_is_zero, symbol=True)), False))
        if needed.pays_back_within_life is not None:
            text = self.tr("At least {sales} to get the money back within the life.")
            texts.append((text.format(sales=figures.money(needed.pays_back_within_life, symbol=True)), False))
        if base.break_even_sales is not None:
            text = self.tr("Rent and labour are earned from {sales} a month.")
            texts.append((text.format(sales=figures.money(base.break_even_sales, symbol=True)), False))
        plan = self.tr("As planned: present value {npv}, payback in month {month}, deepest point {trough}.")
        never = self.tr("never")
        texts.append(
            (
                plan.format(
                    npv=figures.money(base.npv, symbol=True),
                    month=base.payback_month if base.payback_month is not None else never,
                    trough=figures.money(base.trough, symbol=True),
                ),
                False,
            )
        )
        # The first note repeats the sales needed; the others say how far the figures can be trusted.
        texts += [
            (message(note.code, **note.facts), True)
            for note in result.notes
            if note.code not in {"expansion.note.sales_may_fall", "expansion.note.sales_must_rise"}
        ]
        return texts


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
        scenario, months = result.scenario, result.simulation.fan
        start = scenario.opening_cash or Decimal(0)
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
