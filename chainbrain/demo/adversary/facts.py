"""The draw as tables of a book: columns and types of schema ``base``, rows in no telling order."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal

import polars as pl

from chainbrain.demo.adversary.master import Master, named, store_code, yuan
from chainbrain.demo.adversary.memos import PAYERS
from chainbrain.demo.adversary.sales import KINDS, SALE
from chainbrain.demo.adversary.terms import CHANNELS, bank_account

_OPENING_BALANCE = 10_000_000


@dataclass(frozen=True)
class Facts:
    """One frame per table of schema ``base`` (chainbrain/database/migrations), ready to be appended."""

    source_files: pl.DataFrame
    stores: pl.DataFrame
    accounts: pl.DataFrame
    orders: pl.DataFrame
    tenders: pl.DataFrame
    payments: pl.DataFrame
    bank_lines: pl.DataFrame
    coverage: pl.DataFrame
    openings: pl.DataFrame

    def tables(self) -> dict[str, pl.DataFrame]:
        """The frames by table name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


class Writer(Master):
    """Turns the parts of one draw into the tables of a book."""

    def payments(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Trade bill rows; ``rows`` holds only what the bills show, repeated rows with ``copy_of``."""
        number = self.numbers
        sale = pl.when(pl.col("origin") >= 0).then("origin").otherwise("rid")
        ticket = pl.when(pl.col("copy_of") >= 0).then("copy_of").otherwise(sale)
        back = pl.col("kind") != SALE
        return self._shuffled("payments", rows.with_columns(
            number=named(pl.col("merchant"), self._terms.number),
            way=pl.Series(self._terms.channel[rows["merchant"].to_numpy()]),
        ).select(
            payment_id=number.record("payment", pl.col("rid")),
            channel=named(pl.col("way"), CHANNELS),
            merchant_no=pl.col("number"),
            external_id=number.printed("4200", "payment", sale),
            merchant_order_no=number.printed("M", "order", ticket),
            refund_id=pl.when(back).then(number.printed("5030", "payment", pl.col("rid"))),
            merchant_refund_no=pl.when(back).then(number.printed("R", "payment", pl.col("rid"))),
            occurred_at=self._moment(pl.col("at")),
            kind=named(pl.col("kind"), KINDS),
            amount=yuan(pl.col("amount")),
            order_amount=yuan(pl.col("amount").abs()),
            fee=(pl.col("fee").cast(pl.Decimal(38, 5)) * pl.lit(Decimal("0.00001"))).cast(pl.Decimal(18, 5)),
            status_text=pl.when(back).then(pl.lit("REFUND")).otherwise(pl.lit("SUCCESS")),
            cancelled=pl.lit(value=False),
            file_id=self._file("wallet", pl.col("merchant")),
        ))  # fmt: skip

    def tenders(self, tenders: pl.DataFrame) -> pl.DataFrame:
        """Till rows; a keyed one carries the wallet's own number or the one that the till gave it."""
        number = self.numbers
        merchant = tenders["merchant"].to_numpy()
        reference = (
            pl.when(pl.col("merchant") % 4 < 2)
            .then(number.printed("M", "order", pl.col("order")))
            .otherwise(number.printed("4200", "payment", pl.col("order")))
        )
        return self._shuffled("tenders", tenders.with_columns(
            store=pl.Series(self._terms.store[merchant]),
            way=pl.Series(self._terms.channel[merchant]),
            number=named(pl.col("merchant"), self._terms.number),
        ).select(
            tender_id=number.record("tender", pl.col("tid")),
            order_id=number.record("order", pl.col("order")),
            store_code=store_code(pl.col("store")),
            order_no=number.printed("", "tender", pl.col("order")),
            method=named(pl.col("way"), CHANNELS),
            amount=yuan(pl.col("amount")),
            is_refund=pl.col("refund"),
            paid_at=self._moment(pl.col("at")),
            merchant_no=pl.col("number"),
            reference=pl.when("keyed").then(reference),
            file_id=self._file("till", pl.col("store")),
        ))  # fmt: skip

    def orders(self, tenders: pl.DataFrame) -> pl.DataFrame:
        """One order per sale; a refund of a sale from before the window has none."""
        number = self.numbers
        sales = tenders.filter(~pl.col("refund"))
        moment = self._moment(pl.col("at"))
        return self._shuffled("orders", sales.with_columns(
            store=pl.Series(self._terms.store[sales["merchant"].to_numpy()])
        ).select(
            order_id=number.record("order", pl.col("order")),
            store_code=store_code(pl.col("store")),
            order_no=number.printed("", "tender", pl.col("order")),
            channel=pl.lit("other"),
            ordered_at=moment,
            business_day=moment.dt.date(),
            list_amount=yuan(pl.col("amount")),
            amount=yuan(pl.col("amount")),
            status=pl.lit("completed"),
            file_id=self._file("till", pl.col("store")),
        ))  # fmt: skip

    def bank_lines(self, lines: pl.DataFrame) -> pl.DataFrame:
        """Statement rows with the running balance of their account."""
        channel = pl.col("channel")
        ordered = lines.sort("account", "posted", "lid").with_columns(
            balance=pl.col("amount").cum_sum().over("account") + _OPENING_BALANCE
        )
        return self._shuffled("bank_lines", ordered.select(
            bank_line_id=self.numbers.record("bank_line", pl.col("lid")),
            bank_account=named(pl.col("account"), [bank_account(i) for i in range(self._accounts)]),
            posted_at=self._moment(pl.col("posted")),
            amount=yuan(pl.col("amount")),
            balance=yuan(pl.col("balance")),
            counterparty=named(channel, [name for name, _ in PAYERS]),
            counterparty_account=named(channel, [number for _, number in PAYERS]),
            memo=pl.col("memo"),
            external_id=self.numbers.printed("B", "bank_line", pl.col("lid")),
            file_id=self._file("bank", pl.col("account")),
        ))  # fmt: skip

    def _moment(self, seconds: pl.Expr) -> pl.Expr:
        return pl.lit(self._midnight) + pl.duration(seconds=seconds)

    def _shuffled(self, table: str, frame: pl.DataFrame) -> pl.DataFrame:
        order = self._case.stream(f"order of {table}").permutation(frame.height)
        return frame[order].with_columns(line=pl.int_range(2, pl.len() + 2, dtype=pl.Int64))
