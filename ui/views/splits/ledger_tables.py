"""The tables of the ledger and of the payment list: their columns and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chainbrain.ledger import fairness
from chainbrain.masking import masked
from ui.models import Column, Kind
from ui.theme.translator import translate
from ui.views.parts.columns import month, yuan
from ui.words import enumerated, message, word

if TYPE_CHECKING:
    from chainbrain.ledger.lines import LedgerLine
    from chainbrain.ledger.payment_lines import PaymentLine

MONTH_SUMS = ("collected", "royalty", "purchases", "paid", "closing")
_STATES = {"equal": "matched", "differs": "difference", "only_theirs": "timing", "only_ours": "timing"}


def month_columns() -> tuple[Column, ...]:
    """Return the columns of the months: the balance first read from opening to closing, and both sides at the end."""
    return (
        month(),
        Column("store", lambda: translate("Store"), lambda row: row.store, Kind.KEY, width=72, narrow=56),
        Column(
            "name",
            lambda: translate("Name"),
            lambda row: row.name or "",
            least=120,
            tip=lambda row: row.name or "",
            optional=True,
        ),
        yuan("opening", lambda: translate("Brought in"), width=84),
        yuan("collected", lambda: translate("Collected"), width=84),
        Column("split", lambda: translate("Split out"), lambda row: row.split, Kind.MONEY, width=76, optional=True),
        yuan("royalty", lambda: translate("Royalties"), width=84),
        yuan("purchases", lambda: translate("Purchases"), width=84),
        Column("others", lambda: translate("Others"), _others, Kind.MONEY, width=76, narrow=64, whole=True),
        yuan("paid", lambda: translate("Paid, net"), width=84),
        yuan("closing", lambda: translate("Balance"), width=92, bold=True),
        Column("who", lambda: translate("Who owes"), _who, width=124, narrow=84),
        yuan("gap", lambda: translate("Sides differ"), width=88, alarm="gap"),
    )


def line_columns() -> tuple[Column, ...]:
    """Return the columns of the lines of one month."""
    return (
        Column("day", lambda: translate("Day"), lambda row: row.day, Kind.DAY, width=92),
        Column("what", lambda: translate("Item"), line_name, Kind.KEY, least=160, narrow=120, tip=line_name),
        Column(
            "base", lambda: translate("Base, yuan"), lambda row: row.base, Kind.MONEY, width=104, narrow=72, whole=True
        ),
        Column(
            "number",
            lambda: translate("Number"),
            lambda row: row.reference or "",
            least=110,
            narrow=84,
            cut_middle=True,
        ),
        Column(
            "note",
            lambda: translate("Note"),
            lambda row: row.note or "",
            least=110,
            narrow=72,
            tip=lambda row: row.note or "",
        ),
        Column("rows", lambda: translate("Rows"), lambda row: row.rows, Kind.NUMBER, width=72, narrow=52),
        yuan("amount", lambda: translate("Amount")),
        yuan("effect", lambda: translate("Effect"), bold=True),
    )


def row_columns() -> tuple[Column, ...]:
    """Return the columns of the rows behind a line."""
    return (
        Column("day", lambda: translate("Day"), lambda row: row.day, Kind.DAY, width=92),
        Column("channel", lambda: translate("Channel"), _channel, width=92),
        Column(
            "number",
            lambda: translate("Order number"),
            lambda row: row.number or "",
            least=170,
            narrow=100,
            cut_middle=True,
        ),
        yuan("amount", lambda: translate("Amount")),
        Column("fee", lambda: translate("Fee"), lambda row: row.fee, Kind.MONEY, width=92),
        yuan("net", lambda: translate("Net"), bold=True),
        Column("file", lambda: translate("File"), lambda row: row.file or "", least=160, narrow=100, cut_middle=True),
        Column("line", lambda: translate("Line"), lambda row: row.line, Kind.NUMBER, width=72),
    )


def compared_columns() -> tuple[Column, ...]:
    """Return the columns of a fairness file held against the book."""
    return (
        Column("section", lambda: translate("Section"), lambda row: word(f"fairness.{row.section}"), width=110),
        Column("key", lambda: translate("Line"), lambda row: row.key, Kind.KEY, least=200, tip=lambda row: row.key),
        Column("state", lambda: translate("State"), _compared, Kind.STATE, width=120),
        Column("theirs", lambda: translate("Theirs"), lambda row: _told(row, 1), least=160),
        Column("ours", lambda: translate("This book"), lambda row: _told(row, 2), least=160),
    )


def payment_columns() -> tuple[Column, ...]:
    """Return the columns of the payment list."""
    return (
        Column("goes", lambda: translate("State"), _goes, Kind.STATE, width=104, narrow=88),
        Column("store", lambda: translate("Store"), lambda row: row.store, width=72, narrow=56),
        Column(
            "name",
            lambda: translate("Payee"),
            lambda row: row.name,
            Kind.KEY,
            least=150,
            narrow=90,
            tip=lambda row: row.name,
        ),
        Column("what", lambda: translate("Item"), _payment_what, width=110, narrow=76),
        Column("holder", lambda: translate("Account name"), _holder, least=150, narrow=90, tip=_holder),
        Column("account", lambda: translate("Account"), _account, width=84),
        yuan("amount", lambda: translate("Amount"), bold=True),
        Column("checks", lambda: translate("Look at"), checks_text, least=220, narrow=120, tip=checks_text),
    )


def line_name(row: LedgerLine) -> str:
    """Return what a line is: its kind, with the channel or the agreement."""
    parts = [word(f"ledger_kind.{row.kind}")]
    parts += [word(f"channel.{row.channel}")] if row.channel else []
    parts += [row.rule] if row.rule else []
    return " · ".join(parts)


def checks_text(row: PaymentLine) -> str:
    """Return what has to be looked at before it is paid."""
    return enumerated(message(f"payment_check.{one.code}", **dict(one.facts)) for one in row.checks)


def _others(row: Any) -> Any:
    return row.advances + row.penalties - row.other


def _who(row: Any) -> str:
    if row.closing == 0:
        return word("ledger_standing.even")
    return translate("Head office owes") if row.closing > 0 else translate("The store owes")


def _channel(row: Any) -> str:
    return word(f"channel.{row.channel}") if row.channel else translate("Till only")


def _compared(row: fairness.Compared) -> tuple[str, str]:
    return _STATES[row.state], word(f"fairness_state.{row.state}")


def _told(row: fairness.Compared, side: int) -> str:
    return enumerated(f"{word(f'fairness_field.{one[0]}')} {one[side] or '-'}" for one in row.differing)


def _goes(row: PaymentLine) -> tuple[str, str]:
    if row.goes():
        return "matched", translate("on the list")
    return "difference", translate("held back")


def _payment_what(row: PaymentLine) -> str:
    return row.rule or word(f"payment_kind.{row.kind}")


def _holder(row: PaymentLine) -> str:
    return row.payee.holder if row.payee else ""


def _account(row: PaymentLine) -> str:
    return masked(row.payee.account_no) if row.payee else ""
