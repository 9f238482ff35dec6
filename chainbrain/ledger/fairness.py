"""The fairness file: one store's month as head office reckons it, for the franchisee to hold against his own book.

It carries the store's sales days, the rules that hold for it, every claim with what it was taken of, the written lines
and the balance; nothing of any other store. Its checksum tells a damaged or altered file; it is no signature.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from chainbrain.errors import UserError
from chainbrain.ledger.claims import Agreements
from chainbrain.ledger.lines import WRITTEN, month_of, next_month
from chainbrain.ledger.room import LedgerRoom

FORMAT: Final = "chainbrain-fairness"
VERSION: Final = 1
SUFFIX: Final = ".fair"
SECTIONS: Final = ("days", "rules", "claims", "collected", "entries", "balance")
"""In the order in which they are compared; words under ``fairness.<section>``."""

STATES: Final = ("equal", "differs", "only_theirs", "only_ours")
"""How a line compares; words under ``fairness_state.<state>``."""

_MOST: Final = 32 * 1024 * 1024

Fields = dict[str, str | None]


@dataclass(frozen=True)
class Fairness:
    """The content of one file: each section's lines by their keys; amounts as text with all their decimals."""

    store: str
    name: str | None
    month: date
    sections: dict[str, dict[str, Fields]]


@dataclass(frozen=True)
class Compared:
    """One line held against the own book; ``differing`` names the fields with what the file and the book say."""

    section: str
    key: str
    state: str
    theirs: Fields | None
    ours: Fields | None
    differing: tuple[tuple[str, str | None, str | None], ...] = ()


def of_book(ledger: LedgerRoom, agreements: Agreements, store: str, month: date) -> Fairness:
    """What the book says of one store's month.

    Args:
        ledger: the ledger of the book.
        agreements: the room of its splits.
        store: the store's number.
        month: the month.

    Raises:
        UserError: ``ledger.nothing`` when the book knows neither sales nor lines of that month.
    """
    first, after = month_of(month), next_month(month)
    days = {
        f"{one.day} {one.channel or '-'}": {
            "gross": f"{one.gross:.2f}", "refunded": f"{one.refunded:.2f}", "fee": f"{one.fee:.5f}",
            "commission": f"{one.commission:.5f}",
        }
        for one in agreements.days(first, after, store)
    }  # fmt: skip
    rules = {
        " ".join((one.name, one.receiver, one.store or "*", one.channel or "*", str(one.valid_from or "-"))): {
            "basis": one.basis, "way": one.way, "rate": _plain(one.rate), "fixed": _plain(one.fixed),
            "tiers": ";".join(f"{_plain(tier.start)}:{_plain(tier.rate)}" for tier in one.tiers) or None,
            "until": str(one.valid_to) if one.valid_to else None,
        }
        for one in agreements.rules()
        if one.store in {None, store} and (one.valid_from or first) < after and (one.valid_to or after) > first
    }  # fmt: skip
    claims: dict[str, Fields] = {}
    for due in agreements.dues(first, after, store):
        claims[_free(claims, f"{due.rule} {due.receiver}")] = {
            "basis": due.basis, "way": due.way, "base": _plain(due.base), "due": f"{due.due:.2f}",
            "split": f"{due.split:.2f}", "left": f"{due.left:.2f}",
        }  # fmt: skip
    entries: dict[str, Fields] = {}
    for line in ledger.lines(first, store):
        if line.kind in WRITTEN:
            key = f"{line.kind} {line.reference}" if line.reference else f"{line.kind} {line.day} {line.amount:.2f}"
            entries[_free(entries, key)] = {"day": str(line.day), "amount": f"{line.amount:.2f}"}
    rolled = next(iter(ledger.roll_forward(first, store)), None)
    balance: dict[str, Fields] = {}
    if rolled is not None:
        balance["balance"] = {"opening": f"{rolled.opening:.2f}", "closing": f"{rolled.closing:.2f}"}
    collected: dict[str, Fields] = {
        channel: {"net": f"{net:.2f}"} for channel, net in ledger.taken(first, store).items()
    }
    if not days and not entries and not claims:
        raise UserError("ledger.nothing", store=store, month=f"{first:%Y-%m}")
    sections: dict[str, dict[str, Fields]] = {
        "days": {key: dict(value) for key, value in days.items()},
        "rules": {key: dict(value) for key, value in rules.items()},
        "claims": claims, "collected": collected, "entries": entries, "balance": balance,
    }  # fmt: skip
    return Fairness(store, rolled.name if rolled else None, first, sections)


