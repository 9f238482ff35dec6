"""What a row of a mapped table becomes, kind by kind: the record's columns from the fields of the map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import polars as pl

from chainbrain.importers.banks.account_numbers import account_above, account_in_name, account_number
from chainbrain.importers.base import Context
from chainbrain.importers.harvest import Columns, Harvest
from chainbrain.importers.mapped.mapped_amounts import MappedCells
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.table import Table
from chainbrain.importers.words import ORDER_STATES


@dataclass(frozen=True)
class Row:
    """One table on its way: the fields of its map, and what else a kind may need to know."""

    mapping: TableMapping
    fields: MappedCells
    table: Table
    harvest: Harvest
    context: Context


def columns_of(row: Row) -> Columns:
    """The record's columns for the map's kind."""
    return _READERS[row.mapping.kind](row)


def _payments(row: Row) -> Columns:
    fields = row.fields
    kind = fields.words("kind", None) if row.mapping.column("kind") else None
    amount = fields.amounts()
    back = (amount < 0).fill_null(value=False)
    by_sign = pl.select(pl.when(pl.lit(back)).then(pl.lit("refund")).otherwise(pl.lit("payment"))).to_series()
    if row.mapping.column("fee") is None and row.mapping.column("net") is None:
        row.harvest.facts["fee"] = "missing"
    # A state that the map does not know is no reason to believe that money was received.
    cancelled = fields.words("status", None, required=True) == "cancelled"
    return {
        "channel": fields.channels("channel", required=True),
        "merchant_no": fields.number("merchant_no", required=True),
        "terminal_no": fields.number("terminal_no"),
        "store_hint": fields.text("store"),
        "external_id": fields.number("external_id"),
        "merchant_order_no": fields.number("merchant_order_no"),
        "refund_id": fields.number("refund_id"),
        "merchant_refund_no": fields.number("merchant_refund_no"),
        "occurred_at": fields.moments("occurred_at", required=True),
        "kind": by_sign if kind is None else kind.zip_with(kind.is_not_null(), by_sign),
        "amount": amount,
        "order_amount": amount,
        "fee": fields.fees(amount),
        "printed_rate": fields.rates("printed_rate"),
        "status_text": fields.text("status"),
        "cancelled": cancelled.fill_null(value=False),
        "payer_hash": parse.salted(fields.text("payer"), row.context.salt),
        "settlement_ref": fields.number("settlement_ref"),
        "payout_account": account_number(fields.number("payout_account")),
    }


def _wallet_lines(row: Row) -> Columns:
    fields = row.fields
    kind = fields.words("kind", "other")
    return {
        "channel": fields.channels("channel", required=True),
        "merchant_no": fields.number("merchant_no"),
        "external_id": fields.number("external_id", required=True),
        "business_id": fields.number("business_id"),
        "occurred_at": fields.moments("occurred_at", required=True),
        "kind": kind.fill_null("other"),
        "kind_text": fields.text("kind"),
        "amount": fields.amounts(),
        "balance": fields.yuan("balance"),
        "reference": fields.number("reference"),
    }


def _bank_lines(row: Row) -> Columns:
    fields = row.fields
    return {
        "bank_account": _own_account(row),
        "posted_at": fields.moments("posted_at", required=True),
        "amount": fields.amounts(),
        "balance": fields.yuan("balance"),
        "counterparty": fields.text("counterparty"),
        "counterparty_account": account_number(fields.number("counterparty_account")),
        "memo": fields.text("memo"),
        "external_id": fields.number("external_id"),
    }


def _own_account(row: Row) -> pl.Series:
    """A column or the fixed value; else the line above the table or the file's name; else the map's first name."""
    own = account_number(row.fields.number("bank_account"))
    if not own.null_count():
        return own
    stated = account_above(row.table) or account_in_name(row.context.name)
    if stated is None and own.null_count() == own.len():
        # Two statements by one map without a number are taken for the same account; the reading says so.
        row.harvest.facts["account"] = "missing"
        stated = row.mapping.identity
    if stated is not None:
        return own.fill_null(stated)
    return own.fill_null(strategy="forward").fill_null(strategy="backward")


def _orders(row: Row) -> Columns:
    fields = row.fields
    ordered = fields.moments("ordered_at", required=row.mapping.column("business_day") is None)
    day = fields.days("business_day", required=row.mapping.column("business_day") is not None)
    status = fields.text("status")
    words = {**ORDER_STATES, **row.mapping.words.get("status", {})}
    state = parse.translated(status, words, None)
    fields.cells.fault(row.mapping.column("status") or "", "word", status.is_not_null() & state.is_null())
    return {
        "store_code": fields.text("store", required=True),
        "order_no": fields.number("order_no", required=True),
        "channel": fields.channels("channel").fill_null("other"),
        "ordered_at": ordered,
        "business_day": day.zip_with(day.is_not_null(), ordered.cast(pl.Date)),
        "list_amount": fields.yuan("list_amount"),
        "amount": fields.yuan("amount", required=True),
        "status": state.fill_null("completed"),
        "status_text": status,
    }


def _tenders(row: Row) -> Columns:
    fields = row.fields
    amount = fields.amounts()
    return {
        "store_code": fields.text("store", required=True),
        "order_no": fields.number("order_no", required=True),
        "method": fields.channels("method", required=True),
        "method_text": fields.text("method"),
        "amount": amount,
        "is_refund": (amount < 0).fill_null(value=False),
        "paid_at": fields.moments("paid_at"),
        "merchant_no": fields.number("merchant_no"),
        "reference": fields.number("reference"),
    }


def _settlement_rows(row: Row) -> Columns:
    fields = row.fields
    return {
        "channel": fields.channels("channel", required=True),
        "merchant_no": fields.number("merchant_no", required=True),
        "external_id": fields.number("external_id"),
        "payout_account": account_number(fields.number("payout_account")),
        "bill_day": fields.days("bill_day", required=True),
        "amount": fields.amounts(),
        "pays_on": fields.days("pays_on"),
        "status_text": fields.text("status"),
    }


_READERS: Final[dict[str, Callable[[Row], Columns]]] = {
    "payments": _payments,
    "wallet_lines": _wallet_lines,
    "bank_lines": _bank_lines,
    "orders": _orders,
    "tenders": _tenders,
    "settlement_rows": _settlement_rows,
}
