"""Reads the lines of a kind of work: which they are, and what each says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chainbrain import sounds
from chainbrain.lists import LISTS
from chainbrain.masking import login_masked
from chainbrain.reconciliation.deposits import BankItem, LateItem, PayoutItem
from ui.views.reconcile.items import (
    BANK_WORK,
    EXPECTED,
    LATE_WORK,
    LEFT_OUT,
    OLDER,
    OWN_WORK,
    SETTLED,
    STATES,
    SUGGESTED,
    Group,
    Item,
    ItemKind,
    Period,
    group_of,
)

if TYPE_CHECKING:
    from chainbrain.database.pages import Pages
    from chainbrain.reconciliation.till import TenderItem
    from chainbrain.workspace import Rooms

# What a person decided about has left the work list; what is only timing never was on it.
_UNDECIDED = (None, "open")
_STATE_OF = {SETTLED: "explained", EXPECTED: "timing", LEFT_OUT: "excluded"}
_BANK_CAUSES = {"not_arrived", "bank_amount"}
_PAYOUT_CAUSES = {"bill", "not_in_bill", "commission", "commission_rate", "acquirer", "acquirer_rate"}
_LEDGER_CAUSES = {"ledger", "contract", "contract_rate"}
_ANSWER_OF = {"single": "single", "several": "several", "no_candidate": "none", "bank_amount": "gap"}


def leg_of(code: str | None, cause: str | None, record_type: str) -> str:
    """Return the leg a difference belongs to, as the work list counts it."""
    if code == "D13":
        return "split"
    if record_type == "bank_line" or cause in _BANK_CAUSES:
        return "bank"
    if cause in _PAYOUT_CAUSES:
        return "payout"
    return "ledger" if cause in _LEDGER_CAUSES else "till"


def read_items(
    rooms: Rooms, group: Group, period: Period, account: str | None, store: str | None = None
) -> tuple[Item, ...]:
    """Read the lines of a group.

    Args:
        rooms: the reading rooms.
        group: what to show.
        period: business days.
        account: one bank account only; it concerns bank lines.
        store: one store only; bank lines belong to none.
    """
    if group.name == OLDER:
        before = Period(None, period.first)
        kinds = (
            one for one in rooms.reconciliation.work(None, period.first, store) if one.leg == group.leg and one.count
        )
        return tuple(item for one in kinds for item in read_items(rooms, group_of(one), before, account, store))
    found = _all_items(rooms, group, period, account)
    return found if store is None else tuple(item for item in found if item.store == store)


def _all_items(rooms: Rooms, group: Group, period: Period, account: str | None) -> tuple[Item, ...]:
    # The search wants the names' sounds by the time somebody types; here nobody waits for it.
    sounds.learn()
    room, first, after = rooms.reconciliation, period.first, period.after
    if group.leg == "bank" and group.name in STATES:
        lines = tuple(map(_bank, room.bank_worklist(account=account, first=first, after=after, state=group.name)))
        # What is matched stands with its bank line; what is on its way or left out stands for itself, under no account.
        alone = (
            () if account is not None or group.name == "matched" else room.payouts(group.name, first=first, after=after)
        )
        return (*lines, *map(_payout, alone))
    if group.name in BANK_WORK and group.leg == "bank":
        wanted = _ANSWER_OF[group.name]
        found = map(_bank, room.bank_worklist(account=account, first=first, after=after))
        return tuple(item for item in found if item.answer == wanted and item.difference_state in _UNDECIDED)
    if group.name in SUGGESTED:
        waiting = map(_tender, room.tender_worklist(first=first, after=after))
        return tuple(item for item in waiting if item.answer == group.name)
    if group.name == LATE_WORK:
        return tuple(_late(item) for item in room.late(first=first, after=after) if item.state == "open")
    return tuple(item for item in _differences(rooms, group, period) if _belongs(item, group))


def same_work(cause: str | None, work: str) -> bool:
    """Return whether a difference of this cause is of this kind of work, among those with its code and leg."""
    own = OWN_WORK.get(cause or "")
    return own == work if own is not None else work not in OWN_WORK.values()


def _belongs(item: Item, group: Group) -> bool:
    if leg_of(item.code, item.cause, item.record_type) != group.leg:
        return False
    if group.name in _STATE_OF:
        return item.difference_state == _STATE_OF[group.name]
    return item.difference_state == "open" and same_work(item.cause, group.name)


def _differences(rooms: Rooms, group: Group, period: Period) -> list[Item]:
    filters: dict[str, object] = {"first": period.first, "after": period.after, "state": _STATE_OF.get(group.name)}
    if group.name == EXPECTED:
        filters["said"] = "timing"
    items: list[Item] = []
    for code in group.codes or (None,):
        pages = rooms.lists.open("differences", {**filters, "code": code})
        items += [difference_item(row_of("differences", row)) for row in every_row(pages)]
        pages.close()
    if "D11" not in group.codes and group.codes:
        return items
    moved = rooms.reconciliation.moved()
    return [
        replace(one, moved=moved[one.key][0], other=moved[one.key][1]) if one.key in moved else one for one in items
    ]


def every_row(pages: Pages) -> list[tuple[Any, ...]]:
    """Return all rows of a list that is known to be short."""
    rows: list[tuple[Any, ...]] = []
    number = 0
    while page := pages.page(number):
        rows += page
        number += 1
    return rows


def row_of(name: str, row: tuple[Any, ...]) -> dict[str, Any]:
    """Return the cells of a list's row by the names of its columns."""
    return {column.key: row[place] for place, column in enumerate(LISTS[name].columns)}


