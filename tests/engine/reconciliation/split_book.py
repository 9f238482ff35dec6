"""Builders for books with split rules and executed splits."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from chainbrain.database.book import Row
from tests.engine.reconciliation.reconcile_book import DAY, World, at, ident, yuan

MERCHANT = "1900000001"


class SplitWorld(World):
    """A book with one store whose WeChat merchant number splits."""

    def __init__(self) -> None:
        super().__init__()
        self.store("S1").account("wechat", MERCHANT, "S1")
        self.cover("split", "wechat", MERCHANT)

    def rule(
        self, name: str, receiver: str, share: str, *, way: str = "ratio", basis: str = "after_refunds",
        store: str | None = None, cap: str | None = None, since: date | None = None, until: date | None = None,
        account: str | None = None, channel: str | None = None, category: str | None = None,
    ) -> SplitWorld:  # fmt: skip
        """A rule: ``share`` is a fraction, the yuan of one order, or tiers as JSON."""
        line = self.line()
        self.insert(
            "split_rules", name=name, store_code=store, channel=channel, receiver=receiver, receiver_account=account,
            basis=basis, way=way, rate=Decimal(share) if way == "ratio" else None,
            fixed=yuan(share) if way == "fixed" else None, tiers=share if way in {"progressive", "flat"} else None,
            category=category, cap=Decimal(cap) if cap else None, valid_from=since, valid_to=until,
            row_id=ident("rule", line), file_id=self.file("rules"), line=line, entry_id=1,
        )  # fmt: skip
        return self

    def split(
        self, external_id: str, receiver: str | None, amount: str, *, status: str = "success",
        when: datetime | None = None, channel: str = "wechat",
    ) -> SplitWorld:  # fmt: skip
        """One executed part; negative when it came back."""
        line = self.line()
        self.insert(
            "split_lines", split_line_id=ident("split", line), channel=channel, merchant_no=MERCHANT,
            external_id=f"36{line:08}", payment_external_id=external_id, receiver=receiver, amount=yuan(amount),
            status=status, occurred_at=when or at("13:00:00"), file_id=self.file("splits"), line=line,
        )  # fmt: skip
        return self

    def items(self, order_no: str, *, file: str = "items", **groups: str) -> SplitWorld:
        """The products of an order of S1, one per group."""
        for category, amount in groups.items():
            line = self.line()
            self.insert(
                "order_items", order_item_id=ident("item", line), order_id=ident("order", "S1", order_no),
                store_code="S1", order_no=order_no, business_day=DAY, category=category, amount=yuan(amount),
                file_id=self.file(file), line=line,
            )  # fmt: skip
        return self

    def listed(self, order_no: str, amount: str) -> SplitWorld:
        """An order of S1 that came to so much before discounts."""
        self.book.execute(
            "update base.orders set list_amount = $amount where order_no = $number",
            amount=yuan(amount),
            number=order_no,
        )
        return self

    def parts(self) -> list[Row]:
        """Receiver and amount of every expected part, by sale, moment and receiver."""
        return self.book.rows_of(
            "select s.receiver, s.amount from main.split_parts s join base.payments p on p.payment_id = s.payment_id"
            " order by p.external_id, p.occurred_at, s.receiver"
        )

    def found(self) -> list[Row]:
        """Cause and amount of every split difference."""
        return self.book.rows_of("select cause, amount from main.differences where code = 'D13' order by cause, amount")


def later(days: int) -> datetime:
    """Noon of a later day."""
    return at("12:00:00", DAY + timedelta(days=days))
