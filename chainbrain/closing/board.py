"""The guided board: which step of a month's close is done, what lacks, and who may sign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain.closing.months import MonthState, last_month, months, next_month, signer
from chainbrain.closing.steps import (
    BLOCKED,
    DONE,
    NOT_USED,
    STEPS,
    TO_DO,
    ZERO,
    Board,
    Completeness,
    Missing,
    Step,
    StoreCompleteness,
    StoreSource,
    Where,
)
from chainbrain.closing.transit import TransitRoll
from chainbrain.database import history
from chainbrain.database.book import Book, Row
from chainbrain.errors import Word
from chainbrain.money import half_up

_LEGS: Final = {"till": "till", "settlement": "ledger", "bank": "bank", "platforms": "payout", "cash": "till"}
# Rooms that this program does not have yet: said, never silently green.
_ROOMS_TO_COME: Final = ("invoices", "vat", "drafts")
_Rates = tuple[int, int, Decimal, Decimal]


@dataclass(frozen=True)
class Found:
    """One difference that counts in a month; ``prior`` when its day lies in a month closed before it came up."""

    difference_id: str
    code: str
    state: str
    cause: str | None
    store_id: str | None
    channel: str | None
    business_day: date | None
    due_on: date | None
    amount: Decimal
    record_type: str
    record_id: str
    note: str | None
    step: str
    prior: bool


def differences(book: Book, month: date) -> tuple[Found, ...]:
    """The differences that count in a month."""
    return tuple(Found(*row) for row in book.rows("closing/differences", first=month, after=next_month(month)))


def locked_differences(book: Book, state: MonthState) -> tuple[Found, ...]:
    """The differences of a closed month as they stood when it was locked."""
    return tuple(Found(*row) for row in book.rows("closing/differences_kept", entry=state.entry_id, first=state.month))


def completeness(book: Book, month: date) -> Completeness:
    """Which files the month has, by store and source, from the day on which the book begins."""
    after = next_month(month)
    begins = book.one("closing/begins")
    first = max(month.replace(day=1), begins[0]) if begins and begins[0] and begins[0] < after else month.replace(day=1)
    stores: dict[str, list[StoreSource]] = defaultdict(list)
    names: dict[str, str] = {}
    for store, name, source, full, part, closed, lacking in book.rows("closing/completeness", first=first, after=after):
        names[store] = name
        stores[store].append(StoreSource(source, full, part, closed, tuple(lacking or ())))
    sources = sorted({cell.source for cells in stores.values() for cell in cells}, key=lambda one: (one != "till", one))
    bank = book.rows("closing/bank_lacking", first=first, after=after)
    return Completeness(
        month.replace(day=1),
        first,
        tuple(sources),
        tuple(StoreCompleteness(store, names[store], tuple(cells)) for store, cells in stores.items()),
        tuple((account, days, since, until) for account, days, since, until in bank),
    )


def board(book: Book, state: MonthState, roll: TransitRoll, gaps: Sequence[Missing] = ()) -> Board:
    """The board of one month from the rows as they are.

    Args:
        book: the book to read.
        state: the month.
        roll: its money in transit.
        gaps: roll-forwards of other rooms that do not close, by the step they belong to.
    """
    found, rates = _steps(book, state.month, roll)
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
            code = "close.room_to_come" if key in _ROOMS_TO_COME else "close.no_such_data"
            steps.append(Step(key, NOT_USED, where=_page(key), not_used_because=code))
        else:
            count = {part: items for part, (items, _) in told.items()}
            steps.append(
                Step(
                    key, DONE, count["matched"], count["timing"], count["difference"], count["excluded"],
                    count["found"], *told["open"], where=_page(key),
                )
            )  # fmt: skip
    rates = parts.get("rates", {})
    rows, rows_of = rates.get("by_itself", (0, ZERO)), rates.get("compared", (0, ZERO))
    before = next((one for one in months(book) if one.month == last_month(state.month)), None)
    return Board(
        state, tuple(steps), signer(book), rows[0], rows_of[0], rows[1], rows_of[1],
        before.days if before is not None else None,
    )  # fmt: skip


def _steps(book: Book, month: date, roll: TransitRoll) -> tuple[dict[str, Step], _Rates]:
    period = {"first": month, "after": next_month(month)}
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    stood = book.rows("closing/steps", **period)
    for step, state, _, items, _ in stood:
        counts[step][state] += items
    waiting = {step: (items, amount) for step, items, amount in book.rows("closing/suggested", **period) if items}
    of_step: dict[str, list[Found]] = defaultdict(list)
    for one in differences(book, month):
        of_step[one.step].append(one)
    cash, stored_value, splits, bank, differing = book.rows("closing/presence", **period)[0]
    used = {"cash": cash, "stored_value": stored_value, "splits": splits, "bank": bank}
    made = {"completeness": _complete(completeness(book, month), differing)}
    for key in STEPS[1:11]:
        present = used.get(key, bool(counts[key]) or bool(of_step[key]))
        if key in _ROOMS_TO_COME or not present:
            code = "close.room_to_come" if key in _ROOMS_TO_COME else "close.no_such_data"
            made[key] = Step(key, NOT_USED, where=_page(key), not_used_because=code)
            continue
        made[key] = _worked(key, counts[key], of_step[key], waiting.get(key))
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


def _complete(found: Completeness, differing: int) -> Step:
    missing = []
    if found.missing:
        stores = [store for store in found.stores if any(cell.missing for cell in store.cells)]
        facts = {"count": found.missing, "stores": tuple(store.name for store in stores[:5])}
        missing.append(
            Missing("close.files_missing", facts, "completeness", found.missing, where=Where("import", _lacks(stores)))
        )
    for account, days, since, until in found.bank:
        facts = {"account": account[-4:], "count": days, "first": since, "last": until}
        missing.append(
            Missing("close.bank_days", facts, "completeness", days, where=Where("import", {"account": account}))
        )
    if differing:
        facts = {"count": differing}
        missing.append(Missing("close.files_differ", facts, "completeness", differing, where=Where("import")))
    if not found.stores:
        return Step("completeness", NOT_USED, not_used_because="close.no_such_data", where=Where("import"))
    return Step(
        "completeness", TO_DO if missing else DONE, matched=found.full, difference=found.missing, excluded=found.closed,
        found=found.missing, open_count=found.missing, missing=tuple(missing), where=Where("import"),
    )  # fmt: skip


def _lacks(stores: Sequence[StoreCompleteness]) -> dict[str, str]:
    return {"store": stores[0].store_id} if len(stores) == 1 else {}


def _worked(key: str, counts: dict[str, int], found: Sequence[Found], waiting: tuple[int, Decimal] | None) -> Step:
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
            _page(key, code=code),
        )
        for code, amounts in sorted(by_code.items(), key=lambda pair: -sum(pair[1], ZERO))
    ]
    if waiting:
        items, amount = waiting
        facts = {"count": items, "amount": f"{amount:,.2f}"}
        missing.insert(0, Missing("close.suggestions", facts, key, items, amount, _page(key)))
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
        _page(key),
    )


def _yuan(amounts: Sequence[Decimal]) -> str:
    return f"{half_up(sum(amounts, ZERO)):,.2f}"


def _page(key: str, **filters: str) -> Where:
    if key == "splits":
        return Where("splits", {"page": "findings", **filters})
    if key in _LEGS:
        return Where("reconcile", {"leg": _LEGS[key], **filters})
    return Where("reconcile" if key == "stored_value" else "close", {"step": key, **filters})


def _rates(stood: Sequence[Row]) -> _Rates:
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
