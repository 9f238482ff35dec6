"""What the close screen shows of one month, read in one go in the reading worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from chainbrain.closing.bank import BankReconciliation, ProofOfCash
from chainbrain.closing.cash import CashMonth
from chainbrain.closing.differences import Found
from chainbrain.closing.figures import Change
from chainbrain.closing.lock import Version
from chainbrain.closing.months import MonthState
from chainbrain.closing.steps import DONE, NOT_USED, Board, Completeness, Missing, Step
from chainbrain.closing.stored_value import StoredValue
from chainbrain.closing.transit import TransitRoll
from chainbrain.replay import Replayed
from ui.views.parts.names import short_names

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms


@dataclass(frozen=True)
class CloseData:
    """One month; without any month the book has no rows."""

    months: tuple[MonthState, ...] = ()
    board: Board | None = None
    completeness: Completeness | None = None
    transit: TransitRoll | None = None
    bank: tuple[BankReconciliation, ...] = ()
    proofs: tuple[ProofOfCash, ...] = ()
    cash: CashMonth | None = None
    cards: StoredValue | None = None
    found: tuple[Found, ...] = ()
    ledger: tuple[Any, ...] = ()
    versions: tuple[Version, ...] = ()
    changes: tuple[Change, ...] = ()
    replayed: Replayed | None = None
    names: dict[str, str] = field(default_factory=dict)

    @property
    def month(self) -> date | None:
        """Its first day."""
        return self.board.month.month if self.board else None

    @property
    def after(self) -> date | None:
        """The first day of the next month."""
        return self.board.month.after if self.board else None

    def name(self, store: str | None) -> str:
        """The short name of a store."""
        return self.names.get(store, store) if store else ""


def load(rooms: Rooms, wanted: date | None) -> CloseData:
    """Read a month; by default the earliest that is not closed, otherwise the latest."""
    # Many of its figures rest on the same long sums: at one moment each is asked once.
    with rooms.at_one_moment():
        return _load(rooms, wanted)


def _load(rooms: Rooms, wanted: date | None) -> CloseData:
    room = rooms.closing
    months = room.months()
    if not months:
        return CloseData()
    still_open = [one for one in months if not one.closed]
    chosen = next((one for one in months if one.month == wanted), still_open[0] if still_open else months[-1])
    month = chosen.month
    completeness = room.completeness(month)
    versions = room.versions(month)
    last_two = [one.version for one in versions[-2:]]
    full = {store.store_id: store.name for store in completeness.stores}
    short = short_names(full.values())
    return CloseData(
        months=months,
        board=room.board(month),
        completeness=completeness,
        transit=room.transit(month),
        bank=room.bank(month),
        proofs=room.proof_of_cash(month),
        cash=room.cash(month),
        cards=room.stored_value(month),
        found=room.differences(month),
        ledger=tuple(room.ledger(month) or ()),
        versions=versions,
        changes=room.compare(month, *last_two) if len(last_two) == 2 else (),
        names={store: short.get(name, name) for store, name in full.items()},
    )


def next_step(board: Board) -> tuple[Step, Missing | None]:
    """The one thing to do next: the first thing that is missing, in the order of the steps; then signing."""
    for step in board.steps:
        if step.state not in {DONE, NOT_USED} and step.key != "sign" and step.missing:
            return step, step.missing[0]
    return board.step("sign"), next(iter(board.step("sign").missing), None)


def open_codes(found: Sequence[Found], step: str) -> list[tuple[str, list[Found]]]:
    """The differences of a step by code, open ones first."""
    mine = [one for one in found if one.step == step]
    codes = sorted({one.code for one in mine})
    groups = [(code, [one for one in mine if one.code == code]) for code in codes]
    return sorted(groups, key=lambda group: (not any(one.state == "open" for one in group[1]), group[0]))
