"""Groups at the bank that a person puts together, takes a member out of, or takes apart."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import polars as pl

from chainbrain.database.book import Book, Row
from chainbrain.errors import UserError, Word

SIDES: Final = {"settlement": "inner", "wallet_line": "inner", "bank_line": "outer"}
"""What can be part of a group, and which side it stands on: payouts and withdrawals expect, bank lines confirm."""

ZERO: Final = Decimal("0.00")


@dataclass(frozen=True)
class Member:
    """One record of a group: ``settlement``, ``wallet_line`` (a withdrawal) or ``bank_line``, and its id as text."""

    record_type: str
    record_id: str


@dataclass(frozen=True)
class GroupRow:
    """One record of a match that holds, with what it says about itself; ``amount`` in yuan, as the match counts it."""

    member: Member
    amount: Decimal
    day: date | None
    channel: str
    number: str | None


def group_id(members: Sequence[Member]) -> str:
    """The id of the match of these members: the same as the engine would give it, whoever finds it."""
    ids = {
        side: sorted(one.record_id for one in members if SIDES[one.record_type] == side) for side in ("inner", "outer")
    }
    text = "\x1f".join(["settlement_bank", *ids["inner"], *ids["outer"]])
    # The id only has to be the same for the same content; the statements make it the same way.
    return _dashed(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest())


def rows(book: Book, match_id: str) -> tuple[GroupRow, ...]:
    """The records of a confirmed match at the bank; empty when it is none."""
    found = book.rows("reconciliation/group_members", match=match_id)
    return tuple(
        GroupRow(Member(kind, str(record)), Decimal(amount), day, channel, number)
        for _, kind, record, amount, day, channel, number in found
    )


def put_together(book: Book, entry_id: int, members: Sequence[Member], note: str) -> str:
    """Check a group and keep its members; returns the id of its match. The caller writes the decision.

    Raises:
        UserError: ``decide.sides``, ``decide.member_kind``, ``decide.member_twice``, ``decide.member_unknown``,
            ``decide.member_amount`` for rows that bring no money, ``decide.gap_note`` when the sides differ and nobody
            says why.
    """
    for one in members:
        if one.record_type not in SIDES:
            raise UserError("decide.member_kind", kind=one.record_type, record=one.record_id)
    if {SIDES[one.record_type] for one in members} != {"inner", "outer"}:
        raise UserError("decide.sides")
    if len(set(members)) < len(members):
        twice = next(one for one in members if list(members).count(one) > 1)
        raise UserError("decide.member_twice", record=twice.record_id)
    with _loaded(book, members):
        gap = _gap(book.rows("reconciliation/group_records"))
        if gap and not note:
            raise UserError("decide.gap_note", gap=f"{gap:.2f}")
        match_id = group_id(members)
        book.run("reconciliation/decide_members", entry_id=entry_id, match=match_id)
    return match_id


def without(book: Book, match_id: str, taken: Sequence[Member]) -> tuple[Member, ...]:
    """What is left of a confirmed match when some members are taken out.

    Raises:
        UserError: ``decide.not_confirmed``, ``decide.not_member`` or ``decide.nothing_left``.
    """
    held = [row.member for row in rows(book, match_id)]
    if not held:
        raise UserError("decide.not_confirmed", match=match_id)
    stranger = next((one for one in taken if one not in held), None)
    if stranger is not None or not taken:
        raise UserError("decide.not_member", record=stranger.record_id if stranger else "", match=match_id)
    left = tuple(one for one in held if one not in taken)
    if {SIDES[one.record_type] for one in left} != {"inner", "outer"}:
        raise UserError("decide.nothing_left", match=match_id)
    return left


def hold_apart(book: Book, entry_id: int) -> None:
    """See that no record of the matches that an entry spoke about is held by another match.

    A word never touches what else its rows belong to: neither another word nor a match that is proven.

    Raises:
        UserError: ``decide.member_held`` with the record and the other match.
    """
    found = book.one("reconciliation/group_conflict", entry_id=entry_id)
    if found is None:
        return
    kind, record, match, day, amount, held_on, held = found
    raise UserError(
        "decide.member_held",
        kind=Word(f"record_type.{kind}"),
        record=str(record),
        match=str(match),
        day=day,
        amount=_yuan(amount),
        held_on=held_on,
        held=_yuan(held),
    )


def _yuan(amount: Decimal | None) -> str:
    return f"{amount or ZERO:,.2f}"


def _gap(found: list[Row]) -> Decimal:
    gap = ZERO
    for kind, record, amount, fits in found:
        if amount is None:
            raise UserError("decide.member_unknown", kind=kind, record=record)
        if not fits:
            raise UserError("decide.member_amount", kind=kind, record=record, amount=f"{amount:.2f}")
        gap += amount if SIDES[kind] == "outer" else -amount
    return gap


def _loaded(book: Book, members: Sequence[Member]) -> AbstractContextManager[None]:
    columns = {
        "side": [SIDES[one.record_type] for one in members],
        "record_type": [one.record_type for one in members],
        "record_id": [one.record_id for one in members],
    }
    return book.loaded("grouping_members", pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)))


def _dashed(digits: str) -> str:
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
