"""Sign-off and lock: a month with everything it stands on is kept, or opened again with a reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from chainbrain.closing import integrity
from chainbrain.closing.figures import Figure, Rolled
from chainbrain.closing.months import months, state_of
from chainbrain.closing.steps import Board, Missing
from chainbrain.closing.transit import TransitRoll
from chainbrain.database import history
from chainbrain.database.book import Book
from chainbrain.errors import UserError


class CloseRefused(UserError):
    """A month that cannot be signed; ``missing`` says why, each in words of its own."""

    missing: tuple[Missing, ...] = ()

    @classmethod
    def because(cls, code: str, month: date, missing: Sequence[Missing]) -> CloseRefused:
        """What stands in the way."""
        refused = cls(code, month=f"{month:%Y-%m}", count=len(missing))
        refused.missing = tuple(missing)
        return refused


@dataclass(frozen=True)
class Version:
    """One signed version of a month, and why it was opened again, if it was."""

    month: date
    version: int
    signed_by: str
    signed_at: datetime
    reason: str | None
    accepted: tuple[str, ...]
    reopened_by: str | None
    reopened_at: datetime | None
    reopened_for: str | None
    content_hash: str
    entry_id: int


def versions(book: Book, month: date) -> tuple[Version, ...]:
    """Every version of a month, the first one first."""
    rows = book.rows_of(
        "select month, version, signed_by, signed_at, reason, accepted, reopened_by, reopened_at, reopened_for, "
        "content_hash, entry_id from main.month_closes where month = $month order by version",
        month=month.replace(day=1),
    )
    return tuple(
        Version(of, number, who, at, reason, tuple(accepted), *rest)
        for of, number, who, at, reason, accepted, *rest in rows
    )


def version(book: Book, month: date, number: int) -> Version:
    """One version.

    Raises:
        UserError: ``close.no_version``.
    """
    found = next((one for one in versions(book, month) if one.version == number), None)
    if found is None:
        raise UserError("close.no_version", month=f"{month:%Y-%m}", version=number)
    return found


def may_sign(shown: Board, who: str, reason: str, accept: Collection[str]) -> None:
    """See that a month can be signed.

    Raises:
        UserError: ``close.already``, ``close.no_name``.
        CloseRefused: ``close.refused`` for what nobody can accept, ``close.needs_reason`` for what must be accepted.
    """
    month = shown.month.month
    if shown.month.closed:
        raise UserError("close.already", month=f"{month:%Y-%m}", who=shown.month.signed_by)
    if not who.strip():
        raise UserError("close.no_name", month=f"{month:%Y-%m}")
    hard = [one for one in shown.blockers if one.accepted_as is None]
    if hard:
        raise CloseRefused.because("close.refused", month, hard)
    lacking = [one for one in shown.blockers if one.accepted_as not in accept or not reason.strip()]
    if lacking:
        raise CloseRefused.because("close.needs_reason", month, lacking)


def keep(
    book: Book,
    shown: Board,
    rolled: Rolled,
    found: Sequence[Figure],
    *,
    who: str,
    reason: str,
) -> int:
    """Write down a month that may be signed; inside the caller's transaction. Returns the history entry."""
    state = shown.month
    entry = history.reserve(book)
    at = datetime.now().replace(microsecond=0)
    book.append("base.month_figures", _figures(entry, found))
    book.append("base.month_open_items", _open_items(entry, rolled.transit))
    book.append("base.month_bank_items", _bank_items(entry, rolled))
    book.run("closing/lock", entry=entry, month=state.month, first=state.month, after=state.after)
    integrity.keep_facts(book, entry, state.month)
    book.execute(
        "insert into base.month_closes values ($entry, $month, $version, $who, $at, $reason, $accepted, '')",
        entry=entry, month=state.month, version=state.version + 1, who=who.strip(), at=at,
        reason=reason.strip() or None, accepted=list(shown.acceptable),
    )  # fmt: skip
    content = integrity.content_hash(book, entry)
    book.execute("update base.month_closes set content_hash = $c where entry_id = $entry", c=content, entry=entry)
    facts = {
        "month": f"{state.month:%Y-%m}", "version": state.version + 1, "signed_by": who.strip(),
        "reason": reason.strip(), "accepted": list(shown.acceptable), "content_hash": content,
    }  # fmt: skip
    return history.add(book, "close", facts, undoable=False, entry_id=entry)


def reopen(book: Book, month: date, who: str, reason: str) -> int:
    """Open a closed month again, for a written reason; what was locked stays as a version. Returns the history entry.

    Raises:
        UserError: ``close.not_closed``, ``close.no_name``, ``close.reopen_reason``, or ``close.later_closed`` when a
            later month is closed, whose opening figures stand on this one.
    """
    state = state_of(book, month)
    name = f"{state.month:%Y-%m}"
    if not state.closed:
        raise UserError("close.not_closed", month=name)
    if not who.strip():
        raise UserError("close.no_name", month=name)
    if not reason.strip():
        raise UserError("close.reopen_reason", month=name)
    later = [one for one in months(book) if one.closed and one.month > state.month]
    if later:
        raise UserError("close.later_closed", month=name, later=f"{later[-1].month:%Y-%m}")
    facts = {"month": name, "version": state.version, "who": who.strip(), "reason": reason.strip()}
    entry = history.add(book, "reopen", facts, undoable=False)
    book.execute(
        "insert into base.month_reopenings values ($entry, $close, $month, $who, $at, $reason)",
        entry=entry, close=state.entry_id, month=state.month, who=who.strip(),
        at=datetime.now().replace(microsecond=0), reason=reason.strip(),
    )  # fmt: skip
    return entry


def _figures(entry: int, found: Sequence[Figure]) -> pl.DataFrame:
    amounts = pl.Series("amount", [one.amount for one in found], pl.Decimal(38, 5))
    columns = {
        name: [getattr(one, name) for one in found] for name in ("section", "subject", "detail", "part", "items")
    }
    types = dict.fromkeys(("section", "subject", "detail", "part"), pl.String) | {"items": pl.Int64}
    return pl.DataFrame(columns, schema=types).with_columns(amounts, entry_id=pl.lit(entry, pl.Int64))


def _open_items(entry: int, roll: TransitRoll) -> pl.DataFrame:
    items = [item for channel in roll.channels for item in channel.items]
    names = ("channel", "merchant", "standing", "record_type", "record_id")
    columns = {name: [getattr(item, name) for item in items] for name in names}
    amounts = pl.Series("amount", [item.amount for item in items], pl.Decimal(38, 5))
    frame = pl.DataFrame(columns, schema=dict.fromkeys(names, pl.String))
    return frame.with_columns(amounts, entry_id=pl.lit(entry, pl.Int64))


def _bank_items(entry: int, rolled: Rolled) -> pl.DataFrame:
    items = [
        (item, sign)
        for told, _ in rolled.banks
        for kind, sign in ((told.not_at_bank, 1), (told.not_in_book, -1))
        for item in kind
    ]
    names = ("account", "flow", "record_type", "record_id", "channel", "payer")
    columns = {name: [getattr(item, name) for item, _ in items] for name in names}
    return pl.DataFrame(columns, schema=dict.fromkeys(names, pl.String)).with_columns(
        pl.Series("day", [item.day for item, _ in items], pl.Date),
        pl.Series("amount", [sign * item.amount for item, sign in items], pl.Decimal(38, 2)),
        entry_id=pl.lit(entry, pl.Int64),
    )
