"""What a programme comes to: the sentence, the stores, the calendar with the chain's cash beneath it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QEvent

from chainbrain.expansion.programme import Answer, sentence
from chainbrain.expansion.programme.answer import Entry, Standing
from chainbrain.expansion.programme.projects import Kind as Project
from chainbrain.money import from_fen
from ui.charts.fan import Fan, FanChart
from ui.messages import message, word
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.expansion import words
from ui.views.expansion.programme.calendar import Calendar, Line, Part
from ui.views.expansion.worded_card import USUAL, Padding, WordedCard
from ui.views.parts.scroller import Scroller
from ui.widgets import Card, DataTable, Label


class AnswerCard(WordedCard):
    """A card that words one part of an answer."""

    def __init__(self, padding: Padding = USUAL) -> None:
        super().__init__(padding)
        self.answer: Answer | None = None

    def set_answer(self, answer: Answer | None) -> None:
        """Show another answer."""
        self.answer = answer
        self.retranslate()


class SentenceCard(Card):
    """How many stores can be afforded and what the next one would break; beneath it the proof."""

    def __init__(self) -> None:
        super().__init__(padding=(20, m.GAP_M, 20, m.GAP_M), spacing=2)
        self._answer: Answer | None = None
        self._edited, self._stores = False, 0
        self._sentence = Label(role=Role.FIGURE, wrap=True)
        self._note = Label(role=Role.SMALL, color="text2", wrap=True)
        self.add(0, self._sentence, self._note, 0)

    def set_answer(self, answer: Answer | None, edited: bool = False, stores: int = 0) -> None:
        """Show another answer; ``edited`` tells that it no longer belongs to the inputs."""
        self._answer, self._edited, self._stores = answer, edited, stores
        self.retranslate()

    @property
    def sentence(self) -> str:
        """The shown sentence."""
        return self._sentence.text()

    def retranslate(self) -> None:
        """Set every text."""
        answer = self._answer
        if answer is None:
            self._sentence.setText(self.tr("Which stores to open, when, and how many can be afforded"))
            ready = self.tr("Say what cash there is and what binds, then look for the best plan.")
            empty = self.tr("Work a store out under “One store” and add it here, or open a scenario with a programme.")
            self._note.setText(ready if self._stores else empty)
            return
        verdict = sentence.verdict(answer)
        self._sentence.setText(message(verdict.code, **verdict.facts))
        self._sentence.set_color("text3" if self._edited else "ink")
        proof = sentence.proof(answer)
        note = message(proof.code, **proof.facts) if answer.plan is not None else ""
        changed = self.tr("The inputs were changed; these figures are from before.")
        self._note.setText(changed if self._edited else note)
        self._note.set_color("timing" if self._edited else "text2")

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


@dataclass(frozen=True)
class _StoreLine:
    name: str
    opening: str
    span: tuple[float, float, float, float, float, bool]
    middle: str
    payback: str
    trough: str
    said: tuple[str, str]


class StoresCard(AnswerCard):
    """Every store that may be opened: its present value, payback, deepest point, and whether it is in the plan."""

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, m.GAP_XS))
        self._model = RowsModel(
            [
                Column("name", lambda: self.tr("Store"), lambda line: line.name, Kind.KEY, width=104),
                Column("opening", lambda: self.tr("Opens in"), lambda line: line.opening, width=72),
                Column("span", lambda: self.tr("NPV, P10 to P90"), lambda line: line.span, Kind.RANGE),
                Column("p50", lambda: "P50", lambda line: line.middle, width=80, right=True, bold=lambda _line: True),
                Column("payback", lambda: self.tr("Payback"), lambda line: line.payback, width=64, right=True),
                Column("trough", lambda: self.tr("Deepest"), lambda line: line.trough, width=84, right=True),
                Column("said", lambda: self.tr("Outcome"), lambda line: line.said, Kind.STATE, width=210),
            ]
        )
        self._table = DataTable(self._model, sortable=False)
        self.add(self._table)
        self.retranslate()

    @property
    def model(self) -> RowsModel:
        """The rows."""
        return self._model

    def retranslate(self) -> None:
        """Set every text."""
        answer = self.answer
        self._table.setAccessibleName(self.tr("Stores to choose from"))
        self._table.set_empty_text(self.tr("Nothing is worked out yet"))
        self._table.retranslate()
        note = self.tr("each by itself; the short mark is P50") if answer else ""
        self.set_title(self.tr("Stores to choose from"), note)
        self._model.set_rows(self._lines(answer) if answer else ())

    def _lines(self, answer: Answer) -> list[_StoreLine]:
        ends = [float(from_fen(value)) for one in answer.candidates for value in one.npv]
        edge = max((abs(value) for value in ends), default=1.0) / 20
        axis = (min([0.0, *ends]) - edge, max([0.0, *ends]) + edge)
        opened = {one.name: one for one in answer.entries}
        left = {one.name: one for one in answer.left}
        lines = []
        for one in sorted(answer.candidates, key=lambda one: _place(one, opened)):
            chosen = opened.get(one.name)
            if chosen is not None:
                said = ("matched", self.tr("in the plan"))
            elif one.name in left:
                note = sentence.reason(answer, left[one.name])
                state = "excluded" if left[one.name].reason in {"not_worth", "no_month"} else "difference"
                said = (state, message(note.code, **note.facts))
            else:
                said = ("excluded", "")
            lines.append(self._line(one, chosen, axis, said))
        return lines

    def _line(
        self, one: Standing, chosen: Entry | None, axis: tuple[float, float], said: tuple[str, str]
    ) -> _StoreLine:
        low, middle, high = (float(from_fen(value)) for value in one.npv)
        months = one.payback[1]
        return _StoreLine(
            name=one.name,
            opening=f"{chosen.month:%Y-%m}" if chosen else "—",
            span=(low, middle, high, *axis, chosen is None),
            middle=words.yuan(from_fen(one.npv[1])),
            payback=self.tr("never") if months is None else self.tr("%n mo.", "", months),
            trough=words.yuan(from_fen(one.trough)),
            said=said,
        )


class CashCard(AnswerCard):
    """The calendar of openings, and beneath it the chain's cash with the plan and with one store more."""

    def __init__(self) -> None:
        super().__init__()
        self.calendar, self.chart = Calendar(), FanChart()
        self._others = Label(role=Role.SMALL, color="text2", wrap=True)
        self._scroller = Scroller(self.calendar)
        self.add(self._scroller, self.chart, self._others)
        self.body.setStretch(0, 3)
        self.body.setStretch(1, 4)
        # While nothing is shown the title stays at the top.
        self.body.addStretch()
        self.retranslate()

    @property
    def others(self) -> str:
        """The shown alternatives."""
        return self._others.text()

    def retranslate(self) -> None:
        """Set every text."""
        answer = self.answer
        self.set_title(
            self.tr("Calendar and cash of the chain"),
            self.tr("dark band P30 to P70, light band P10 to P90, at month's end") if answer else "",
        )
        self.calendar.setAccessibleName(self.tr("Calendar of openings"))
        self.chart.setAccessibleName(word("expansion.plan.cash"))
        for part in (self.calendar, self.chart, self._scroller):
            part.setVisible(answer is not None)
        self._others.setVisible(bool(answer and answer.alternatives))
        if answer is None:
            self.calendar.set_lines((), ())
            self.chart.set_data(None)
            return
        self.calendar.set_lines([f"{one.month:%Y-%m}" for one in answer.months], self._lines(answer))
        self.chart.set_data(self._fan(answer))
        told = [
            self.tr("{names}, worth {value}").format(
                names=self.tr(", ").join(f"{each.name} {each.month:%Y-%m}" for each in one.entries),
                value=words.yuan(from_fen(one.value)),
            )
            for one in answer.alternatives
        ]
        self._others.setText(self.tr("Nearly as good: {plans}").format(plans=self.tr("; ").join(told)) if told else "")

    def _lines(self, answer: Answer) -> list[Line]:
        months = [one.month for one in answer.months]
        place = {month: number for number, month in enumerate(months)}
        lines = [
            self._line(one, place, len(months)) for one in sorted(answer.entries, key=lambda one: (one.month, one.name))
        ]
        following = answer.next_left
        if following is not None and following.month is not None:
            note = sentence.reason(answer, following)
            said = message(note.code, **note.facts)
            parts = (
                Part(max(following.month - 1, 0), following.month, "", "left"),
                Part(following.month, len(months), said, "left"),
            )
            lines.append(Line(following.name, parts, f"{following.name}: {said}"))
        return lines

    def _line(self, one: Entry, place: dict[date, int], end: int) -> Line:
        begun, paid = place[one.month], place[one.paid]
        told = f"{one.name}: {word(f'expansion.project.{one.kind.value}')} {one.month:%Y-%m}"
        if one.kind in (Project.CLOSURE, Project.FUNDING):
            parts: tuple[Part, ...] = (Part(begun, end, word(f"expansion.project.{one.kind.value}"), "fitting"),)
            return Line(one.name, parts, told)
        grown = end if one.grown is None else min(place.get(one.grown, end), end)
        parts = (
            Part(paid, begun, self.tr("fit-out"), "fitting"),
            Part(begun, grown, self.tr("ramp"), "ramp"),
            *((Part(grown, end, self.tr("mature"), "grown"),) if grown < end else ()),
        )
        return Line(one.name, parts, told)

    def _fan(self, answer: Answer) -> Fan:
        months = answer.months
        level = answer.programme.limits.floor
        floor = None
        if level is not None:
            floor = (float(level), self.tr("floor {amount}").format(amount=words.yuan(level)))
        alternatives: tuple[tuple[tuple[Decimal, ...], str], ...] = ()
        if answer.following_poor is not None:
            path = tuple(from_fen(value) for value in answer.following_poor)
            alternatives = ((path, ""),)
        lowest = min(range(len(months)), key=lambda n: (months[n].p10, n))
        low = from_fen(months[lowest].p10)
        said = self.tr("lowest P10 {amount}").format(amount=words.yuan(low))
        return Fan(
            labels=tuple(f"{one.month:%Y-%m}" for one in months),
            p10=tuple(from_fen(one.p10) for one in months),
            p30=tuple(from_fen(one.p30) for one in months),
            p50=tuple(from_fen(one.p50) for one in months),
            p70=tuple(from_fen(one.p70) for one in months),
            p90=tuple(from_fen(one.p90) for one in months),
            floor=floor,
            alternatives=alternatives,
            marks=((lowest, float(low), said, "accent"),),
        )


def _place(one: Standing, opened: dict[str, Entry]) -> tuple[bool, str, int, str]:
    chosen = opened.get(one.name)
    return chosen is None, f"{chosen.month:%Y-%m}" if chosen else "", -one.npv[1], one.name
