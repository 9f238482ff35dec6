"""A closed month reckoned once more from what was kept: its files, what was decided, the rules that held."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chainbrain.closing.figures import Change, changes
from chainbrain.closing.lock import Version
from chainbrain.database import history
from chainbrain.database.bookfile import SUFFIX
from chainbrain.errors import BookDamaged, UserError
from chainbrain.intake import redo
from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.database.book import Book
    from chainbrain.workspace import Workspace

# What people said, row by row; those whose entry came after the close, or was taken back by then, do not count.
_WORDS: Final = (
    "decisions", "decided_members", "placements", "habit_words", "split_rule_words", "ledger_words", "collecting_words",
    "rules",
)  # fmt: skip
# What the months that were closed before keep.
_CLOSED: Final = (
    "month_closes", "month_figures", "month_files", "month_differences", "month_decisions", "month_matches",
    "month_members", "month_payouts", "month_paid", "month_received", "month_open_items", "month_bank_items",
)  # fmt: skip


@dataclass(frozen=True)
class Replayed:
    """What came out.

    Attributes:
        version: which version of the month.
        files: how many kept files were read again, each with the very bytes that were imported.
        figures: how many figures were compared.
        changes: those that differ; empty when the month replays identically.
    """

    month: date
    version: int
    files: int
    figures: int
    changes: tuple[Change, ...]

    @property
    def identical(self) -> bool:
        """Whether every figure came out as it was locked."""
        return not self.changes


def replay(workspace: Workspace, version: Version, report: Report = silent, passwords: Sequence[str] = ()) -> Replayed:
    """Reckon a version of a month again in a book of its own, which is thrown away afterwards.

    Args:
        workspace: the book that holds the month.
        version: which version.
        report: told how far it is; may raise ``Cancelled``.
        passwords: for kept files that are closed.

    Raises:
        UserError: ``close.replay_gone`` when an import is no longer known, or what reading its files again refuses.
        BookDamaged: ``safe.original_missing``, or ``close.replay_bytes`` when a kept file is not what was imported.
    """
    book = workspace.book
    imports = _imports(book, version.entry_id)
    wanted = _originals(workspace, version.entry_id, report)
    with (
        tempfile.TemporaryDirectory(prefix="replay-", dir=workspace.spill()) as folder,
        type(workspace).create(Path(folder) / f"replay{SUFFIX}") as other,
    ):
        _begin(book, other.book, version.entry_id)
        for number, found in enumerate(imports):
            report(number, len(imports) + 1, "progress.replay_files")
            planned = other.imports.plan_again(found, workspace.safe(), report, passwords)
            with other.book.transaction():
                other.imports.put_back(planned, report)
        with other.book.transaction():
            _words(book, other.book, version.entry_id)
            other.imports.attribute_again()
            other.reconciliation.run(report)
            other.analytics.refresh()
            history.mark_reconciled(other.book, version.entry_id)
        report(len(imports), len(imports) + 1, "progress.close_figures")
        again = other.closing.reckoned(version.month)
    kept = workspace.closing.figures(version.month, version.version)
    return Replayed(version.month, version.version, wanted, len(kept), changes(kept, again))


def _imports(book: Book, entry_id: int) -> list[redo.Redo]:
    """The imports that the close stood on, in their order; one that was taken back since is remembered."""
    found = []
    for (entry,) in book.rows_of(
        "select distinct import_entry from base.month_files where entry_id = $entry order by 1", entry=entry_id
    ):
        try:
            found.append(redo.standing(book, entry))
        except UserError:
            found.append(redo.of(book, entry))
    return found


def _originals(workspace: Workspace, entry_id: int, report: Report) -> int:
    """See that every kept file is byte for byte what was imported; returns how many there are."""
    rows = workspace.book.rows_of(
        "select distinct container_sha256 from base.month_files where entry_id = $entry order by 1", entry=entry_id
    )
    for number, (sha256,) in enumerate(rows):
        report(number, len(rows), "progress.reading_originals")
        if hashlib.sha256(workspace.safe().read_original(sha256)).hexdigest() != sha256:
            raise BookDamaged("close.replay_bytes", sha256=sha256[:12])
    return len(rows)


def _begin(book: Book, other: Book, entry_id: int) -> None:
    """The same salt and history, so that the same rows get the same ids and stand under the same entries."""
    with other.transaction():
        salt = book.one_of("select value from base.meta where key = 'salt'")[0]
        other.execute("insert or replace into base.meta values ('salt', $salt)", salt=salt)
        other.append(
            "base.history",
            book.frame("closing/history_then", entry=entry_id),
        )
        for table in _CLOSED:
            other.append(f"base.{table}", book.frame_of(f"select * from base.{table} where entry_id < $e", e=entry_id))
        other.append(
            "base.month_reopenings",
            book.frame_of("select * from base.month_reopenings where entry_id < $e", e=entry_id),
        )


def _words(book: Book, other: Book, entry_id: int) -> None:
    """What people said until then, the holidays as they stood, the matches that words and closed months speak of."""
    for table in _WORDS:
        other.append(
            f"base.{table}",
            book.frame_of(f"select * from base.{table} where entry_id is not null and entry_id < $e", e=entry_id),
        )
    _holidays(book, other, entry_id)
    for name in ("matches", "match_members"):
        other.append(f"base.{name}", book.frame(f"closing/{name}_spoken", entry=entry_id))


def _holidays(book: Book, other: Book, entry_id: int) -> None:
    """The working days around the month as they were locked; a book that is made anew has those of the program."""
    kept = [
        json.loads(content)
        for (content,) in book.rows_of(
            "select content from base.month_rules where entry_id = $entry and kind = 'holiday'", entry=entry_id
        )
    ]
    first, last = book.one_of(
        "select month - interval 31 day, month + interval 62 day from base.month_closes where entry_id = $entry",
        entry=entry_id,
    )
    other.execute("delete from base.holidays where day >= $first and day < $last", first=first, last=last)
    for one in kept:
        other.execute("delete from base.holidays where day = cast($day as date)", day=one["day"])
        other.execute(
            "insert into base.holidays values (cast($day as date), $kind, $name, $projected)",
            day=one["day"], kind=one["kind"], name=one["name"], projected=one["projected"],
        )  # fmt: skip
