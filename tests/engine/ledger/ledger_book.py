"""Builders for books of a chain with a franchise store: whose numbers collect, and what the two owe each other."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from chainbrain.ledger.room import LedgerRoom
from chainbrain.splits.room import SplitRoom
from tests.engine.reconciliation.reconcile_book import DAY, ident, yuan
from tests.engine.reconciliation.split_book import MERCHANT, SplitWorld

COMPANY, PARTNER = "杭州禾满餐饮管理有限公司", "宁波合兴餐饮管理有限公司"
TIERS = (
    '[{"from": "0.00", "rate": "0.05"}, {"from": "200000.00", "rate": "0.04"}, {"from": "400000.00", "rate": "0.03"}]'
)
THEIRS, OURS = "1900000077", MERCHANT


class LedgerWorld(SplitWorld):
    """S1 is the chain's own, F1 a franchisee's; the number of S1 is in the company's name."""

    def __init__(self) -> None:
        super().__init__()
        self.entity(MERCHANT, COMPANY)
        self.store("F1")
        self.book.execute("update base.stores set ownership = 'franchise' where code = 'F1'")

    @property
    def room(self) -> LedgerRoom:
        """The ledger of the book."""
        return LedgerRoom(self.book, SplitRoom(self.book))

    def entity(self, merchant: str, name: str | None) -> LedgerWorld:
        """In whose name a merchant number is."""
        self.book.execute("update base.accounts set legal_entity = $name where merchant_no = $m", name=name, m=merchant)
        return self

    def unified(self) -> LedgerWorld:
        """F1 is paid through a terminal of head office's number."""
        self.account("wechat", OURS, "F1", terminal="T-F1", cover=False)
        return self.entity(OURS, COMPANY)

    def independent(self) -> LedgerWorld:
        """F1 is paid under a number of its own."""
        self.account("wechat", THEIRS, "F1")
        self.cover("split", "wechat", THEIRS)
        return self.entity(THEIRS, PARTNER)

    def written(
        self, kind: str, amount: str, *, day: date = DAY, store: str = "F1", reference: str | None = None
    ) -> LedgerWorld:
        """A line of 往来明细."""
        line = self.line()
        self.insert(
            "ledger_lines", ledger_line_id=ident("ledger", line), store_code=store, day=day, kind=kind,
            amount=yuan(amount), reference=reference, file_id=self.file("ledger"), line=line,
        )  # fmt: skip
        return self

    def opening(self, amount: str, *, day: date = DAY, store: str = "F1") -> LedgerWorld:
        """What head office owed the store when the book began."""
        line = self.line()
        self.insert(
            "openings", opening_id=ident("opening", line), kind="franchise_payable", store_code=store, day=day,
            balance=Decimal(amount), file_id=self.file("openings"), line=line,
        )  # fmt: skip
        return self
