"""What was written, by whom, and how to take it back: the history and the chained audit log."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from chainbrain.database.book import Book
from chainbrain.database.lock import who

FIRST_HASH: Final = "0" * 64


@dataclass(frozen=True)
class Entry:
    """One line of the history; ``facts`` hold what its words need (numbers of files and rows, a code ...)."""

    entry_id: int
    at: datetime
    who: str
    kind: str
    facts: dict[str, Any]
    undoable: bool
    undoes: int | None
    undone_by: int | None


def reserve(book: Book) -> int:
    """The number of an entry that is added later in the same transaction, for what it says of itself."""
    return int(book.one_of("select nextval('base.history_seq')")[0])


def add(
    book: Book,
    kind: str,
    facts: dict[str, Any],
    *,
    undoable: bool,
    undoes: int | None = None,
    before: Any = None,
    entry_id: int | None = None,
) -> int:
    """Write one history entry with its audit row; returns the entry's number. Inside the caller's transaction."""
    entry_id = reserve(book) if entry_id is None else entry_id
    at = datetime.now().replace(microsecond=0)
    book.execute(
        "insert into base.history values ($entry_id, $at, $who, $kind, $facts, $undoable, $undoes, null)",
        entry_id=entry_id, at=at, who=who(), kind=kind, facts=_json(facts), undoable=undoable, undoes=undoes,
    )  # fmt: skip
    if undoes is not None:
        book.execute("update base.history set undone_by = $by where entry_id = $entry", by=entry_id, entry=undoes)
    _audit(book, at, kind, before, {"entry": entry_id, **facts})
    return entry_id


def stand_again(book: Book, entry_id: int) -> None:
    """Mark an entry as no longer undone. Inside the caller's transaction, which also adds the entry that says so."""
    book.execute("update base.history set undone_by = null where entry_id = $entry", entry=entry_id)


def entries(book: Book, limit: int | None = None, *, kind: str | None = None) -> list[Entry]:
    """The newest entries first, all of them without a limit; of one kind the newest of that kind, however old."""
    found = book.rows_of(
        'select entry_id, "at", who, kind, facts, undoable, undoes, undone_by from base.history '
        "where $kind is null or kind = $kind order by entry_id desc limit $limit",
        kind=kind, limit=limit,
    )  # fmt: skip
    return [
        Entry(int(n), at, name, kind, json.loads(facts), bool(undoable), undoes, undone_by)
        for n, at, name, kind, facts, undoable, undoes, undone_by in found
    ]


def count(book: Book, kind: str | None = None) -> int:
    """How many entries there are, of one kind or of all."""
    return int(book.one_of("select count(*) from base.history where $kind is null or kind = $kind", kind=kind)[0])


def newest(book: Book) -> dict[str, int]:
    """The newest entry of each kind that was not taken back."""
    found = book.rows_of("select kind, max(entry_id) from base.history where undone_by is null group by kind")
    return {kind: int(entry_id) for kind, entry_id in found}


def mark_reconciled(book: Book, entry_id: int) -> None:
    """Say that states and matches follow from everything written up to this entry."""
    book.execute("insert or replace into base.meta values ('reconciled_entry', $e)", e=str(entry_id))


def reconciled(book: Book) -> bool:
    """Whether states and matches follow from everything written that they depend on."""
    depends, followed = book.one_of(
        "select max(entry_id), (select cast(value as bigint) from base.meta where key = 'reconciled_entry') "
        "from base.history where kind in ('import', 'decide', 'holiday', 'holidays', 'place', 'undo', 'redo')"
    )
    return (followed or 0) >= (depends or 0) > 0


def audit_head(book: Book) -> tuple[int, str]:
    """Number and hash of the last audit row; (0, zeros) for an empty log."""
    found = book.rows_of("select seq, hash from base.audit_log order by seq desc limit 1")
    return (int(found[0][0]), str(found[0][1])) if found else (0, FIRST_HASH)


def verify_chain(book: Book) -> int | None:
    """The number of the first audit row whose hash does not follow from the row before; ``None`` when all do."""
    previous = FIRST_HASH
    for seq, at, name, what, before, after, told, own in book.rows_of(
        'select seq, "at", who, what, before, after, previous_hash, hash from base.audit_log order by seq'
    ):
        if told != previous or own != _hash(previous, seq, at, name, what, before, after):
            return int(seq)
        previous = own
    return None


def _audit(book: Book, at: datetime, what: str, before: Any, after: Any) -> None:
    last, previous = audit_head(book)
    texts = [None if value is None else _json(value) for value in (before, after)]
    book.execute(
        "insert into base.audit_log values ($seq, $at, $who, $what, $before, $after, $previous, $hash)",
        seq=last + 1, at=at, who=who(), what=what, before=texts[0], after=texts[1], previous=previous,
        hash=_hash(previous, last + 1, at, who(), what, *texts),
    )  # fmt: skip


def _hash(*content: object) -> str:
    # previous hash, seq, at, who, what, before, after
    text = "\x1f".join("" if part is None else str(part) for part in content)
    return hashlib.sha256(text.encode()).hexdigest()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
