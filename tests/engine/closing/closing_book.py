"""A book in a file of its own, filled row by row, month after month; each batch is an import of the history."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from chainbrain.database import history
from chainbrain.database.safe import safe_of
from chainbrain.workspace import Workspace
from tests.engine.reconciliation.reconcile_book import World, at, ident, yuan

M = "1900000001"
AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)


class Chain(World):
    """One store with a wallet, its ledger and a bank account, in August and September."""

    def __init__(self, path: Path) -> None:
        self._hold(Workspace.create(path), 0)
        self.batch("files")
        self.store("S1").account("wechat", M, "S1").ledger("wechat", M).bank()

    def _hold(self, workspace: Workspace, line: int) -> None:
        self.workspace, self.book = workspace, workspace.book
        self.covered = (AUGUST, date(2026, 9, 30))
        self._line = line

    def copied(self, path: Path) -> Chain:
        """A chain of its own in a copy of this one's file, which is closed."""
        shutil.copyfile(self.workspace.path, path)
        safe = safe_of(path)
        shutil.copytree(safe_of(self.workspace.path), safe, ignore=shutil.ignore_patterns("lock*"))
        copy = Chain.__new__(Chain)
        copy._hold(Workspace.open(path), self._line)
        return copy

    def batch(self, name: str) -> int:
        """What is added under this file name from now on is brought by an import of its own."""
        with self.book.transaction():
            entry = history.add(self.book, "import", {"files": 1, "rows": 0, "names": [name]}, undoable=True)
            self.file(name)
            self.book.execute(
                "update base.source_files set entry_id = $entry where file_id = $file",
                entry=entry,
                file=self.file(name),
            )
        return entry

    def sale(self, number: str, amount: str, day: date, *, file: str = "files", booked: bool = True) -> Chain:
        """A sale that its bill and, unless not yet booked, its ledger show."""
        when = at("12:00:00", day)
        fee = (yuan(amount) * Decimal("0.0038")).quantize(Decimal("0.01"))
        self.payment(number, amount, fee=str(fee), when=when, file=file)
        if booked:
            self.wallet_line(f"L{number}", amount, "payment", business_id=number, when=when, file=file)
            self.wallet_line(f"F{number}", str(-fee), "fee", business_id=number, when=when, file=file)
        return self

    def drawn(self, number: str, amount: str, day: date, *, arrives: date | None, file: str = "files") -> Chain:
        """A withdrawal, and its deposit when it has arrived."""
        self.wallet_line(number, f"-{amount}", "withdrawal", when=at("02:00:00", day), file=file)
        if arrives is not None:
            self.bank_line(f"B{number}", amount, day=arrives, memo=f"{M} 微信支付提现")
        return self

    def opened(self, balance: str, day: date = AUGUST) -> Chain:
        """What lay in the wallet when the book began."""
        self.insert(
            "openings", opening_id=ident("opening"), kind="wallet", account_no=M, day=day, balance=yuan(balance),
            file_id=self.file("files"), line=self.line(),
        )  # fmt: skip
        return self

    def cash(self, over: str, day: date, cashier: str = "李敏", *, file: str = "files") -> Chain:
        """A counted shift that is over or short by so much."""
        self.insert(
            "cash_counts", cash_count_id=ident("count", day, cashier), store_code="S1", business_day=day, shift="早",
            cashier=cashier, opening_float=yuan("500"), sales=yuan("300"), counted=yuan("800") + yuan(over),
            file_id=self.file(file), line=self.line(),
        )  # fmt: skip
        return self

    def reconciled(self) -> Chain:
        """Everything matched, as the program does after an import."""
        self.workspace.reconcile()
        return self

    def closed(self, month: date, who: str = "林会计") -> Chain:
        """Signed, whatever is missing."""
        shown = self.workspace.closing.board(month)
        self.workspace.close_month(month, who, "照签", shown.acceptable)
        return self

    def sound(self) -> bool:
        """Whether nothing of a closed month is found wrong; rows made here have no files in the safe."""
        return all(one.good for one in self.workspace.check().findings if one.code.startswith("health.month"))


def an_august(path: Path) -> Chain:
    """A month with an opening, three sales, one withdrawal that arrived and one that is on its way over the end."""
    return _the_august().copied(path)


@cache
def _the_august() -> Chain:
    """Reckoned once, for all copies."""
    folder = Path(tempfile.mkdtemp(prefix="august-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    chain = Chain(folder / "链.chainbrain").opened("250.40")
    for number, day in enumerate((3, 14, 31)):
        chain.sale(f"P{number}", f"{1000 + 100 * number}.00", AUGUST + timedelta(days=day - 1))
    chain.drawn("W1", "1500.00", date(2026, 8, 17), arrives=date(2026, 8, 17))
    chain.drawn("W2", "600.00", date(2026, 8, 31), arrives=date(2026, 9, 1))
    chain.cash("-8.50", date(2026, 8, 4))
    chain.reconciled().workspace.close()
    return chain
