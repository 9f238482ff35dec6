"""What somebody puts together at the bank: the chosen bank lines, the chosen payouts, and what is open between them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from chainbrain.reconciliation.deposits import Candidate
from chainbrain.reconciliation.room import Member
from ui.views.reconcile.items import Item

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Grouping:
    """Chosen lines and payouts with their running sums in yuan."""

    lines: tuple[Item, ...] = ()
    payouts: tuple[Candidate, ...] = ()

    @property
    def bank(self) -> Decimal:
        """Return what the bank lines come to."""
        return sum((item.amount for item in self.lines), ZERO)

    @property
    def found(self) -> Decimal:
        """Return what the payouts come to."""
        return sum((one.net for one in self.payouts), ZERO)

    @property
    def gap(self) -> Decimal:
        """Return what is still open: bank minus payouts."""
        return self.bank - self.found

    @property
    def whole(self) -> bool:
        """Return whether both sides have something."""
        return bool(self.lines and self.payouts)

    def members(self) -> tuple[Member, ...]:
        """Return the records of both sides."""
        payouts = [Member(one.record_type, one.record_id) for one in self.payouts]
        return (*payouts, *(Member("bank_line", item.record_id) for item in self.lines))


def beside(item: Item, shown: Sequence[Candidate], chosen: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates of a line, those first that were chosen beside another line."""
    known = {one.record_id for one in shown}
    return [*(_as_seen_from(item, one) for one in chosen if one.record_id not in known), *shown]


def _as_seen_from(item: Item, one: Candidate) -> Candidate:
    gap = item.amount - one.net
    days = (item.day - one.day).days if item.day else 0
    return replace(one, gap=gap, days=days, match_id=None, held_on=None, why="amount" if gap else "exact")
