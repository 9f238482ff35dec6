"""The proof behind one match, as arithmetic that ends in what is still missing, and in words' keys."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from chainbrain.database.book import Book, Row
from chainbrain.errors import UserError
from chainbrain.money import half_up

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Line:
    """One line of the arithmetic, in yuan.

    Attributes:
        key: words under ``evidence.<key>``.
        count: how many rows are behind it.
        total: the line is ruled off above: a sum, or in the end what is still missing.
    """

    key: str
    amount: Decimal
    count: int | None = None
    day: date | None = None
    channel: str | None = None
    number: str | None = None
    total: bool = False


@dataclass(frozen=True)
class Evidence:
    """Why two sides belong together.

    Attributes:
        lines: the arithmetic; each total is the sum of the lines before it, the last line is what is still missing.
        proof: key of the reason, worded under ``proof.<proof>``; ``facts`` fill its words.
        gap: confirming side minus expecting side, yuan; of a split, which goes out, what was due less what was split.
    """

    match_id: str
    kind: str
    state: str
    proof: str
    solutions: int
    facts: dict[str, object]
    lines: tuple[Line, ...]
    gap: Decimal

    @property
    def words(self) -> dict[str, object]:
        """The facts as words take them: of what all answers share the number, a rate in per cent."""
        shared, rate = self.facts.get("shared"), self.facts.get("rate")
        told = {
            "shared": len(shared) if isinstance(shared, list) else 0,
            "rate": f"{Decimal(str(rate or 0)) * 100:.2f}%",
        }
        return {**self.facts, **told}


def evidence(book: Book, match_id: str) -> Evidence:
    """The arithmetic of one match.

    Raises:
        UserError: ``decide.unknown`` when the book has no such match.
    """
    head = book.one("reconciliation/evidence_match", match=match_id)
    if head is None:
        raise UserError("decide.unknown", subject="match", count=1)
    kind, state, stage, solutions, explanation = head
    members = book.rows("reconciliation/evidence_members", match=match_id)
    inner = [row for row in members if row[0] == "inner"]
    outer = [row for row in members if row[0] == "outer"]
    expected, told = _expectation(book, kind, inner)
    confirmed = [Line(_outer_key(row), _cents(row[3]), day=_day(row), channel=row[5], number=row[6]) for row in outer]
    if kind == "split":
        confirmed = [replace(line, amount=-line.amount) for line in confirmed]
        gap = told + sum((line.amount for line in confirmed), ZERO)
    elif kind == "payment_settlement":
        # one payment is part of a payout: there is no second sum to compare, the bill as a whole is compared elsewhere
        confirmed, gap = [], ZERO
    else:
        gap = sum((line.amount for line in confirmed), ZERO) - told
    lines = (*expected, *confirmed, Line("gap", gap, total=True))
    return Evidence(match_id, kind, state, stage, solutions, _facts(explanation), lines, gap)


def expected_of(book: Book, row: Row) -> list[Line]:
    """What one payout or withdrawal is made of, without a match; a row as ``evidence_members`` gives it."""
    return _expectation(book, "settlement_bank", [row])[0]


def _expectation(book: Book, kind: str, inner: list[Row]) -> tuple[list[Line], Decimal]:
    """The expecting side: its parts, and a total where it has several."""
    row = inner[0]
    record_type, record_id, amount = row[1], str(row[2]), _cents(row[3])
    if kind == "payment_wallet":
        taken, fee = _cents(row[7]), _cents(row[8])
        lines = [Line("payment", taken, day=_day(row), channel=row[5], number=row[6]), Line("fee", -fee)]
        return [*lines, Line("expected", taken - fee, total=True)], taken - fee
    if len(inner) > 1:
        key = record_type if record_type in {"tender", "split_part"} else "payout"
        parts_of = [Line(key, _cents(one[3]), day=_day(one), channel=one[5], number=one[6]) for one in inner]
        told = sum((line.amount for line in parts_of), ZERO)
        return [*parts_of, Line("split_due" if kind == "split" else "expected", told, total=True)], told
    if record_type == "wallet_line":
        about = book.one("reconciliation/evidence_drawn", line=record_id)
        channel, merchant, since, until = about or (row[5], None, None, None)
        drawn = book.rows(
            "reconciliation/evidence_withdrawal", channel=channel, merchant=merchant, since=since, until=until
        )
        return _sum_up([Line(part, _cents(sum_), count) for part, count, sum_ in drawn], amount, "carried", row)
    if record_type == "settlement":
        parts = book.rows("reconciliation/evidence_settlement", settlement=record_id)
        lines = [Line(part, _cents(gross), count) for part, count, gross, _ in parts]
        charged = sum((fee for *_, fee in parts), Decimal(0))
        if charged:
            lines.append(Line("fee", -_cents(charged)))
        return _sum_up(lines, amount, "bill_rest", row)
    return [Line(record_type, amount, day=_day(row), channel=row[5], number=row[6])], amount


def _sum_up(lines: list[Line], amount: Decimal, rest_key: str, row: Row) -> tuple[list[Line], Decimal]:
    order = {"payment": 0, "refund": 1, "fee": 2, "adjustment": 3, "other": 4}
    lines = sorted(lines, key=lambda line: order.get(line.key, 9))
    rest = amount - sum((line.amount for line in lines), ZERO)
    if rest:
        lines.append(Line(rest_key, rest))
    total = Line("expected", amount, day=_day(row), channel=row[5], number=row[6], total=True)
    return [*lines, total], amount


def _outer_key(row: Row) -> str:
    return f"line_{row[9]}" if row[1] == "wallet_line" else str(row[1])


def _day(row: Row) -> date | None:
    return row[4].date() if row[4] is not None else None


def _cents(value: Any) -> Decimal:
    return half_up(Decimal(value or 0))


def _facts(explanation: str | None) -> dict[str, object]:
    found: dict[str, object] = json.loads(explanation) if explanation else {}
    return found
