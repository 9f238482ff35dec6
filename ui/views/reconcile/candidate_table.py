"""What a bank line could be, the closest first: day, channel, rows, net, gap and what speaks for or against it."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal

from chainbrain.masking import login_masked
from chainbrain.reconciliation.deposits import Candidate
from ui import figures
from ui.messages import word
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.widgets import DataTable
from ui.widgets.kept_cells import KeptCells

_GOOD = {"matched": "matched", "exact": "timing"}


class CandidateTable(DataTable):
    """Shows candidates; the row under the keyboard is the one whose sum is shown.

    ``chosen_changed`` when Space or a click chose one for a group, or let it go.
    """

    chosen_changed = Signal()

    def __init__(self) -> None:
        self._chosen: dict[str, Candidate] = {}
        self.candidates = RowsModel(_columns(self._chosen))
        super().__init__(self.candidates, m.ROW, sortable=True)
        self.set_cells(KeptCells(m.ROW))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.candidates.ticked.connect(self._choose)

    @property
    def chosen(self) -> tuple[Candidate, ...]:
        """What was chosen, also beside other lines."""
        return tuple(self._chosen.values())

    def drop_chosen(self) -> None:
        """Choose nothing."""
        if self._chosen:
            self._chosen.clear()
            self.candidates.retranslate()
            self.chosen_changed.emit()

    @property
    def current(self) -> Candidate | None:
        """The candidate under the keyboard."""
        row = self.current_row()
        return row if isinstance(row, Candidate) else None

    def _choose(self, one: Candidate, on: bool) -> None:
        if on:
            self._chosen[one.record_id] = one
        else:
            self._chosen.pop(one.record_id, None)
        self.candidates.retranslate()
        self.chosen_changed.emit()


def _columns(chosen: Mapping[str, Candidate]) -> list[Column]:
    return [
        Column("tick", lambda: "", lambda one: one.record_id in chosen, Kind.TICK, width=38, sortable=False),
        Column("day", lambda: translate("Payout day"), lambda one: one.day, Kind.DAY, width=90, narrow=74, text=_day),
        Column(
            "channel",
            lambda: translate("Payout of"),
            lambda one: f"{word(f'channel.{one.channel}')} {login_masked(one.merchant_no or '')}".strip(),
            least=96,
            narrow=64,
            cut_middle=True,
            tip=lambda one: login_masked(one.merchant_no or ""),
        ),
        Column("parts", lambda: translate("Parts"), lambda one: one.parts, Kind.NUMBER, width=64, optional=True),
        Column("net", lambda: translate("Net"), lambda one: one.net, Kind.MONEY, width=88, narrow=78, bold=_exact),
        Column("gap", lambda: translate("Gap"), lambda one: one.gap, Kind.MONEY, width=88, narrow=78, tone=_tone),
        Column("why", lambda: translate("Why"), _why, tone=_tone, tip=_why, least=84, narrow=60),
    ]


def _day(value: date) -> str:
    return figures.day_and_weekday(value)


def _exact(one: Candidate) -> bool:
    return not one.gap


def _tone(one: Candidate) -> str:
    return _GOOD.get(one.why, "text2")


def _why(one: Candidate) -> str:
    if one.why == "held" and one.held_on is not None:
        return translate("belongs to {day}").format(day=figures.day(one.held_on))
    return word(f"candidate.{one.why}")
