"""The guided board: which step of a month's close is done, what lacks, and who may sign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from chainbrain.closing.months import MonthState, last_month, months, signer
from chainbrain.closing.steps import (
    BLOCKED,
    DONE,
    NOT_USED,
    STEPS,
    TO_DO,
    ZERO,
    Board,
    Missing,
    Step,
    Where,
)
from chainbrain.closing.transit import TransitRoll
from chainbrain.closing.worked_steps import ROOMS_TO_COME, page_of, worked
from chainbrain.database import history
from chainbrain.database.book import Book


def board(book: Book, state: MonthState, roll: TransitRoll, gaps: Sequence[Missing] = ()) -> Board:
    """The board of one month from the rows as they are.

    Args:
        book: the book to read.
        state: the month.
        roll: its money in transit.
        gaps: roll-forwards of other rooms that do not close, by the step they belong to.
    """
    found, rates = worked(book, state.month, roll)
    for gap in gaps:
        step = found[gap.accepted_as or "bank"]
        found[step.key] = replace(step, state=TO_DO, missing=(*step.missing, gap))
    if not history.reconciled(book):
        for key in STEPS[1:8]:
            if found[key].state != NOT_USED:
                found[key] = replace(found[key], state=BLOCKED)
        word = Missing("close.not_reconciled", where=Where("reconcile"))
        found["till"] = replace(found["till"], state=BLOCKED, missing=(word, *found["till"].missing))
    all_months = months(book)
    earlier = next((one for one in all_months if one.month < state.month and not one.closed), None)
    held: tuple[Missing, ...] = ()
    if earlier is not None:
        name = {"month": f"{earlier.month:%Y-%m}"}
        held = (Missing("close.earlier_open", name, where=Where("close", name)),)
    waits = any(step.state in (TO_DO, BLOCKED) for step in found.values()) or held
    sign = DONE if state.closed else BLOCKED if waits else TO_DO
    found["sign"] = Step("sign", sign, missing=held, where=Where("close"))
    before = next((one for one in all_months if one.month == last_month(state.month)), None)
    return Board(
        state, tuple(found[key] for key in STEPS), signer(book), *rates, before.days if before is not None else None
    )


def locked(book: Book, state: MonthState) -> Board:
    """The board of a closed month as it was signed: every step done, with what was accepted."""
    parts: dict[str, dict[str, tuple[int, Decimal]]] = defaultdict(dict)
    for key, part, items, amount in book.rows_of(
        "select subject, part, items, amount::decimal(18,2) from base.month_figures "
        "where entry_id = $entry and section = 'step'",
        entry=state.entry_id,
    ):
        parts[key][part] = items, amount
    steps = []
    for key in STEPS:
        told = parts.get(key)
        if key == "sign":
            steps.append(Step(key, DONE, where=Where("close")))
        elif told is None or "matched" not in told:
            code = "close.room_to_come" if key in ROOMS_TO_COME else "close.no_such_data"
            steps.append(Step(key, NOT_USED, where=page_of(key), not_used_because=code))
        else:
            count = {part: items for part, (items, _) in told.items()}
            steps.append(
                Step(
                    key, DONE, count["matched"], count["timing"], count["difference"], count["excluded"],
                    count["found"], *told["open"], where=page_of(key),
                )
            )  # fmt: skip
    rates = parts.get("rates", {})
    rows, rows_of = rates.get("by_itself", (0, ZERO)), rates.get("compared", (0, ZERO))
    before = next((one for one in months(book) if one.month == last_month(state.month)), None)
    return Board(
        state, tuple(steps), signer(book), rows[0], rows_of[0], rows[1], rows_of[1],
        before.days if before is not None else None,
    )  # fmt: skip