def _bank(line: BankItem) -> Item:
    return Item(
        key=line.bank_line_id,
        kind=ItemKind.BANK,
        day=line.posted_on,
        amount=line.amount,
        answer=line.answer,
        party=line.counterparty,
        note=line.memo,
        channel=line.bank_account,
        solutions=line.solutions,
        gap=line.gap,
        match_id=line.match_id,
        difference_id=line.difference_id,
        difference_state=line.difference_state,
        code=line.code,
        cause=line.reason,
        record_type="bank_line",
        record_id=line.bank_line_id,
        number=line.external_id,
    )


def _tender(tender: TenderItem) -> Item:
    return Item(
        key=tender.match_id,
        kind=ItemKind.TENDER,
        day=tender.day,
        amount=tender.amount,
        answer=tender.answer,
        store=tender.store_id or "",
        channel=tender.channel,
        solutions=tender.solutions,
        gap=tender.gap,
        match_id=tender.match_id,
        record_type="tender",
        record_id=tender.tender_id,
        number=tender.order_no or "",
        count=tender.tenders,
    )


def _late(late: LateItem) -> Item:
    return Item(
        key=late.difference_id,
        kind=ItemKind.LATE,
        day=late.day,
        amount=late.amount,
        answer=late.state,
        store=late.store_id or "",
        channel=late.channel,
        note=login_masked(late.merchant_no or ""),
        difference_id=late.difference_id,
        difference_state=late.state,
        code="D08",
        cause="not_arrived",
        record_type=late.record_type,
        record_id=late.record_id,
        due_on=late.due_on,
    )


def _payout(payout: PayoutItem) -> Item:
    return Item(
        key=payout.record_id,
        kind=ItemKind.PAYOUT,
        day=payout.day,
        amount=payout.amount,
        answer=payout.state,
        channel=payout.channel,
        note=login_masked(payout.merchant_no or ""),
        cause=payout.reason,
        record_type=payout.record_type,
        record_id=payout.record_id,
        due_on=payout.due_on,
        number=payout.external_id or "",
    )


def difference_item(cells: Mapping[str, Any]) -> Item:
    """Return the line of a difference from the cells of its list."""
    return Item(
        key=str(cells["difference_id"]),
        kind=ItemKind.DIFFERENCE,
        day=cells["business_day"],
        amount=cells["amount"],
        answer=cells["state"],
        store=cells["store_id"] or "",
        channel=cells["channel"] or "",
        difference_id=str(cells["difference_id"]),
        difference_state=cells["state"],
        code=cells["code"],
        cause=cells["cause"],
        record_type=cells["record_type"],
        record_id=str(cells["record_id"]),
        due_on=cells["due_on"],
        said=cells["note"] or "",
    )
