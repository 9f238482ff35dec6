"""What past openings were predicted to take from own stores nearby, what they took, and what that corrects."""

from __future__ import annotations

from collections.abc import Mapping

from chainbrain.expansion import past_notes
from chainbrain.expansion.areas.feedback import Checked, Correction
from chainbrain.expansion.areas.notes import percent
from chainbrain.expansion.past import Past
from ui import figures
from ui.messages import word
from ui.models import Column, Kind
from ui.views.expansion.past.told_card import NO_NAMES, ToldCard


class PastLossesCard(ToldCard):
    """One line per opening whose neighbours were measured before and after."""

    def __init__(self) -> None:
        self._past: Past | None = None
        self._losses: Correction | None = None
        self._names: Mapping[str, str] = NO_NAMES
        super().__init__(
            [
                Column("name", lambda: self.tr("Store"), self._name, Kind.KEY, tip=lambda one: one.name, least=110,
                       cut_middle=True),
                Column("opened", lambda: self.tr("Opened"), lambda one: f"{one.opened_on:%Y-%m-%d}", width=88),
                Column("near", lambda: self.tr("Neighbours"), lambda one: one.neighbours, Kind.NUMBER, width=88),
                Column("said", lambda: self.tr("Predicted loss a month"), lambda one: figures.plain(one.predicted),
                       width=152, right=True),
                Column("came", lambda: self.tr("Measured loss a month"), lambda one: figures.plain(one.measured),
                       width=156, right=True, bold=lambda _one: True),
                Column("ratio", lambda: self.tr("Measured over predicted"), _ratio, width=164, right=True),
                Column("clear", lambda: self.tr("Beyond noise"), _clear, width=104, right=True, optional=True),
            ]
        )  # fmt: skip

    def set_past(self, past: Past | None, losses: Correction | None, names: Mapping[str, str] = NO_NAMES) -> None:
        """Show other openings; ``names`` are the short ones."""
        self._past, self._losses, self._names = past, losses, names
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        past, losses = self._past, self._losses
        title = self.tr("What they took from own stores nearby")
        self.set_title(title, self.tr("yuan a month; predicted by the same model as a trade area"))
        if past is None or losses is None:
            self.fill(title, (), (), self.tr("Nothing is worked out yet"))
            return
        nothing = self.tr("No opening can be measured before and after")
        self.fill(title, past_notes.of_losses(past, losses), losses.openings, nothing)

    def _name(self, one: Checked) -> str:
        return self._names.get(one.name, one.name)


def _ratio(one: Checked) -> str:
    return percent(float(one.measured / one.predicted)) if one.predicted > 0 else "—"


def _clear(one: Checked) -> str:
    return word("yes_no.yes" if one.clear else "yes_no.no")
