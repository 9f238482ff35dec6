"""What a person writes into the plan of payments: read from words, checked, and written as a table again."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO

from chainbrain import plan_words
from chainbrain.amounts import typed_yuan
from chainbrain.cash.plan import CYCLES, KINDS, PlanItem
from chainbrain.errors import UserError
from chainbrain.money import fits
from chainbrain.split_words import word_of

_FIRST, _LAST = date(2000, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class PlanText:
    """The fields of an item as they are typed; ``kind`` and ``cycle`` are words of the table or codes."""

    day: str
    entity: str
    kind: str
    amount: str
    cycle: str = "once"
    until: str = ""
    note: str = ""


def read(text: PlanText) -> PlanItem:
    """The item that the fields say, without a number of its own.

    Raises:
        UserError: ``cash.no_day``, ``cash.no_entity``, ``cash.no_kind``, ``cash.no_amount``, ``cash.no_cycle``,
            ``cash.far_day`` or ``cash.dates``.
    """
    amount = typed_yuan(text.amount)
    if amount is None:
        raise UserError("cash.no_amount", value=text.amount)
    kind = plan_words.KINDS.get(text.kind.strip(), text.kind)
    cycle = plan_words.CYCLES.get(text.cycle.strip() or "once", text.cycle)
    day = day_of(text.day)
    until = day_of(text.until) if text.until.strip() else None
    return checked(PlanItem("", day, text.entity, kind, amount, cycle, until, text.note, by_hand=True))


def checked(item: PlanItem) -> PlanItem:
    """The item as it is written.

    Raises:
        UserError: ``cash.no_entity``, ``cash.no_kind``, ``cash.no_amount``, ``cash.no_cycle``, ``cash.far_day``
            or ``cash.dates``.
    """
    entity, note = " ".join(item.entity.split()), " ".join((item.note or "").split()) or None
    if not entity:
        raise UserError("cash.no_entity")
    if item.kind not in KINDS:
        raise UserError("cash.no_kind", value=item.kind)
    if item.cycle not in CYCLES:
        raise UserError("cash.no_cycle", value=item.cycle)
    check_amount(item.amount)
    if not _FIRST <= item.day <= _LAST:
        raise UserError("cash.far_day", day=item.day, first=_FIRST.year, last=_LAST.year)
    if item.until is not None and item.until < item.day:
        raise UserError("cash.dates", day=item.day, until=item.until)
    return PlanItem(
        item.item_id, item.day, entity, item.kind, item.amount, item.cycle, item.until, note, by_hand=True,
        grounds=item.grounds,
    )  # fmt: skip


def check_amount(amount: Decimal) -> None:
    """See that an amount can be kept.

    Raises:
        UserError: ``cash.no_amount``.
    """
    if amount == 0 or not fits(amount):
        raise UserError("cash.no_amount", value=str(amount))


def day_of(text: str) -> date:
    """A day such as 2026-12-10.

    Raises:
        UserError: ``cash.no_day``.
    """
    try:
        return date.fromisoformat(text.strip().replace("/", "-"))
    except ValueError as cause:
        raise UserError("cash.no_day", value=text) from cause


def as_csv(items: Sequence[PlanItem]) -> str:
    """The items as a table that can be imported again, in the importer's own columns and words."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(plan_words.COLUMNS)
    for item in sorted(items, key=lambda one: (one.day, one.entity, one.kind, one.note or "", one.item_id)):
        table.writerow(
            [
                item.day.isoformat(), item.entity, word_of(plan_words.KINDS, item.kind),
                f"{item.amount:.2f}", word_of(plan_words.CYCLES, item.cycle),
                item.until.isoformat() if item.until else "", item.note or "",
            ]
        )  # fmt: skip
    return text.getvalue()
