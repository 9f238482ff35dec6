"""Opens one book and hands out its rooms; the only door for the window and the command line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import TracebackType

from chainbrain import facts
from chainbrain.cash_desk import CashDesk
from chainbrain.database import health
from chainbrain.database.bookfile import SUFFIX, BookFile
from chainbrain.database.safe import Safe
from chainbrain.desk import Desk
from chainbrain.errors import UserError
from chainbrain.event_desk import EventDesk
from chainbrain.intake.looking import LookRoom
from chainbrain.ledger_desk import LedgerDesk
from chainbrain.map_desk import MapDesk
from chainbrain.progress import Report, silent
from chainbrain.refill import refill
from chainbrain.replay import Replayed, replay
from chainbrain.scenario_desk import ScenarioDesk
from chainbrain.unusual_desk import UnusualDesk
from chainbrain.workspace.keeping import KeptWords
from chainbrain.workspace.matching import MatchingWrites
from chainbrain.workspace.months import MonthWrites
from chainbrain.workspace.rooms import Rooms
from chainbrain.workspace.undoing import Undoing


class Workspace(MatchingWrites, KeptWords, MonthWrites, Undoing):
    """One open book, for the thread that writes. ``reading()`` gives the rooms for a second thread."""

    def __init__(self, file: BookFile) -> None:
        super().__init__(file)
        self.looking = LookRoom()
        self.desk = Desk(file)
        self.ledger_desk = LedgerDesk(file)
        self.cash_desk = CashDesk(file)
        self.unusual_desk = UnusualDesk(file)
        self.event_desk = EventDesk(file)
        self.map_desk = MapDesk(file)
        self.scenario_desk = ScenarioDesk(file)

    @classmethod
    def open(cls, path: Path, report: Report = silent) -> Workspace:
        """Open a book.

        Args:
            path: its file.
            report: told how far an older book is brought to what this program knows; stopped there, it stays as it was.

        Raises:
            UserError: no such book, in use elsewhere, damaged, or written by a later program.
        """
        return cls(BookFile(path, create=False, refill=refill, report=report))

    @classmethod
    def create(cls, path: Path, *, demo: bool = False) -> Workspace:
        """Make a new, empty book; ``demo`` marks it as made-up data for good.

        Raises:
            UserError: ``book.exists``, ``book.no_folder`` or ``book.suffix``.
        """
        if path.suffix != SUFFIX:
            raise UserError("book.suffix", path=str(path), suffix=SUFFIX)
        workspace = cls(BookFile(path, create=True))
        if demo:
            workspace.book.execute("insert into base.meta values ('demo', 'yes')")
        return workspace

    @classmethod
    def open_or_create(cls, path: Path, report: Report = silent) -> Workspace:
        """Open the book, or make it when there is none yet."""
        return cls.open(path, report) if path.exists() else cls.create(path)

    def reading(self) -> Rooms:
        """Rooms for another thread, on what is committed."""
        return Rooms(self.book.reader(), self.path)

    def replay(
        self,
        month: date,
        version: int | None = None,
        report: Report = silent,
        *,
        passwords: Sequence[str] = (),
    ) -> Replayed:
        """Reckon a closed month again from its kept files, decisions and rules; nothing is written.

        Args:
            month: any day in it.
            version: which version, by default the latest.
            report: told how far it is; may raise ``Cancelled``.
            passwords: for kept files that are closed.

        Raises:
            UserError: ``close.no_version``, or what reading the files again refuses.
            BookDamaged: a kept file is missing, or is not what was imported.
        """
        state = self.closing.month(month)
        wanted = next((one for one in self.closing.versions(month) if one.version == (version or state.version)), None)
        if wanted is None:
            raise UserError("close.no_version", month=f"{state.month:%Y-%m}", version=version or 1)
        return replay(self, wanted, report, passwords)

    def safe(self) -> Safe:
        """What stands beside the book: originals, spill, shadows."""
        return self._file.safe

    def spill(self) -> Path:
        """A folder for what is thrown away again, on the disk of the book."""
        self._file.safe.spill.mkdir(parents=True, exist_ok=True)
        return self._file.safe.spill

    def check(self, report: Report = silent) -> health.Health:
        """Read every table; verify sums, states, daily facts, the audit chain, the originals and closed months."""
        found = health.check(self._file, report)
        return health.Health((*found.findings, self._daily_facts(), *self._closed_months()))

    def _daily_facts(self) -> health.Finding:
        """What the screens read instead of single receipts equals what the receipts say."""
        wrong = facts.differing(self.book)
        return health.Finding("health.facts", not wrong, {"count": len(wrong), "tables": ", ".join(wrong)})

    def _closed_months(self) -> list[health.Finding]:
        closed = [one for one in self.closing.months() if one.version]
        broken = self.closing.verify() if closed else ()
        if not broken:
            return [health.Finding("health.months", True, {"count": len(closed)})]
        return [
            health.Finding(
                f"health.month_{one.kind}", False, {"month": f"{one.month:%Y-%m}", "what": ", ".join(one.names)}
            )
            for one in broken
        ]

    def close(self) -> None:
        """Fold the log in and let go; the file alone then holds every fact and decision."""
        self.looking.close()
        self.imports.close()
        self._file.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
