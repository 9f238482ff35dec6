"""The rolls of money on its way and of the bank accounts."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from chainbrain import openings
from chainbrain.masking import masked
from ui.models import Kind
from ui.theme.translator import marked, translate
from ui.views.close.content import CloseData
from ui.views.close.roll import Line, Opening, Roll, proof, text, yuan
from ui.views.parts.columns import channel
from ui.words import enumerated, message, word

ZERO = Decimal("0.00")


def transit(data: CloseData) -> Roll:
    """在途滚动, channel by channel."""
    titles = {
        "opening": marked("Opening"), "gross": marked("Taken"), "refunds": marked("Refunds"), "fees": marked("Fees"),
        "other": marked("Other"), "received": marked("Arrived"), "adjustments": marked("Written off"),
        "prior": marked("Prior period"), "closing": marked("Closing"),
    }  # fmt: skip
    rows = tuple(
        Line(
            {
                "channel": one.channel, "opening": one.opening, "gross": one.month.gross, "refunds": -one.month.refunds,
                "fees": -one.month.fees, "other": one.month.other, "received": -one.month.received,
                "adjustments": one.month.adjustments, "prior": one.prior.net, "closing": one.closing,
                "proven": one.proven,
            }
        )
        for one in (data.transit.channels if data.transit else ())
    )  # fmt: skip
    # What no channel has takes no room.
    parts = [key for key in titles if key not in {"adjustments", "prior"} or any(getattr(row, key) for row in rows)]
    columns = (channel(), *(yuan(key, titles[key], bold=key == "closing") for key in parts), proof())
    told = [message(openings.CODE, **openings.facts(one)) for one in openings.by_channel(_contained(data))]
    return Roll(
        "transit", translate("Money on its way"),
        enumerated(told) or translate("opening + taken − refunds − fees − arrived = closing, yuan"),
        columns, rows, tuple(parts), _opens_transit(data), translate("Nothing is on its way"),
    )  # fmt: skip


def _contained(data: CloseData) -> tuple[openings.Contained, ...]:
    return data.transit.contained if data.transit else ()


def contained(data: CloseData) -> Roll:
    """What opening balances have in them of the month's receipts, number by number."""
    rows = tuple(
        Line(
            {
                "channel": one.channel, "merchant": one.merchant, "day": one.day, "items": one.items,
                "amount": one.amount,
            }
        )
        for one in _contained(data)
    )  # fmt: skip
    columns = (
        channel(), text("merchant", marked("Merchant number")), text("day", marked("Opening on"), 92, Kind.DAY),
        text("items", marked("Receipts"), 84, Kind.NUMBER), yuan("amount", marked("Taken before it"), bold=True),
    )  # fmt: skip

    def opens(row: Any, _key: str) -> Opening | None:
        filters = {"channel": row.channel, "merchant": row.merchant, "part": "contained"}
        return Opening("arrivals", {**filters, "first": data.month, "after": data.after})

    return Roll(
        "contained", translate("In the opening balance"), translate("taken before its day; counts in no figure, yuan"),
        columns, rows, ("amount",), opens,
    )  # fmt: skip


def _opens_transit(data: CloseData) -> Callable[[Any, str], Opening | None]:
    def opens(row: Any, key: str) -> Opening | None:
        if key in {"opening", "closing", "channel", "proven"}:
            days = {"after": data.month, "until": data.after} if key == "opening" else {"after": data.after}
            return Opening("open_at", {"channel": row.channel, **days})
        if key == "adjustments":
            return Opening("differences", {"channel": row.channel, "code": "D08", "state": "explained"})
        if key == "prior":
            return Opening("arrivals", {"channel": row.channel, "part": "gross", "after": data.month})
        return Opening("arrivals", {"channel": row.channel, "part": key, "first": data.month, "after": data.after})

    return opens


def bank(data: CloseData) -> Roll:
    """银行存款余额调节表, account by account."""
    rows = tuple(
        Line(
            {
                "account": masked(one.account), "statement": one.statement,
                "not_at_bank": sum((item.amount for item in one.not_at_bank), ZERO), "adjusted": one.adjusted_bank,
                "book": one.book, "not_in_book": sum((item.amount for item in one.not_in_book), ZERO),
                "adjusted_book": one.adjusted_book, "proven": None if one.gap is None else not one.gap,
            }
        )
        for one in data.bank
    )  # fmt: skip
    columns = (
        text("account", marked("Account"), 80, Kind.KEY), yuan("statement", marked("Statement")),
        yuan("not_at_bank", marked("+ not at the bank")),
        yuan("adjusted", marked("Adjusted"), bold=True), yuan("book", marked("Books")),
        yuan("not_in_book", marked("+ not in the books")),
        yuan("adjusted_book", marked("Adjusted"), bold=True), proof(),
    )  # fmt: skip
    return Roll(
        "bank", translate("Bank reconciliation"), translate("both sides come to the same figure, yuan"), columns, rows,
        opens=_opens_bank(data), empty=translate("No statement of this month"),
    )  # fmt: skip


def _opens_bank(data: CloseData) -> Callable[[Any, str], Opening | None]:
    def opens(_row: Any, _key: str) -> Opening | None:
        return Opening("bank_lines", {"first": data.month, "after": data.after})

    return opens


def bank_items(data: CloseData) -> Roll:
    """What one side has and the other has not yet."""
    rows = tuple(
        Line(
            {
                "day": item.day, "account": masked(one.account), "side": word(f"bank_side.{side}"),
                "payer": item.payer or "",
                "amount": item.amount,
            },
            item,
        )
        for one in data.bank
        for side in ("not_at_bank", "not_in_book")
        for item in getattr(one, side)
    )  # fmt: skip
    columns = (
        text("day", marked("Day"), 92, Kind.DAY), text("account", marked("Account"), 80),
        text("side", marked("Side"), 150),
        text("payer", marked("Counterparty")), yuan("amount", marked("Amount"), bold=True),
    )  # fmt: skip
    return Roll(
        "bank_items", translate("Reconciling items"), "", columns, rows, ("amount",), _opens_item,
        translate("Bank and books agree without any item"),
    )  # fmt: skip


def _opens_item(_row: Any, _key: str) -> Opening | None:
    return Opening("reconcile", {"leg": "bank"}, screen=True)


def proof_of_cash(data: CloseData) -> Roll:
    """The four columns of each account."""
    rows = tuple(
        Line(
            {
                "account": masked(one.account), "side": word(f"proof_side.{side}"), "opening": figures.opening,
                "receipts": figures.receipts, "payments": figures.payments, "closing": figures.closing,
                "proven": one.proven if side == "gap" else None,
            }
        )
        for one in data.proofs
        for side in ("bank", "before", "at_end", "book", "gap")
        for figures in (getattr(one, side),)
    )  # fmt: skip
    columns = (
        text("account", marked("Account"), 80), text("side", marked("Figure"), 110, Kind.KEY),
        yuan("opening", marked("Opening balance")),
        yuan("receipts", marked("Paid in")), yuan("payments", marked("Paid out")),
        yuan("closing", marked("Closing balance")),
    )  # fmt: skip
    return Roll(
        "proof", translate("Proof of cash"), translate("four columns, each from the bank to the books, yuan"), columns,
        rows, opens=_opens_bank(data), empty=translate("No statement of this month prints balances"),
    )  # fmt: skip
