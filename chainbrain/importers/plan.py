"""What an import would do, shown before it is written: files, rows, control totals, problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

LOCKED: Final = frozenset({"import.encrypted", "import.wrong_password"})
"""Why a file stays closed: no password was given, or none fits."""


@dataclass(frozen=True)
class Said:
    """What a broken row says of itself, so that a person finds it on the platform: a cell as it is printed.

    ``what`` is ``number``, ``moment`` or ``amount``; ``column`` is the file's.
    """

    what: str
    column: str
    printed: str


@dataclass(frozen=True)
class Differing:
    """A field in which a row contradicts the record that is known by the same number.

    ``known`` is what the book has, or an earlier file of the run; amounts, moments and codes as text.
    """

    field: str
    file: str | None
    known: str | None


@dataclass(frozen=True)
class RowProblem:
    """One row that is not written, or only on a decision.

    ``line`` counts from 1 as a person sees it in the file or sheet; ``code`` is worded under ``row.<code>``.
    ``state`` is ``broken`` (cannot be read) or ``suspect`` (could be a repetition, or contradicts what is known).
    ``said`` is filled for broken rows of a file that was read, ``differing`` for suspect ones.
    """

    line: int
    column: str
    value: str
    code: str
    state: str = "broken"
    sheet: str | None = None
    said: tuple[Said, ...] = ()
    differing: tuple[Differing, ...] = ()


@dataclass(frozen=True)
class ControlTotal:
    """One figure that the file states about itself, beside the sum of its rows.

    ``name`` is the file's own word (总交易单数, 账户余额 ...); amounts and counts both as decimals.
    """

    name: str
    stated: Decimal
    summed: Decimal

    @property
    def agrees(self) -> bool:
        """Whether the two are equal to the cent."""
        return self.stated == self.summed


@dataclass(frozen=True)
class RowCounts:
    """How the rows of one file divide; their sum is the file's row count."""

    new: int = 0
    seen: int = 0
    suspect: int = 0
    broken: int = 0

    @property
    def total(self) -> int:
        """All data rows of the file."""
        return self.new + self.seen + self.suspect + self.broken


@dataclass(frozen=True)
class Coverage:
    """Days for which a file vouches that a source is complete; both days included.

    ``kind``: till (``account_no`` is the store's code), wallet, ledger, platform, bank (the account's number; a fund
    bill that does not name its account leaves it out).
    """

    kind: str
    channel: str | None
    account_no: str | None
    first_day: date
    last_day: date


@dataclass(frozen=True)
class HeaderFit:
    """Why a table was recognised: which columns of its format the header has, which it lacks, which it has beyond.

    ``by_shape``: there is no header; every cell of the first lines looks as the format's cells do.
    """

    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    by_shape: bool = False


@dataclass(frozen=True)
class MemberReading:
    """What the reading process found in one data member (a file, or one file inside a zip).

    ``outcome``: ``read``, ``known`` (not read: the book holds it, and this is what it stored of it), ``unknown`` (no
    format fits), ``ambiguous`` (several fit), ``refused`` (``code`` says why).
    ``staged`` maps a kind of record (staging.KINDS) to its Parquet file; ``coverage`` lists (kind, channel, account or
    store, first day, last day) that this file vouches for as complete. ``read_as`` is the one of ``candidates`` that a
    person chose. ``mapping`` is the column map that it was read by, as JSON.
    """

    path: Path
    name: str
    member: str | None
    sha256: str
    container_sha256: str
    outcome: str
    format: str | None = None
    layout: str | None = None
    encoding: str | None = None
    confirmed: bool = True
    account_no: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    row_count: int = 0
    staged: dict[str, Path] = field(default_factory=dict)
    coverage: tuple[Coverage, ...] = ()
    controls: tuple[ControlTotal, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    candidates: tuple[str, ...] = ()
    read_as: str | None = None
    headers: tuple[str, ...] = ()
    fit: HeaderFit = HeaderFit()
    code: str | None = None
    facts: dict[str, str] = field(default_factory=dict)
    mapping: str | None = None

    @property
    def control_total(self) -> str:
        """``agrees``, ``differs`` or ``none``, as the book's source_files say it."""
        if not self.controls:
            return "none"
        return "agrees" if all(total.agrees for total in self.controls) else "differs"


@dataclass(frozen=True)
class FileNote:
    """Something to know of a file before it is written, which stops nothing; worded under ``code``."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class FilePlan:
    """What one data member would add.

    ``outcome`` is what would happen on apply: ``imported``, ``already_imported``, ``refused``, ``needs_mapping``,
    ``ambiguous`` or ``left_out`` (by a person); ``code`` and ``facts`` word the reason of all but the first.
    """

    file_id: str
    reading: MemberReading
    counts: RowCounts
    outcome: str
    problems: tuple[RowProblem, ...] = ()
    code: str | None = None
    facts: dict[str, str] = field(default_factory=dict)
    notes: tuple[FileNote, ...] = ()

    @property
    def name(self) -> str:
        """The name as the report shows it: ``bill.zip!member.csv`` for a member of a zip."""
        return self.reading.name

    @property
    def locked(self) -> bool:
        """Whether a password would open it, see ``ImportRoom.unlock``."""
        return self.code in LOCKED


@dataclass(frozen=True)
class ImportPlan:
    """All files of one import run; applied unchanged, in one transaction, or not at all."""

    run: int
    files: tuple[FilePlan, ...]
    seconds: float

    @property
    def writable(self) -> tuple[FilePlan, ...]:
        """The files that apply would write."""
        return tuple(plan for plan in self.files if plan.outcome == "imported")

    @property
    def new_rows(self) -> int:
        """How many rows apply would write."""
        return sum(plan.counts.new for plan in self.writable)
