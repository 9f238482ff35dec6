"""Mature sales and ramp of every past opening as they would have been foretold, and as they came."""

from __future__ import annotations

from collections.abc import Mapping

from chainbrain.expansion import past_notes
from chainbrain.expansion.areas.notes import percent
from chainbrain.expansion.past import Foretold, Past, PastOpening
from ui import figures
from ui.messages import word
from ui.models import Column, Kind
from ui.views.expansion.past.told_card import NO_NAMES, ToldCard


class PastSalesCard(ToldCard):
    """``acted`` when everything is to be written to a file."""

    def __init__(self) -> None:
        self._past: Past | None = None
        self._busy = False
        self._names: Mapping[str, str] = NO_NAMES
        super().__init__(
            [
                Column("name", lambda: self.tr("Store"), self._name, Kind.KEY, tip=lambda one: one.name, least=110,
                       cut_middle=True),
                Column("opened", lambda: self.tr("Opened"), lambda one: f"{one.opened_on:%Y-%m-%d}", width=84),
                Column("said", lambda: self.tr("Sales foretold"), self._said, width=128, right=True,
                       tip=self._rests),
                Column("range", lambda: "P10–P90", self._range, width=148, right=True, optional=True, tip=self._rests),
                Column("came", lambda: self.tr("Measured"), self._came, width=108, right=True,
                       bold=lambda _one: True, tip=self._since),
                Column("off", lambda: self.tr("Too high by"), self._off, width=72, right=True),
                Column("inside", lambda: self.tr("In range"), lambda one: _inside(one.level), Kind.STATE, width=76),
                Column("ramp", lambda: self.tr("Ramp foretold"), self._ramp, width=96, right=True, tip=self._months),
                Column("steps", lambda: "P10–P90", self._steps, width=112, right=True, optional=True),
                Column("ramp_came", lambda: self.tr("Ramp measured"), self._ramp_came, width=108, right=True,
                       bold=lambda _one: True, tip=self._months),
                Column("ramp_inside", lambda: self.tr("In range"), lambda one: _inside(one.ramp), Kind.STATE, width=76),
            ]
        )  # fmt: skip

    def set_past(self, found: Past | None, names: Mapping[str, str] = NO_NAMES) -> None:
        """Show other openings; ``names`` are the short ones."""
        self._past, self._names = found, names
        self.retranslate()

    def set_busy(self, busy: bool) -> None:
        """Say that figures are on their way."""
        self._busy = busy
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        found = self._past
        title = self.tr("Foretold on the eve, and measured")
        note = self.tr("from the mature stores and openings known before each opening; ramp as share of mature sales")
        self.set_title(title, note, self.tr("Write to a file…") if found and found.openings else "")
        waiting = self.tr("Working it out…") if self._busy else self.tr("Nothing is worked out yet")
        nothing = self.tr("No store opened within the book") if found is not None else waiting
        said = past_notes.of_past(found) if found is not None and found.openings else ()
        self.fill(title, said, found.openings if found else (), nothing)

    def _name(self, one: PastOpening) -> str:
        return self._names.get(one.name, one.name)

    def _said(self, one: PastOpening) -> str:
        return word("past.why.no_mature") if one.level is None else figures.plain(one.level.said)

    def _range(self, one: PastOpening) -> str:
        return "" if one.level is None else f"{figures.plain(one.level.low)} – {figures.plain(one.level.high)}"

    def _came(self, one: PastOpening) -> str:
        if one.level is not None and one.level.came is not None:
            return figures.plain(one.level.came)
        return word(f"past.why.{one.why_not}") if one.why_not else "—"

    def _off(self, one: PastOpening) -> str:
        level = one.level
        return figures.percent(level.off / level.came, 1) if level and level.off is not None and level.came else ""

    def _rests(self, one: PastOpening) -> str:
        if one.level is None:
            return word("past.why.no_mature")
        told = self.tr("from %n mature store(s)", "", one.level.seen)
        return f"{told}; {word(f'expansion.basis.{one.level.basis.value}')}"

    def _since(self, one: PastOpening) -> str:
        if one.growth is None:
            return self._came(one)
        said = self.tr("The stores it was foretold from have changed by {share} since.")
        return said.format(share=figures.percent(one.growth, 1))

    def _ramp(self, one: PastOpening) -> str:
        return "—" if one.ramp is None else percent(float(one.ramp.said))

    def _steps(self, one: PastOpening) -> str:
        return "" if one.ramp is None else f"{percent(float(one.ramp.low))} – {percent(float(one.ramp.high))}"

    def _ramp_came(self, one: PastOpening) -> str:
        if one.ramp is not None and one.ramp.came is not None:
            return percent(float(one.ramp.came))
        return word(f"past.why.{one.why_not}") if one.why_not else "—"

    def _months(self, one: PastOpening) -> str:
        if one.ramp is None:
            return ""
        told = self.tr("average of the first %n month(s)", "", one.months)
        if not one.ramp.seen:
            return f"{told}; {self.tr('the usual ramp, no earlier opening')}"
        return f"{told}; {self.tr('from %n earlier opening(s)', '', one.ramp.seen)}"


def _inside(one: Foretold | None) -> tuple[str, str]:
    """State and word of a figure: within its range or not; nothing while it cannot be known."""
    if one is None or one.inside is None:
        return ("excluded", "")
    return ("matched", word("yes_no.yes")) if one.inside else ("difference", word("yes_no.no"))
