"""What a person said of planned payments that no statement shows as paid: that they were, and which bank line it was.

An answer takes its payment off the days to come only where the money is gone from a balance that is known: by a line of
a bank in the book, or on a day that all accounts of the company know. Whatever else is said moves no figure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.cash.names import names
from chainbrain.cash.plan import PlanItem, falls_on
from chainbrain.cash.recurring import Outgoing, kind_of
from chainbrain.errors import UserError

if TYPE_CHECKING:
    from chainbrain.database.book import Book

OFFERED: Final = 8
"""So many lines of the banks are offered for one payment at most."""
EARLIER: Final = timedelta(days=31)
LATER: Final = timedelta(days=92)
_DAY: Final = timedelta(days=1)
_LEAST: Final = Decimal("0.5")
_MOST: Final = Decimal(2)


@dataclass(frozen=True)
class SaidPaid:
    """The answer to one day of an item of the plan.

    Attributes:
        item_id: the item.
        due: the day of the plan that is meant.
        paid_on: when it was paid, or received.
        line_id: the bank line that paid it; nothing where none was chosen.
        account: the account of that line; nothing where the book has the line no longer.
        amount: what that line came to, in yuan.
        payee: whom it names.
    """

    item_id: str
    due: date
    paid_on: date
    line_id: str | None = None
    account: str | None = None
    amount: Decimal | None = None
    payee: str | None = None

    @property
    def due_key(self) -> tuple[str, date]:
        """What it is about."""
        return self.item_id, self.due

    def holds(self, known_from: date | None) -> bool:
        """Whether the money is in no balance any longer: by its line, or since all accounts know that day."""
        if self.line_id is not None:
            return self.account is not None
        return known_from is not None and self.paid_on <= known_from


def of_plan(answers: Iterable[SaidPaid], items: Iterable[PlanItem]) -> list[tuple[PlanItem, SaidPaid]]:
    """The answers with their items; one to an item that is in the plan no longer, or on another day, says nothing."""
    standing = {one.item_id: one for one in items}
    return [
        (item, one)
        for one in answers
        if (item := standing.get(one.item_id)) is not None and one.due in falls_on(item, one.due, one.due + _DAY)
    ]


def holding(
    answers: Iterable[SaidPaid], items: Iterable[PlanItem], known_from: Mapping[str, date]
) -> dict[tuple[str, date], tuple[PlanItem, SaidPaid]]:
    """The answers that hold, with their items, by item and the day that is meant.

    Args:
        answers: those that stand.
        items: the plan.
        known_from: for each legal entity the last day that all of its accounts know.
    """
    return {one.due_key: (item, one) for item, one in of_plan(answers, items) if one.holds(known_from.get(item.entity))}


def payers(
    book: Book, item: PlanItem, due: date, entities: Mapping[str, str], taken: Collection[str]
) -> tuple[Outgoing, ...]:
    """Lines of the banks that may have paid one day of an item, or brought it, the likeliest first.

    Only what its company paid about then is offered, from half to twice as much; which it was is for a person to say.

    Args:
        book: the book.
        item: the item.
        due: the day of the plan that is meant.
        entities: whose account is whose.
        taken: lines that paid something else, as was said.
    """
    wanted = abs(item.amount)
    found = [
        line
        for line in _lines(book, item, due - EARLIER, due + LATER)
        if entities.get(line.account, "") == item.entity
        and line.line_id not in taken
        and wanted * _LEAST <= line.amount <= wanted * _MOST
    ]
    found.sort(
        key=lambda line: (
            line.amount != wanted, not names(item.note, line.payee), kind_of(line) != item.kind,
            abs(line.day - due), abs(line.amount - wanted), line.line_id,
        )
    )  # fmt: skip
    return tuple(found[:OFFERED])


def likely(item: PlanItem, offered: Sequence[Outgoing]) -> Outgoing | None:
    """The one line that has the very amount, where there is just one: chosen at first, to be looked at."""
    same = [line for line in offered if line.amount == abs(item.amount)]
    return same[0] if len(same) == 1 else None


def checked(
    book: Book,
    item: PlanItem,
    said: SaidPaid,
    answers: Sequence[tuple[PlanItem, SaidPaid]],
    held: tuple[Mapping[str, str], Mapping[str, date]],
) -> SaidPaid:
    """The answer as it is written; with a line of a bank its day is that of the line.

    Args:
        book: the book.
        item: the item that it is about.
        said: the answer.
        answers: those that stand.
        held: whose account is whose, and the last day that all accounts of each legal entity know.

    Raises:
        UserError: ``cash.paid_no_due``, ``cash.paid_no_line``, ``cash.paid_other_company``, ``cash.paid_line_used`` or
            ``cash.paid_not_seen``.
    """
    entities, known_from = held
    if said.due not in falls_on(item, said.due, said.due + _DAY):
        raise UserError("cash.paid_no_due", day=said.due)
    if said.line_id is None:
        known = known_from.get(item.entity)
        if not said.holds(known):
            code = "cash.paid_not_seen" if known is not None else "cash.paid_no_accounts"
            raise UserError(code, day=said.paid_on, known_to=known, entity=item.entity)
        return said
    line = _line(book, item, said.line_id)
    if line is None:
        raise UserError("cash.paid_no_line", line=said.line_id[:8])
    if entities.get(line.account, "") != item.entity:
        raise UserError("cash.paid_other_company", entity=item.entity, other=entities.get(line.account, "") or "—")
    others = [one for one, answer in answers if answer.line_id == line.line_id and answer.due_key != said.due_key]
    used = sum((abs(one.amount) for one in others), Decimal(0))
    # One transfer may pay several invoices, as far as it reaches.
    if others and used + abs(item.amount) > line.amount:
        raise UserError("cash.paid_line_used", used=f"{used:,.2f}", amount=f"{line.amount:,.2f}")
    return SaidPaid(item.item_id, said.due, line.day, line.line_id, line.account, line.amount, line.payee)


def _line(book: Book, item: PlanItem, line_id: str) -> Outgoing | None:
    """The line itself; nothing where the book has none, or its money goes the other way."""
    (day,) = book.one_of(
        "select cast(max(posted_at) as date) from base.bank_lines where bank_line_id = try_cast($line as uuid)",
        line=line_id,
    )
    if day is None:
        return None
    return next((one for one in _lines(book, item, day, day + _DAY) if one.line_id == line_id), None)


def _lines(book: Book, item: PlanItem, first: date, after: date) -> list[Outgoing]:
    rows = book.rows("cash/payers", sign=-1 if item.amount > 0 else 1, first=first, after=after)
    return [Outgoing(*row) for row in rows]
