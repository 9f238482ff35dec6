"""What of a month is entered: one sum of rows of one kind, with the store, channel and party that it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Final

from chainbrain.money import CENT, from_fen, half_up

GROUPS: Final = {
    "receipts": "sales", "refunds": "sales", "card_money": "sales", "unidentified": "sales", "fees": "sales",
    "adjustments": "sales", "wallet_other": "sales", "wallet_split": "sales", "split_received": "sales",
    "arrived": "arrivals",
    "cash_sales": "cash", "cash_refunds": "cash", "card_cash": "cash", "cash_paid_out": "cash", "cash_banked": "cash",
    "cash_over": "cash",
    "card_top_up": "cards", "card_use": "cards", "card_refund": "cards",
    "due": "splits", "due_income": "splits", "due_kept": "splits",
    "lost_payout": "write_offs", "lost_cash": "write_offs", "kept_cash": "write_offs",
}  # fmt: skip
"""Each kind of fact and the voucher of a store's month that it stands in, in the order in which they are numbered."""


@dataclass(frozen=True)
class Fact:
    """One sum, in yuan; ``amount`` has the sign of ``docs``: money towards the business is positive.

    Attributes:
        kind: one of ``GROUPS``; worded under ``voucher.<kind>``.
        entity: whose books it belongs to (收款主体); nothing where no table tells.
        store: the store's number; nothing for a merchant number that serves several.
        channel: the channel, for facts of one.
        detail: what tells apart sums of one kind: merchant number, bank account, receiver, kind of wallet line, or the
            store out of whose sales a split was received.
        for_store: money of a franchise store that somebody else collects.
        items: of how many rows it is the sum.
        taxpayer: what kind of VAT taxpayer the store is, where revenue is entered without VAT.
        vat: the rate of its revenue; nothing where it is not known or VAT is not taken out.
        tax: what of the amount is VAT.
    """

    kind: str
    entity: str | None
    store: str | None
    channel: str | None
    detail: str | None
    for_store: bool
    amount: Decimal
    items: int
    taxpayer: str | None = None
    vat: Decimal | None = None
    tax: Decimal = Decimal("0.00")


@dataclass(frozen=True)
class ChargedAt:
    """What one merchant number charged for one store: in the month, and since the beginning for all its stores."""

    entity: str | None
    store: str | None
    channel: str
    merchant: str
    for_store: bool
    month: Decimal
    before: Decimal
    after: Decimal
    items: int


def fees(charged: Iterable[ChargedAt]) -> tuple[Fact, ...]:
    """The cents of a month's fees by store, which add up to those of the roll-forward.

    Fees have up to five decimals. The cents of a merchant's month are those by which its rounded sum since the
    beginning grew; its stores share them by the largest remainder.
    """
    purses: dict[tuple[str, str], list[ChargedAt]] = defaultdict(list)
    for one in charged:
        purses[one.channel, one.merchant].append(one)
    found = []
    for (channel, merchant), stores in sorted(purses.items()):
        whole = int((half_up(stores[0].after) - half_up(stores[0].before)) * 100)
        floors = [int((one.month * 100).to_integral_value(ROUND_FLOOR)) for one in stores]
        ranked = sorted(
            range(len(stores)), key=lambda place: (floors[place] - stores[place].month * 100, stores[place].store or "")
        )
        for place in ranked[: whole - sum(floors)]:
            floors[place] += 1
        for one, cents in zip(stores, floors, strict=True):
            found.append(
                Fact("fees", one.entity, one.store, channel, merchant, one.for_store, from_fen(cents), one.items)
            )
    return tuple(found)


@dataclass(frozen=True)
class Due:
    """What one agreement gives on a store's month, as the room of splits reckons it."""

    store: str
    receiver: str
    rule: str
    amount: Decimal


def of_dues(
    dues: Iterable[Due], entities: Mapping[str, tuple[str | None, bool]], known: Mapping[str, str]
) -> list[Fact]:
    """The claims in the books of who owes them, and of the receiver where these are books of the chain.

    Args:
        dues: claims by store and receiver.
        entities: per store whose books it is in, and whether somebody else collects for it.
        known: those receivers whose books these are, by what they are called, with their legal entity.
    """
    found = []
    for one in dues:
        entity, for_store = entities.get(one.store, (None, False))
        receiver = known.get(one.receiver)
        if receiver is not None and receiver == entity:
            # Whoever collects for the franchise store keeps its claim back.
            kinds: list[tuple[str, str | None]] = [("due_kept", entity)] if for_store else []
        else:
            kinds = [("due", entity)]
            kinds += [("due_income", receiver)] if receiver is not None else []
        found += [
            Fact(kind, whose, one.store, None, f"{one.receiver} · {one.rule}", for_store, one.amount.quantize(CENT), 1)
            for kind, whose in kinds
        ]
    return found


def month_after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
