"""How each kind of staged row finds its table, its id and its columns."""

from __future__ import annotations

from typing import Final

from chainbrain.intake.record_kind import RecordKind

_STORES: Final = (
    "code", "name", "city", "region", "ownership", "opened_on", "closed_on", "day_cutoff", "area_m2", "monthly_rent",
    "latitude", "longitude", "datum", "taxpayer", "format", "city_tier",
)  # fmt: skip
# A row without a later column keeps the id that it had before there was one.
_STORE_IDENTITY: Final = (
    *_STORES[:-4], "concat_ws(chr(31), datum, taxpayer, 'format ' || format, 'tier ' || city_tier)",
)  # fmt: skip
_ACCOUNTS: Final = (
    "channel", "merchant_no", "terminal_no", "store_code", "legal_entity", "fee_rate", "settlement_rule",
    "settlement_cutoff", "bank_account", "valid_from", "valid_to", "merchant_kind",
)  # fmt: skip
_ACCOUNT_IDENTITY: Final = (*_ACCOUNTS[:-2], "concat_ws(chr(31), valid_to, merchant_kind)")
_OPENINGS: Final = ("kind", "channel", "account_no", "store_code", "day", "balance")
_SPLIT_RULES: Final = (
    "name", "store_code", "channel", "receiver", "receiver_account", "basis", "way", "rate", "fixed", "tiers", "cap",
    "valid_from", "valid_to", "receiver_kind", "category",
)  # fmt: skip
_SPLIT_RULE_IDENTITY: Final = (
    *_SPLIT_RULES[:-3], "concat_ws(chr(31), valid_to, receiver_kind, 'category ' || category)",
)  # fmt: skip
_LEDGER: Final = ("store_code", "day", "kind", "amount", "reference", "note")
_PAYEES: Final = ("payee", "holder", "account_no", "bank", "credit_code", "valid_from")
_CANDIDATES: Final = (
    "name", "city", "latitude", "longitude", "datum", "area_m2", "monthly_rent", "free_months", "capex", "deposit",
    "monthly_sales", "earliest", "format", "city_tier",
)  # fmt: skip
_CANDIDATE_IDENTITY: Final = (
    *_CANDIDATES[:-3], "concat_ws(chr(31), earliest, 'format ' || format, 'tier ' || city_tier)",
)  # fmt: skip
_COMPETITORS: Final = ("name", "brand", "kind", "latitude", "longitude", "datum", "attraction")
_DEMAND: Final = ("name", "latitude", "longitude", "datum", "weight")
_ORIGINS: Final = ("store_code", "latitude", "longitude", "datum", "customers")
_BENCHMARKS: Final = ("metric", "trade", "city", "period", "low", "median", "high", "source", "dated")
_COSTS: Final = ("store_code", "month", "subject", "amount", "note")
_CASH_PLANS: Final = ("day", "party", "kind", "amount", "cycle", "until", "note")
_CASH: Final = (
    "store_code", "business_day", "shift", "cashier", "opening_float", "sales", "refunds", "paid_out", "banked",
    "counted",
)  # fmt: skip
_STORED_VALUE: Final = (
    "store_code", "occurred_at", "kind", "amount", "principal", "bonus", "member_hash", "reference",
)  # fmt: skip
_ORDERS: Final = (
    "store_code", "order_no", "channel", "ordered_at", "business_day", "list_amount", "amount", "status", "status_text",
)  # fmt: skip
_TENDERS: Final = (
    "store_code", "order_no", "method", "method_text", "amount", "is_refund", "paid_at", "merchant_no", "reference",
)  # fmt: skip
_ORDER_ITEMS: Final = ("store_code", "order_no", "business_day", "category", "item", "quantity", "amount")
_PAYMENTS: Final = (
    "channel", "merchant_no", "terminal_no", "store_hint", "external_id", "merchant_order_no", "refund_id",
    "merchant_refund_no", "occurred_at", "kind", "amount", "order_amount", "fee", "commission", "printed_rate",
    "status_text", "cancelled", "payer_hash", "settlement_ref", "payout_account", "bill_day",
    "channel_order_no", "paid_with",
)  # fmt: skip
_WALLET_LINES: Final = (
    "channel", "merchant_no", "external_id", "business_id", "occurred_at", "kind", "kind_text", "amount", "balance",
    "reference",
)  # fmt: skip
_SPLIT_LINES: Final = (
    "channel", "merchant_no", "external_id", "payment_external_id", "receiver", "amount", "status", "occurred_at",
    "split_no",
)  # fmt: skip
_SETTLEMENT_ROWS: Final = (
    "channel", "merchant_no", "external_id", "payout_account", "bill_day", "amount", "pays_on", "status_text", "part",
)  # fmt: skip
_BANK_LINES: Final = (
    "bank_account", "posted_at", "amount", "balance", "counterparty", "counterparty_account", "memo", "external_id",
)  # fmt: skip

