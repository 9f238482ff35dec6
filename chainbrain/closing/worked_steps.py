"""The steps of the close that something is matched in: their rows, what is open, what lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain.closing import completeness, differences
from chainbrain.closing.differences import Found
from chainbrain.closing.months import next_month
from chainbrain.closing.steps import (
    DONE,
    NOT_USED,
    STEPS,
    TO_DO,
    ZERO,
    Missing,
    Step,
    Where,
)
from chainbrain.closing.transit import TransitRoll
from chainbrain.database.book import Book, Row
from chainbrain.errors import Word
from chainbrain.money import half_up

_LEGS: Final = {"till": "till", "settlement": "ledger", "bank": "bank", "platforms": "payout", "cash": "till"}
# Rooms that this program does not have yet: said, never silently green.
ROOMS_TO_COME: Final = ("invoices", "vat", "drafts")
Rates = tuple[int, int, Decimal, Decimal]


def worked(book: Book, month: date, roll: TransitRoll) -> tuple[dict[str, Step], Rates]:
    """Every step but the signature, by its key, from the rows as they are, and how much was matched by itself."""
    period = {"first": month, "after": next_month(month)}
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    stood = book.rows("closing/steps", **period)
    for step, state, _, items, _ in stood:
        counts[step][state] += items
    waiting = {step: (items, amount) for step, items, amount in book.rows("closing/suggested", **period) if items}
    of_step: dict[str, list[Found]] = defaultdict(list)
    for one in differences.of_month(book, month):
        of_step[one.step].append(one)
    cash, stored_value, splits, bank, differing = book.rows("closing/presence", **period)[0]
    used = {"cash": cash, "stored_value": stored_value, "splits": splits, "bank": bank}
    made = {"completeness": completeness.step_of(completeness.of_month(book, month), differing)}
    for key in STEPS[1:11]:
        present = used.get(key, bool(counts[key]) or bool(of_step[key]))
        if key in ROOMS_TO_COME or not present:
            code = "close.room_to_come" if key in ROOMS_TO_COME else "close.no_such_data"
            made[key] = Step(key, NOT_USED, where=page_of(key), not_used_because=code)
            continue
        made[key] = _step(key, counts[key], of_step[key], waiting.get(key))
    open_channels = [one for one in roll.channels if half_up(one.gap) and one.proven is False]
    if open_channels:
        told = tuple(
            Missing(
                "close.transit_gap",
                {"channel": Word(f"channel.{one.channel}"), "gap": f"{half_up(one.gap):,.2f}"},
                "bank",
                1,
                abs(half_up(one.gap)),
                Where("close", {"channel": one.channel}),
            )
            for one in open_channels
        )
        step = made["bank"]
        made["bank"] = replace(step, state=TO_DO, missing=(*told, *step.missing))
    return made, _rates(stood)


def _step(key: str, counts: dict[str, int], found: Sequence[Found], waiting: tuple[int, Decimal] | None) -> Step:
    by_code: dict[str, list[Decimal]] = defaultdict(list)
    for one in found:
        if one.state == "open":
            by_code[one.code].append(abs(one.amount))
    missing = [
        Missing(
            "close.differences",
            {"what": Word(f"difference.{code}"), "difference": code, "count": len(amounts), "amount": _yuan(amounts)},
            key,
            len(amounts),
            half_up(sum(amounts, ZERO)),
            page_of(key, code=code),
        )
        for code, amounts in sorted(by_code.items(), key=lambda pair: -sum(pair[1], ZERO))
    ]
    if waiting:
        items, amount = waiting
        facts = {"count": items, "amount": f"{amount:,.2f}"}
        missing.insert(0, Missing("close.suggestions", facts, key, items, amount, page_of(key)))
    return Step(
        key,
        TO_DO if missing else DONE,
        counts.get("matched", 0),
        counts.get("timing", 0),
        counts.get("difference", 0),
        counts.get("excluded", 0),
        len(found),
        sum(one.count for one in missing),
        sum((one.amount for one in missing), ZERO),
        tuple(missing),
        page_of(key),
    )


def _yuan(amounts: Sequence[Decimal]) -> str:
    return f"{half_up(sum(amounts, ZERO)):,.2f}"


def page_of(key: str, **filters: str) -> Where:
    """Where the work of a step is done."""
    if key == "splits":
        return Where("splits", {"page": "findings", **filters})
    if key in _LEGS:
        return Where("reconcile", {"leg": _LEGS[key], **filters})
    return Where("reconcile" if key == "stored_value" else "close", {"step": key, **filters})


def _rates(stood: Sequence[Row]) -> Rates:
    """Rows and yuan that were matched without a person, of those that something had to confirm."""
    rows = rows_all = 0
    amount = amount_all = ZERO
    for step, state, by_hand, items, yuan in stood:
        if step == "cash" or state == "excluded":
            continue
        rows_all, amount_all = rows_all + items, amount_all + yuan
        if state == "matched" and not by_hand:
            rows, amount = rows + items, amount + yuan
    return rows, rows_all, amount, amount_all
