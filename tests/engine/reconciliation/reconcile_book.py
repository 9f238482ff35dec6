"""Readable builders for books in memory: stores, contracts, tills, wallets, ledgers, platforms, banks."""

from __future__ import annotations

import hashlib
import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from chainbrain.database.book import Book
from chainbrain.money import half_up
from chainbrain.reconciliation.reconcile import Reconciled, reconcile

DAY = date(2026, 8, 3)  # a Monday


def yuan(text: str | Decimal) -> Decimal:
    return Decimal(text).quantize(Decimal("0.01"))


def ident(*parts: object) -> str:
    """A content-derived id."""
    return str(uuid.UUID(hashlib.md5("\x1f".join(map(str, parts)).encode()).hexdigest()))


def at(clock: str = "12:00:00", day: date = DAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock))


class World:
    """A book under construction; every ``with_...`` adds rows as an import would."""

    def __init__(self, *, covered: tuple[date, date] | None = (DAY, DAY + timedelta(days=13))) -> None:
        self.book = Book.in_memory()
        self.covered = covered
        self._line = 0
        self.file("files")

    # ------------------------------------------------------------------ plumbing
    def insert(self, table: str, **values: Any) -> None:
        columns = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join(f"${name}" for name in values)
        self.book.execute(f"insert into base.{table} ({columns}) values ({marks})", **values)

    def line(self) -> int:
        self._line += 1
        return self._line

    def file(self, name: str) -> str:
        file_id = ident("file", name)
        if not self.book.rows_of("select 1 from base.source_files where file_id = $f", f=file_id):
            self.insert(
                "source_files",
                file_id=file_id,
                sha256=name,
                container_sha256=name,
                name=name,
                format="test",
                row_count=0,
                control_total="none",
                controls="[]",
                new_rows=0,
                seen_rows=0,
                suspect_rows=0,
                broken_rows=0,
                format_confirmed=True,
                imported_at=at(),
                entry_id=1,
            )
        return file_id

    def cover(
        self, kind: str, channel: str | None, account_no: str, *, first: date | None = None, last: date | None = None
    ) -> World:
        if self.covered is None and first is None:
            return self
        day, end = first or self.covered[0], last or self.covered[1]  # type: ignore[index]
        self.book.execute(
            "insert into base.coverage (kind, channel, account_no, day, file_id) select $kind, $channel, $number, "
            "unnest(generate_series($first, $last, interval 1 day))::date, $file",
            kind=kind,
            channel=channel,
            number=account_no,
            first=day,
            last=end,
            file=self.file("files"),
        )
        return self

    # ------------------------------------------------------------------ master data
    def store(self, code: str, *, cutoff: str = "00:00:00", name: str | None = None, cover: bool = True) -> World:
        self.insert(
            "stores",
            code=code,
            name=name or f"{code}店",
            day_cutoff=time.fromisoformat(cutoff),
            ownership="own",
            row_id=ident("store", code),
            file_id=self.file("files"),
            line=self.line(),
            entry_id=1,
        )
        return self.cover("till", None, code) if cover else self

    def account(
        self,
        channel: str,
        merchant: str,
        store: str | None,
        *,
        terminal: str | None = None,
        rate: str | None = "0.0038",
        bank: str | None = "6222-0001",
        rule: str = "D1",
        valid_from: date | None = None,
        valid_to: date | None = None,
        cover: bool = True,
    ) -> World:
        self.insert(
            "accounts",
            row_id=ident("row", channel, merchant, terminal, store, valid_from),
            account_id=ident("account", channel, merchant, terminal, store, valid_from),
            channel=channel,
            merchant_no=merchant,
            terminal_no=terminal,
            store_code=store,
            fee_rate=None if rate is None else Decimal(rate),
            settlement_rule=rule,
            bank_account=bank,
            valid_from=valid_from,
            valid_to=valid_to,
            file_id=self.file("files"),
            line=self.line(),
            entry_id=1,
        )
        if cover:
            platform = channel in {"meituan", "eleme"}
            self.cover("platform" if platform else "wallet", channel, merchant)
        return self

    def ledger(self, channel: str, merchant: str) -> World:
        return self.cover("ledger", channel, merchant)

    def bank(self, account: str = "6222-0001", *, first: date | None = None, last: date | None = None) -> World:
        return self.cover("bank", None, account, first=first, last=last)

    # ------------------------------------------------------------------ till
    def order(
        self,
        store: str,
        order_no: str,
        amount: str,
        *tenders: dict[str, Any],
        day: date = DAY,
        status: str = "completed",
        clock: str = "12:00:00",
    ) -> World:
        order_id = ident("order", store, order_no)
        file_id = self.file("files")
        self.insert(
            "orders",
            order_id=order_id,
            store_code=store,
            order_no=order_no,
            channel="other",
            ordered_at=at(clock, day),
            business_day=day,
            list_amount=yuan(amount),
            amount=yuan(amount),
            status=status,
            file_id=file_id,
            line=self.line(),
        )
        for number, tender in enumerate(tenders):
            values = {
                "method": "wechat",
                "merchant_no": None,
                "reference": None,
                "paid_at": at(clock, day),
                "amount": amount,
                "is_refund": False,
                **tender,
            }
            values["amount"] = yuan(values["amount"])
            values["is_refund"] = values["amount"] < 0
            self.insert(
                "tenders",
                tender_id=ident("tender", store, order_no, number, values["reference"], values["amount"]),
                order_id=order_id,
                store_code=store,
                order_no=order_no,
                file_id=file_id,
                line=self.line(),
                **values,
            )
        return self

    # ------------------------------------------------------------------ wallets
    def payment(
        self,
        external_id: str,
        amount: str,
        *,
        channel: str = "wechat",
        merchant: str = "1900000001",
        when: datetime | None = None,
        fee: str | None = None,
        rate: str = "0.0038",
        kind: str = "payment",
        order_no: str | None = None,
        refund_id: str | None = None,
        refund_no: str | None = None,
        terminal: str | None = None,
        hint: str | None = None,
        order_amount: str | None = None,
        cancelled: bool = False,
        payer: str | None = None,
        file: str = "files",
        **more: Any,
    ) -> World:
        money = yuan(amount)
        self.insert(
            "payments",
            payment_id=ident("payment", channel, external_id, refund_id, refund_no, kind, more.get("bill_day")),
            channel=channel,
            merchant_no=merchant,
            terminal_no=terminal,
            store_hint=hint,
            external_id=external_id,
            merchant_order_no=order_no,
            refund_id=refund_id,
            merchant_refund_no=refund_no,
            occurred_at=when or at(),
            kind=kind,
            amount=money,
            order_amount=yuan(order_amount) if order_amount else money,
            fee=half_up(money * Decimal(rate)) if fee is None else Decimal(fee),
            cancelled=cancelled,
            payer_hash=payer,
            file_id=self.file(file),
            line=self.line(),
            **more,
        )
        return self

    def wallet_line(
        self,
        number: str,
        amount: str,
        kind: str,
        *,
        business_id: str | None = None,
        channel: str = "wechat",
        merchant: str | None = "1900000001",
        when: datetime | None = None,
        reference: str | None = None,
        file: str = "files",
    ) -> World:
        self.insert(
            "wallet_lines",
            wallet_line_id=ident("line", channel, number),
            channel=channel,
            merchant_no=merchant,
            external_id=number,
            business_id=business_id,
            occurred_at=when or at(),
            kind=kind,
            amount=yuan(amount),
            reference=reference,
            file_id=self.file(file),
            line=self.line(),
        )
        return self

    def settlement_row(
        self,
        merchant: str,
        amount: str,
        *,
        external_id: str,
        day: date = DAY,
        pays_on: date | None = None,
        payout: str = "PAY1",
        channel: str = "meituan",
    ) -> World:
        self.insert(
            "settlement_rows",
            settlement_row_id=ident("bill", merchant, external_id, day),
            channel=channel,
            merchant_no=merchant,
            external_id=external_id,
            payout_account=payout,
            bill_day=day,
            amount=yuan(amount),
            pays_on=pays_on,
            file_id=self.file("files"),
            line=self.line(),
        )
        return self

    # ------------------------------------------------------------------ bank and drawer
    def bank_line(
        self,
        number: str,
        amount: str,
        *,
        day: date = DAY,
        memo: str = "",
        payer: str = "财付通支付科技有限公司",
        account: str = "62220001",
    ) -> World:
        self.insert(
            "bank_lines",
            bank_line_id=ident("bank", account, number),
            bank_account=account,
            posted_at=at("09:00:00", day),
            amount=yuan(amount),
            counterparty=payer,
            memo=memo,
            external_id=number,
            file_id=self.file("files"),
            line=self.line(),
        )
        return self

    def cash_count(
        self,
        store: str,
        *,
        sales: str,
        counted: str,
        float_: str = "200",
        refunds: str = "0",
        banked: str = "0",
        day: date = DAY,
    ) -> World:
        self.insert(
            "cash_counts",
            cash_count_id=ident("count", store, day, sales, banked),
            store_code=store,
            business_day=day,
            shift="全天",
            opening_float=yuan(float_),
            sales=yuan(sales),
            refunds=yuan(refunds),
            paid_out=yuan("0"),
            banked=yuan(banked),
            counted=yuan(counted),
            file_id=self.file("files"),
            line=self.line(),
        )
        return self

    def used(self, store: str, reference: str, amount: str, *, when: datetime | None = None) -> World:
        self.insert(
            "stored_value_lines",
            stored_value_line_id=ident("use", store, reference, amount),
            store_code=store,
            occurred_at=when or at(),
            kind="use",
            amount=yuan(amount),
            reference=reference,
            file_id=self.file("files"),
            line=self.line(),
        )
        return self

    # ------------------------------------------------------------------ results
    def reconcile(self) -> Reconciled:
        return reconcile(self.book)

    def codes(self) -> list[tuple[str, Decimal]]:
        """Code and amount of every difference, in order."""
        return [
            (code, amount.quantize(Decimal("0.01")))
            for code, amount in self.book.rows_of("select code, amount from main.differences order by all")
        ]

    def states(self, record_type: str, leg: str) -> list[str]:
        found = self.book.rows_of(
            "select state from main.row_states where record_type = $t and leg = $l order by record_id",
            t=record_type,
            l=leg,
        )
        return sorted(state for (state,) in found)

    def state(self, record_id: str, leg: str) -> tuple[str, str | None]:
        ((state, reason),) = self.book.rows_of(
            "select state, reason from main.row_states where cast(record_id as varchar) = $r and leg = $l",
            r=record_id,
            l=leg,
        )
        return state, reason

    def pairs(self, kind: str = "tender_payment", state: str = "confirmed") -> list[tuple[str, str]]:
        """(inner id, outer id) of the matches of a kind."""
        return [
            (str(inner), str(outer))
            for inner, outer in self.book.rows_of(
                "select i.record_id, o.record_id from main.matches m "
                "join main.match_members i on i.match_id = m.match_id and i.side = 'inner' "
                "join main.match_members o on o.match_id = m.match_id and o.side = 'outer' "
                "where m.kind = $k and m.state = $s order by all",
                k=kind,
                s=state,
            )
        ]


def a_shop(**more: Any) -> World:
    """One store with a WeChat number, everything covered for two weeks."""
    return World(**more).store("S1").account("wechat", "1900000001", "S1")


def a_tender(reference: str | None, amount: str | None = None, **more: Any) -> dict[str, Any]:
    """What a till says was paid; WeChat unless told otherwise."""
    values: dict[str, Any] = {"reference": reference, **more}
    if amount is not None:
        values["amount"] = amount
    return values