ORDER_ID: Final = "cast(md5(concat_ws(chr(31), 'order', store_code, order_no)) as uuid)"

# A platform bills one order several times (sale, refund, correction); a wallet has one row per payment and per refund.
# An acquirer's number is one within its merchant: on another day or with another amount, it is a second print.
_ACQUIRERS: Final = "('unionpay', 'chinaums', 'allinpay', 'lakala', 'lcsw', 'leshua', 'ikudot')"
_PAYMENT_IDENTITY: Final = (
    "channel", "external_id", "kind",
    f"if(channel in {_ACQUIRERS}, coalesce(refund_id, merchant_refund_no), coalesce(merchant_refund_no, refund_id))",
    f"case when external_id is not null and channel in {_ACQUIRERS} then merchant_no"
    " when external_id is null or bill_day is not null then concat_ws(chr(31), merchant_no, status_text, bill_day,"
    " amount, fee) end",
    "case when external_id is null then concat_ws(chr(31), occurred_at, merchant_order_no) else apart end",
)  # fmt: skip

# A personal bill prints one number for a purchase and for what came back of it; ``apart`` tells them from one another.
_WALLET_NUMBER: Final = (
    "concat_ws(chr(31), coalesce(external_id, concat_ws(chr(31), '', merchant_no, occurred_at, kind, amount, balance,"
    " business_id, reference)), apart)"
)
_SPLIT_NUMBER: Final = (
    "case when external_id is not null then concat_ws(chr(31), external_id, case when amount < 0 then 'back' end)"
    " else concat_ws(chr(31), '', merchant_no, payment_external_id, receiver, amount, status, occurred_at) end"
)

