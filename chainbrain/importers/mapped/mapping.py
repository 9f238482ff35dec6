"""A column map that a person made for a table no importer knows: what it says, and the fields it may fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from chainbrain.importers.tables.table_header import signature

FORMAT: Final = "mapped-table"
VERSION: Final = 1

# The fields a column may fill, per kind of record, and how its cells are read. `money_in`, `money_out` and `direction`
# make the amount, `clock` completes a day, `net` proves amount and fee.
MOMENT, DAY, CLOCK, AMOUNT, FINE, RATE, NUMBER, TEXT, WORD = (
    "moment", "day", "clock", "amount", "fine", "rate", "number", "text", "word",
)  # fmt: skip
_AMOUNTS: Final = {"amount": AMOUNT, "money_in": AMOUNT, "money_out": AMOUNT, "direction": WORD}
FIELDS: Final[dict[str, dict[str, str]]] = {
    "payments": {
        "occurred_at": MOMENT, "clock": CLOCK, **_AMOUNTS, "fee": FINE, "net": FINE, "kind": WORD, "status": WORD,
        "external_id": NUMBER, "merchant_order_no": NUMBER, "refund_id": NUMBER, "merchant_refund_no": NUMBER,
        "channel": WORD, "merchant_no": NUMBER, "terminal_no": NUMBER, "store": TEXT, "printed_rate": RATE,
        "payer": TEXT, "settlement_ref": NUMBER, "payout_account": NUMBER,
    },
    "wallet_lines": {
        "occurred_at": MOMENT, "clock": CLOCK, **_AMOUNTS, "balance": AMOUNT, "kind": WORD, "external_id": NUMBER,
        "business_id": NUMBER, "reference": NUMBER, "channel": WORD, "merchant_no": NUMBER,
    },
    "bank_lines": {
        "posted_at": MOMENT, "clock": CLOCK, **_AMOUNTS, "balance": AMOUNT, "bank_account": NUMBER,
        "counterparty": TEXT, "counterparty_account": NUMBER, "memo": TEXT, "external_id": NUMBER,
    },
    "orders": {
        "ordered_at": MOMENT, "clock": CLOCK, "business_day": DAY, "amount": AMOUNT, "list_amount": AMOUNT,
        "order_no": NUMBER, "store": TEXT, "channel": WORD, "status": WORD,
    },
    "tenders": {
        "paid_at": MOMENT, "clock": CLOCK, **_AMOUNTS, "order_no": NUMBER, "store": TEXT, "method": WORD,
        "merchant_no": NUMBER, "reference": NUMBER,
    },
    "settlement_rows": {
        "bill_day": DAY, "pays_on": DAY, **_AMOUNTS, "external_id": NUMBER, "channel": WORD, "merchant_no": NUMBER,
        "payout_account": NUMBER, "status": TEXT,
    },
}  # fmt: skip

AMOUNT_FIELDS: Final = ("amount", "money_in", "money_out")

# Fields without which rows of a kind say nothing; of a group one is enough, a fixed value counts.
REQUIRED: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "payments": (("occurred_at",), AMOUNT_FIELDS, ("channel",), ("merchant_no",)),
    "wallet_lines": (("occurred_at",), AMOUNT_FIELDS, ("channel",), ("external_id",)),
    "bank_lines": (("posted_at",), AMOUNT_FIELDS),
    "orders": (("order_no",), ("store",), ("business_day", "ordered_at"), ("amount",)),
    "tenders": (("order_no",), ("store",), ("method",), AMOUNT_FIELDS),
    "settlement_rows": (("bill_day",), AMOUNT_FIELDS, ("channel",), ("merchant_no",)),
}

# What may be the same for all rows of a table that has no column for it.
FIXED: Final[dict[str, tuple[str, ...]]] = {
    "payments": ("channel", "merchant_no", "terminal_no", "store", "payout_account"),
    "wallet_lines": ("channel", "merchant_no"),
    "bank_lines": ("bank_account",),
    "orders": ("channel", "store"),
    "tenders": ("method", "store", "merchant_no"),
    "settlement_rows": ("channel", "merchant_no", "payout_account"),
}

# Fields that several columns may fill together; their texts are joined.
JOINED: Final = ("memo",)

SIGNED, REVERSED, WORDED, TWO_COLUMNS, TWO_SIGNED = "signed", "reversed", "word", "two_columns", "two_columns_signed"
SIGNS: Final = (SIGNED, REVERSED, WORDED, TWO_COLUMNS, TWO_SIGNED)
UNITS: Final = ("yuan", "fen")
FEES: Final = ("charged_positive", "charged_negative")
DATES: Final = ("day_first", "month_first")

# What words of a column can mean.
WORD_CODES: Final[dict[str, tuple[str, ...]]] = {
    "direction": ("in", "out"),
    "kind:payments": ("payment", "refund", "chargeback", "adjustment"),
    "kind:wallet_lines": (
        "payment", "refund", "fee", "fee_return", "refund_closed", "withdrawal", "top_up", "transfer", "split",
        "split_return", "coupon", "other",
    ),
    "status:payments": ("done", "cancelled"),
    "status:orders": ("completed", "refunded", "partly_refunded", "cancelled", "open"),
}  # fmt: skip
# Which way money goes by the very meaning of a kind: what is proposed. A transfer or an adjustment can go either way.
WAYS: Final[dict[str, str]] = {
    **dict.fromkeys(("payment", "fee_return", "refund_closed", "top_up", "split_return"), "in"),
    **dict.fromkeys(("refund", "chargeback", "fee", "withdrawal", "split"), "out"),
}


@dataclass(frozen=True)
class TableMapping:
    """How the tables with one header become records.

    Attributes:
        name: what the person calls it; the layout of the files that it reads.
        kind: the kind of record that a row becomes, a key of ``FIELDS``.
        header: the names of all columns as the file prints them.
        columns: the field that a column fills; columns that are left out are not read.
        header_rows: 1, or 2 where group names stand above the names.
        sign: how the amount gets its sign: printed with it (``signed``), printed with the opposite one (``reversed``),
            said by a word (``word``: of the direction column, or without one of the kind column, and ``words`` has
            the meaning of each under ``direction``), or money in and money out in two
            columns, the second printed positive (``two_columns``) or negative (``two_columns_signed``).
        unit: what amounts, fees and balances are printed in.
        fee: whether a fee that was charged is printed positive or negative.
        dates: which part of 03/04/2026 comes first; without it such a date cannot be read.
        fixed: fields with one value for all rows.
        words: per field, what a word of the file means (``WORD_CODES``; channels for ``channel`` and ``method``).
        leave_out: rows whose first cell starts like this add up others.
        control: the column whose sum the rows left out state.
        preferred: read such tables by this map even where a built-in format fits.
        account: the account of statements that print none: the name under which the map was kept first.
    """

    name: str
    kind: str
    header: tuple[str, ...]
    columns: Mapping[str, str]
    header_rows: int = 1
    sign: str = SIGNED
    unit: str = "yuan"
    fee: str = "charged_positive"
    dates: str | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()
    control: str | None = None
    preferred: bool = False
    account: str | None = None

    @property
    def identity(self) -> str:
        """What stands for an account that no statement prints; a new name of the map does not change it."""
        return self.account or self.name

    @property
    def signature(self) -> frozenset[str]:
        """What tells its tables again."""
        return signature(self.header)

    def column(self, name: str) -> str | None:
        """The column that fills a field; the first one where several do."""
        return next((column for column, filled in self.columns.items() if filled == name), None)

    def columns_of(self, name: str) -> tuple[str, ...]:
        """All columns that fill a field."""
        return tuple(column for column, filled in self.columns.items() if filled == name)

    @property
    def way_column(self) -> str | None:
        """The column whose words say which way the money went, where words say it."""
        return (self.column("direction") or self.column("kind")) if self.sign == WORDED else None

    def undirected(self) -> tuple[str, ...]:
        """The words for kinds of which the map must say whether they are money in or out, and does not."""
        if self.sign != WORDED or self.column("direction"):
            return ()
        return tuple(word for word in self.words.get("kind", {}) if word not in self.words.get("direction", {}))

    def lacking(self) -> tuple[tuple[str, ...], ...]:
        """The groups of required fields of which none is filled."""
        filled = {*self.columns.values(), *(name for name, value in self.fixed.items() if value)}
        return tuple(group for group in self.needed() if filled.isdisjoint(group))

    def needed(self) -> tuple[tuple[str, ...], ...]:
        """The groups of fields that this kind and sign need."""
        amounts: tuple[tuple[str, ...], ...] = (("amount",),)
        if self.sign in (TWO_COLUMNS, TWO_SIGNED):
            amounts = (("money_in",), ("money_out",))
        if self.sign == WORDED:
            says = ("direction", "kind") if "kind" in FIELDS[self.kind] else ("direction",)
            amounts = (("amount",), says)
        kept = tuple(group for group in REQUIRED[self.kind] if group != AMOUNT_FIELDS)
        return (*kept, *(group for group in amounts if group not in kept))
