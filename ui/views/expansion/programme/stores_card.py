"""The stores a programme may choose from, what each is worth by itself and whether it is in the plan."""

from __future__ import annotations

from dataclasses import dataclass

from chainbrain.expansion.programme import Answer, sentence
from chainbrain.expansion.programme.answer import Entry, Standing
from chainbrain.money import from_fen
from ui.messages import message
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.views.expansion import words
from ui.views.expansion.programme.answer_card import AnswerCard
from ui.widgets import DataTable


@dataclass(frozen=True)
class _StoreLine:
    name: str
    opening: str
    span: tuple[float, float, float, float, float, bool]
    middle: str
    payback: str
    trough: str
    said: tuple[str, str]
    rests: str


class StoresCard(AnswerCard):
    """Every store that may be opened: its present value, payback, deepest point, and whether it is in the plan."""

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, m.GAP_XS))
        self._model = RowsModel(
            [
                Column(
                    "name",
                    lambda: self.tr("Store"),
                    lambda line: line.name,
                    Kind.KEY,
                    width=104,
                    tip=lambda line: line.rests,
                ),
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
            opening=f"{chosen.doors:%Y-%m}" if chosen else "—",
            span=(low, middle, high, *axis, chosen is None),
            middle=words.yuan(from_fen(one.npv[1])),
            payback=self.tr("never") if months is None else self.tr("%n mo.", "", months),
            trough=words.yuan(from_fen(one.trough)),
            said=said,
            rests=message(one.pool.code, **one.pool.facts) if one.pool is not None else "",
        )


def _place(one: Standing, opened: dict[str, Entry]) -> tuple[bool, str, int, str]:
    chosen = opened.get(one.name)
    return chosen is None, f"{chosen.month:%Y-%m}" if chosen else "", -one.npv[1], one.name