RECORD_KINDS: Final = (
    RecordKind("stores", "store", "row_id", _STORE_IDENTITY, _STORES, by_id="true"),
    RecordKind(
        "accounts", "account", "row_id", _ACCOUNT_IDENTITY, _ACCOUNTS, by_id="true",
        extra="cast(md5(concat_ws(chr(31), 'account_id', channel, merchant_no, coalesce(terminal_no, ''),"
        " coalesce(store_code, ''), coalesce(cast(valid_from as varchar), ''))) as uuid) as account_id,",
    ),
    RecordKind("openings", "opening", "opening_id", _OPENINGS, _OPENINGS, by_id="true"),
    RecordKind("split_rules", "split_rule", "row_id", _SPLIT_RULE_IDENTITY, _SPLIT_RULES, by_id="true"),
    # Without a number on it, a line is the same as another only where all of it is.
    RecordKind(
        "ledger_lines", "ledger_line", "ledger_line_id",
        ("store_code", "kind", "reference", "if(reference is null, concat_ws(chr(31), day, amount, note), null)"),
        _LEDGER,
        by_id="reference is not null", content=("day", "amount"), number="reference", source="store_code", moment="day",
    ),
    RecordKind("payees", "payee", "row_id", _PAYEES, _PAYEES, by_id="true"),
    RecordKind(
        "store_costs", "store_cost", "store_cost_id", ("store_code", "month", "subject", "note"), _COSTS, by_id="true",
        content=("amount",), number="subject",
    ),
    RecordKind("candidates", "candidate", "row_id", _CANDIDATE_IDENTITY, _CANDIDATES, by_id="true"),
    RecordKind("competitors", "competitor", "row_id", _COMPETITORS, _COMPETITORS, by_id="true"),
    RecordKind("demand_points", "demand_point", "row_id", _DEMAND, _DEMAND, by_id="true"),
    RecordKind("benchmarks", "benchmark", "row_id", _BENCHMARKS, _BENCHMARKS, by_id="true"),
    RecordKind("customer_origins", "customer_origin", "row_id", _ORIGINS, _ORIGINS, by_id="true"),
    RecordKind(
        "cash_plans", "cash_plan", "cash_plan_id", ("day", "party", "kind", "cycle", "note"), _CASH_PLANS, by_id="true",
        content=("amount", "until"), number="party",
    ),
    RecordKind(
        "cash_counts", "cash_count", "cash_count_id", ("store_code", "business_day", "shift", "cashier"), _CASH,
        by_id="true", content=_CASH[4:],
    ),
    RecordKind(
        "stored_value_lines", "stored_value_line", "stored_value_line_id", _STORED_VALUE, _STORED_VALUE,
        number="reference", source="store_code", moment="occurred_at", strong="reference is not null",
    ),
    # A till that counts its orders anew every day prints a number again: another day is another order, not a repeat.
    RecordKind(
        "orders", "order", "order_id", ("store_code", "order_no"), _ORDERS, by_id="true",
        content=("amount", "business_day"),
    ),
    RecordKind(
        "tenders", "tender", "tender_id",
        ("store_code", "order_no", "method", "amount", "is_refund", "paid_at", "merchant_no", "reference"), _TENDERS,
        number="order_no", source="store_code", moment="paid_at", strong="reference is not null",
        extra=f"{ORDER_ID} as order_id,",
    ),
    # One row per product and category of an order; items_again.sql notices another category of a known one.
    RecordKind(
        "order_items", "order_item", "order_item_id",
        ("store_code", "order_no", "item", "category"), _ORDER_ITEMS,
        by_id="true", content=("amount",), number="order_no", extra=f"{ORDER_ID} as order_id,",
    ),
    RecordKind(
        "payments", "payment", "payment_id", _PAYMENT_IDENTITY, _PAYMENTS, by_id="external_id is not null",
        source="concat_ws(chr(31), channel, merchant_no)", moment="occurred_at",
        strong="coalesce(merchant_order_no, merchant_refund_no, refund_id) is not null",
        content=("amount", "fee", "occurred_at"), number="external_id",
    ),
    RecordKind(
        "wallet_lines", "wallet_line", "wallet_line_id", ("channel", _WALLET_NUMBER), _WALLET_LINES,
        by_id="external_id is not null", content=("amount", "kind"), number="external_id",
        source="concat_ws(chr(31), channel, merchant_no)", moment="occurred_at",
        strong="balance is not null and amount <> 0",
    ),
    # A split and what came back of it may bear one number.
    RecordKind(
        "split_lines", "split_line", "split_line_id", ("channel", _SPLIT_NUMBER), _SPLIT_LINES,
        by_id="external_id is not null", content=("amount", "receiver", "status"), number="external_id",
        source="concat_ws(chr(31), channel, merchant_no)", moment="occurred_at",
        strong="payment_external_id is not null",
    ),
    # The day of the payout is part of it: a bill printed before it was settled and after are two prints.
    RecordKind(
        "settlement_rows", "settlement_row", "settlement_row_id",
        (
            "channel", "merchant_no", "concat_ws(chr(31), external_id, part)", "payout_account", "bill_day", "amount",
            "pays_on",
        ),
        _SETTLEMENT_ROWS,
        number="external_id",
    ),
    RecordKind(
        "bank_lines", "bank_line", "bank_line_id",
        ("bank_account", "posted_at", "amount", "balance", "counterparty_account", "external_id"), _BANK_LINES,
        number="external_id",
        source="bank_account", moment="posted_at",
        strong="external_id is not null or (balance is not null and amount <> 0)",
    ),
)  # fmt: skip
# Kinds that know which import brought them: of two tables the later one counts.
ENTERED_KINDS: Final = frozenset(
    {
        "stores", "accounts", "split_rules", "payees", "candidates", "competitors", "demand_points",
        "customer_origins", "benchmarks",
    }
)  # fmt: skip
