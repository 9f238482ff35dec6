"""Small readable builder of a book with sales, for the tests of analytics and reports."""

from __future__ import annotations

import hashlib
import uuid
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from chainbrain.analytics import daily
from chainbrain.database.book import Book
from chainbrain.importers.staging import KINDS, WHERE

MONDAY = date(2026, 6, 1)


def uid(*parts: object) -> str:
    return str(uuid.UUID(hashlib.md5("\x1f".join(map(str, parts)).encode()).hexdigest()))


class SalesBook:
    """Collects facts and writes them at once; every method returns itself so that a test reads as a list of facts."""

    def __init__(self) -> None:
        self.book = Book.in_memory()
        self._rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._line = 0

    def _add(self, table: str, **values: Any) -> str:
        self._line += 1
        self._rows[table].append({"file_id": uid("file", table), "sheet": None, "line": self._line, **values})
        return str(self._line)

    def store(self, code: str, name: str | None = None, **facts: Any) -> SalesBook:
        self._add(
            "stores",
            code=code,
            name=name or code,
            row_id=uid("store", code),
            entry_id=1,
            **{"ownership": "own", **facts},
        )
        return self

    def account(self, store: str | None, channel: str, merchant_no: str, **facts: Any) -> SalesBook:
        self._add(
            "accounts",
            account_id=uid("account", channel, merchant_no, facts.get("terminal_no")),
            row_id=uid("account row", self._line),
            channel=channel,
            merchant_no=merchant_no,
            store_code=store,
            entry_id=1,
            **facts,
        )
        return self

    def sale(
        self,
        store: str,
        day: date,
        amount: str | Decimal,
        *,
        hour: int = 12,
        channel: str | None = None,
        method: str = "wechat",
        status: str = "completed",
        number: str | None = None,
        list_amount: str | None = None,
        refund: str | None = None,
        refunded_at: datetime | None = None,
    ) -> SalesBook:
        number = number or f"{store}-{self._line}"
        order_id, at = uid("order", store, number), datetime.combine(day, time(hour))
        self._add(
            "orders",
            order_id=order_id,
            store_code=store,
            order_no=number,
            channel=channel,
            ordered_at=at,
            business_day=day,
            list_amount=Decimal(list_amount or amount),
            amount=Decimal(amount),
            status=status,
        )
        if status != "cancelled":
            self.tender(store, number, Decimal(amount), method, at)
        if refund:
            self.tender(store, number, -Decimal(refund), method, refunded_at or at, is_refund=True)
        return self

    def tender(
        self, store: str, number: str, amount: Decimal, method: str, at: datetime, *, is_refund: bool = False
    ) -> SalesBook:
        self._add(
            "tenders",
            tender_id=uid("tender", store, number, self._line),
            order_id=uid("order", store, number),
            store_code=store,
            order_no=number,
            method=method,
            amount=amount,
            is_refund=is_refund,
            paid_at=at,
            reference=f"R{self._line}",
        )
        return self

    def sales(self, store: str, first: date, amounts: list[str | int | None], **facts: Any) -> SalesBook:
        """One order a day; ``None`` is a day without a till file."""
        for offset, amount in enumerate(amounts):
            if amount is not None:
                self.sale(store, first + timedelta(days=offset), str(amount), **facts)
        return self

    def payment(
        self,
        store: str | None,
        channel: str,
        day: date,
        amount: str,
        fee: str = "0",
        *,
        kind: str = "payment",
        settlement: str | None = None,
        cancelled: bool = False,
        number: str | None = None,
    ) -> SalesBook:
        number = number or f"P{self._line}"
        payment_id = uid("payment", channel, number)
        self._add(
            "payments",
            payment_id=payment_id,
            channel=channel,
            merchant_no=f"{channel}-{store}",
            external_id=number,
            occurred_at=datetime.combine(day, time(12)),
            kind=kind,
            amount=Decimal(amount),
            fee=Decimal(fee),
            cancelled=cancelled,
        )
        self._rows["payment_links"].append(
            {
                "payment_id": payment_id,
                "store_id": store,
                "business_day": day,
                "settlement_id": uid("settlement", settlement) if settlement else None,
            }
        )
        return self

    def covered(self, kind: str, channel: str | None, account_no: str, first: date, after: date) -> SalesBook:
        for offset in range((after - first).days):
            self._rows["coverage"].append(
                {
                    "kind": kind,
                    "channel": channel,
                    "account_no": account_no,
                    "day": first + timedelta(days=offset),
                    "file_id": uid("file", kind, account_no),
                }
            )
        return self

    def row(self, table: str, **values: Any) -> SalesBook:
        """A row of any other table, columns by name."""
        self._rows[table].append(values)
        return self

    def done(self) -> Book:
        for table, rows in self._rows.items():
            known = {**KINDS.get(table, {}), **WHERE}
            schema = {name: known[name] for name in {key for row in rows for key in row} if name in known}
            frame = pl.DataFrame(rows, schema_overrides=schema, infer_schema_length=None)
            self.book.append(f"base.{table}", frame)
        self._rows.clear()
        daily.refresh(self.book)
        return self.book
