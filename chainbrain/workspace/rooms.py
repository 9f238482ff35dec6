"""The rooms of one open book: what only reads, for one thread."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from chainbrain.analytics.room import AnalyticsRoom
from chainbrain.cash.coming import sales_known_to
from chainbrain.cash.room import CashRoom
from chainbrain.closing.room import CloseRoom
from chainbrain.database import history
from chainbrain.database.book import Book
from chainbrain.database.moment import one_moment
from chainbrain.expansion.from_book import BookCash
from chainbrain.expansion.room import ExpansionRoom
from chainbrain.expansion_desk import book_cash
from chainbrain.intake.inbox import Inbox
from chainbrain.intake.mappings import MappingBook
from chainbrain.intake.places import Places
from chainbrain.ledger.payments import PaymentRoom
from chainbrain.ledger.room import LedgerRoom
from chainbrain.lists import ListRoom
from chainbrain.map_desk import OwedSum, WholeMap, owed_by_ledger, whole
from chainbrain.progress import Report
from chainbrain.reconciliation.habits import Habits
from chainbrain.reconciliation.room import ReconciliationRoom
from chainbrain.reports.room import ReportRoom
from chainbrain.reports.vouchers import room_of
from chainbrain.rulebook import RuleBook
from chainbrain.splits.room import SplitRoom


@dataclass(frozen=True)
class BookInfo:
    """What the window says about the open book.

    ``imported_entry`` is the newest history entry that states and matches depend on, ``reconciled_entry`` the one up to
    which they follow; 0 when there is none.
    """

    path: Path
    name: str
    stores: int
    first_day: date | None
    last_day: date | None
    files: int
    created_at: datetime | None
    is_demo: bool
    imported_entry: int
    reconciled_entry: int

    @property
    def reconciled(self) -> bool:
        """Whether states and matches follow from everything that was imported or decided."""
        return self.reconciled_entry >= self.imported_entry > 0


class Rooms:
    """The rooms of one book for one thread: what only reads."""

    def __init__(self, book: Book, path: Path) -> None:
        self.book = book
        self.path = path
        self.lists = ListRoom(book)
        self.analytics = AnalyticsRoom(book)
        self.reconciliation = ReconciliationRoom(book)
        self.cash = CashRoom(book)
        self.expansion = ExpansionRoom(book, self._book_cash)
        self.reports = ReportRoom(book)
        self.rules = RuleBook(book)
        self.mappings = MappingBook(book)
        self.places = Places(book)
        self.habits = Habits(book)
        self.splits = SplitRoom(book)
        self.vouchers = room_of(book)
        self.ledger = LedgerRoom(book, self.splits)
        self.payments = PaymentRoom(book, self.ledger)
        self.closing = CloseRoom(book, self.ledger.roll_forward, self.splits)
        self.inbox = Inbox(book)

    def info(self) -> BookInfo:
        """What the window says about this book."""
        found = self.book.told("info", lambda: self.book.one("history/info"))
        assert found is not None
        stores, first, last, files, created, demo, imported, reconciled = found
        return BookInfo(
            self.path, self.path.stem, stores, first, last, files,
            datetime.fromisoformat(created) if created else None, bool(demo), imported or 0, reconciled or 0,
        )  # fmt: skip

    def at_one_moment(self) -> AbstractContextManager[None]:
        """Read as the book stands now until the end of the block; what all questions share is read only once."""
        return one_moment(self.book)

    def money_map(self, *, owed: bool = True) -> WholeMap:
        """Where every yuan lies on any day, and what of it is owed to others.

        Without ``owed`` it is there sooner: what stores owe by their ledgers takes nearly as long as the map.
        """
        ledger = self.ledger.roll_forward if owed else None
        with self.at_one_moment():
            return self.book.told(("money_map", owed), lambda: whole(self.book, self.cash, ledger))

    def _book_cash(self, report: Report) -> BookCash:
        """What the cash forecast tells of the months in which new stores would open."""
        calendar = self.rules.calendar()
        outlook = self.cash.outlook(calendar, report=report)
        return book_cash(outlook, self.expansion.template().charges, calendar)

    def owed_by_ledger(self, last: date) -> OwedSum | None:
        """What head office and its stores owe one another by their ledgers, and at the end of which day.

        ``last`` is how far the bank is known: the ledger holds the sales after it too, and is of the last of them.
        """
        return owed_by_ledger(self.ledger.roll_forward, max(last, sales_known_to(self.book) or last))

    def history(self, limit: int | None = None, *, kind: str | None = None) -> list[history.Entry]:
        """What was written, the newest first; all of it without a limit."""
        return history.entries(self.book, limit, kind=kind)

    def history_count(self, kind: str | None = None) -> int:
        """How many entries were written, of one kind or of all."""
        return history.count(self.book, kind)

    def newest_entries(self) -> dict[str, int]:
        """The newest entry of each kind that was not taken back."""
        return history.newest(self.book)

    def interrupt(self) -> None:
        """Stop the statement that runs here; called from another thread."""
        self.book.interrupt()