def write(content: Fairness, path: Path) -> None:
    """Write the file; ``path`` is a temporary one of the caller's."""
    body = {
        "store": content.store, "name": content.name, "month": content.month.isoformat(), "sections": content.sections,
    }  # fmt: skip
    whole = {"format": FORMAT, "version": VERSION, "sha256": _digest(body), "content": body}
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def read(path: Path) -> Fairness:
    """Read a file.

    Raises:
        UserError: ``fairness.unreadable``, ``fairness.not_one``, ``fairness.later`` or ``fairness.damaged``.
    """
    try:
        if path.stat().st_size > _MOST:
            raise UserError("fairness.not_one", path=str(path))
        whole = json.loads(path.read_text(encoding="utf-8"))
    except OSError as cause:
        raise UserError("fairness.unreadable", path=str(path)) from cause
    except (ValueError, RecursionError) as cause:
        raise UserError("fairness.damaged", path=str(path)) from cause
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise UserError("fairness.not_one", path=str(path))
    if not isinstance(whole.get("version"), int) or whole["version"] > VERSION:
        raise UserError("fairness.later", path=str(path))
    body: Any = whole.get("content")
    try:
        intact = _well_formed(body) and whole.get("sha256") == _digest(body)
    except UnicodeEncodeError:  # half a character, escaped: no program wrote it
        intact = False
    if not intact:
        raise UserError("fairness.damaged", path=str(path))
    return Fairness(body["store"], body["name"], date.fromisoformat(body["month"]), body["sections"])


def compare(theirs: Fairness, ours: Fairness) -> tuple[Compared, ...]:
    """Every line of both, section by section: equal, differing, or on one side only."""
    return tuple(
        _held(section, key, theirs.sections[section].get(key), ours.sections[section].get(key))
        for section in SECTIONS
        for key in sorted({*theirs.sections[section], *ours.sections[section]})
    )


def _held(section: str, key: str, theirs: Fields | None, ours: Fields | None) -> Compared:
    if theirs is None or ours is None:
        return Compared(section, key, "only_ours" if theirs is None else "only_theirs", theirs, ours)
    differing = tuple(
        (name, theirs.get(name), ours.get(name))
        for name in dict.fromkeys([*theirs, *ours])
        if theirs.get(name) != ours.get(name)
    )
    return Compared(section, key, "differs" if differing else "equal", theirs, ours, differing)


def _digest(body: Any) -> str:
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _well_formed(body: Any) -> bool:
    if not isinstance(body, dict) or not isinstance(body.get("store"), str):
        return False
    if not isinstance(body.get("name"), str | None) or not isinstance(body.get("month"), str):
        return False
    try:
        date.fromisoformat(body["month"])
    except ValueError:
        return False
    sections = body.get("sections")
    return isinstance(sections, dict) and set(sections) == set(SECTIONS) and all(_texts(sections))


def _texts(sections: dict[str, Any]) -> Iterator[bool]:
    for lines in sections.values():
        yield isinstance(lines, dict)
        for fields in lines.values() if isinstance(lines, dict) else ():
            yield isinstance(fields, dict) and all(isinstance(cell, str | None) for cell in fields.values())


def _free(taken: dict[str, Fields], key: str) -> str:
    """The key, or with a number where it is taken: equal lines stay several."""
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key} #{number}"
    return free


def _plain(value: Decimal | None) -> str | None:
    if value is None:
        return None
    return f"{value.normalize():f}"
