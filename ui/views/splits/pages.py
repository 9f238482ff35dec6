"""The tables of the screen: columns, rows and totals of each page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from chainbrain.masking import login_masked
from ui import figures
from ui.models import Column, Kind
from ui.theme.translator import marked, translate
from ui.views.parts import columns as shared
from ui.views.parts.columns import DIFFERENCE_STATES, channel, month, yuan
from ui.views.splits.figures_of import Told
from ui.words import word

if TYPE_CHECKING:
    from chainbrain.splits.rules import SplitRule

PAGES = ("dues", "sums", "findings", "moved", "soon", "collected", "unreckoned", "rules")
BOARDS = ("ledger", "payments")
"""Pages that are more than one table."""


@dataclass(frozen=True)
class Page:
    """One table: its columns, how its rows are taken from what was read, and the columns that add up."""

    columns: tuple[Column, ...]
    rows: Callable[[Told], Sequence[object]]
    totals: tuple[str, ...] = ()


def page_title(key: str) -> str:
    """Return what a page is called."""
    titles: dict[str, str] = {
        "dues": translate("Due by the month"),
        "sums": translate("Split by the channels"),
        "findings": translate("Differences"),
        "moved": translate("Money moved"),
        "soon": translate("Released soon"),
        "collected": translate("Collected for others"),
        "unreckoned": translate("Cannot be known"),
        "rules": translate("Rules"),
        "ledger": translate("Ledger with stores"),
        "payments": translate("Payment list"),
    }
    return titles[key]


def nothing_said(key: str) -> str:
    """Return what an empty page says."""
    texts: dict[str, str] = {
        "dues": translate("No sales in this month that a rule takes a share of."),
        "sums": translate("No merchant number splits in this month: what is due is settled by the month."),
        "findings": translate("Every split is as agreed."),
        "moved": translate("Nothing to say: no split bill and fund flow of one WeChat number on the same days."),
        "soon": translate("No unsplit money is released within three days."),
        "collected": translate("No franchisee's money is collected in the chain's own name."),
        "unreckoned": translate("Everything that is due can be reckoned."),
        "rules": translate("No rules."),
    }
    return texts[key]


def pages(names: Mapping[str, str]) -> dict[str, Page]:
    """Return all pages by their keys.

    Args:
        names: of the stores by their numbers; read when a cell is painted.
    """

    def store(width: float = 96) -> Column:
        return Column(
            "store",
            lambda: translate("Store"),
            lambda row: row.store or "",
            width=width,
            narrow=60,
            text=lambda number: names.get(number, number),
            tip=lambda row: row.store or "",
        )

    whose = (month(), store(), _text("rule", _later(marked("Rule")), 104))
    receiver = _text("receiver", _later(marked("Receiver")))
    return {
        "dues": Page(
            (
                *whose, receiver,
                Column(
                    "basis", lambda: translate("Base"), lambda row: word(f"split_basis.{row.basis}"),
                    width=104, narrow=60,
                ),
                yuan("base", _later(marked("Base, yuan"))), yuan("due", _later(marked("Due to them")), bold=True),
                yuan("split", _later(marked("Split so far"))),
                yuan("left", _later(marked("Left to pay")), bold=True),
                Column("sales", lambda: translate("Sales"), _sales, Kind.MUTED, width=112, optional=True),
            ),
            lambda told: told.dues,
            ("due", "split", "left"),
        ),
        "sums": Page(
            (
                *whose, receiver,
                Column("parts", lambda: translate("Parts"), lambda row: row.parts, Kind.NUMBER, width=72),
                yuan("due", _later(marked("Due to them"))), yuan("done", _later(marked("As agreed")), bold=True),
                yuan("waiting", _later(marked("Waiting"))), yuan("wrong", _later(marked("Differs")), alarm="wrong"),
            ),
            lambda told: [one for one in told.sums if one.parts],
            ("due", "done", "waiting", "wrong"),
        ),
        "findings": Page(
            (
                Column("day", lambda: translate("Day"), lambda row: row.day, Kind.DAY, width=92),
                store(),
                Column(
                    "cause", lambda: translate("What is wrong"), _cause,
                    Kind.KEY, width=150, narrow=100, tip=_cause_told,
                ),
                Column(
                    "number", lambda: translate("Order number"), lambda row: row.number or "",
                    least=150, narrow=88, cut_middle=True,
                ),
                receiver, yuan("due", _later(marked("Due to them"))), yuan("done", _later(marked("Split so far"))),
                yuan("effect", _later(marked("Effect")), bold=True),
                Column("went_to", lambda: translate("Went to"), _went_to, width=150, optional=True),
                _day("due_on", optional=True),
                Column("state", lambda: translate("State"), _state, Kind.STATE, width=92, narrow=84),
            ),
            lambda told: told.findings,
            ("effect",),
        ),
        "moved": Page(
            (
                Column("day", lambda: translate("Day"), lambda row: row.day, Kind.DAY, width=92),
                store(),
                Column(
                    "merchant", lambda: translate("Merchant number"), _merchant, width=120, narrow=84, optional=True
                ),
                Column(
                    "code", lambda: translate("What is wrong"), _moved, Kind.KEY, width=170, narrow=110, tip=_moved,
                ),
                Column(
                    "number", lambda: translate("Order number"), lambda row: row.order_no or "",
                    least=130, narrow=88, cut_middle=True,
                ),
                Column(
                    "split_number", lambda: translate("Split number"), lambda row: row.number or "",
                    least=110, narrow=80, cut_middle=True,
                ),
                yuan("due", _later(marked("Split bill"))), yuan("moved", _later(marked("Fund flow"))),
                yuan("difference", _later(marked("Difference")), bold=True),
            ),
            lambda told: told.moved.findings,
        ),
        "soon": Page(
            (
                _day("released_on"), _days_left(),
                store(),
                channel(),
                Column(
                    "number", lambda: translate("Order number"), lambda row: row.number,
                    least=180, narrow=100, cut_middle=True,
                ),
                receiver, yuan("amount", _later(marked("Amount")), bold=True),
            ),
            lambda told: told.soon,
            ("amount",),
        ),
        "collected": Page(
            (
                store(), _text("name", _later(marked("Name"))),
                channel(),
                Column("number", lambda: translate("Merchant number"), _merchant, width=150, narrow=104),
                _text("legal_entity", _later(marked("Legal entity"))),
                yuan("amount", _later(marked("Collected")), bold=True),
                yuan("split", _later(marked("Split so far"))),
            ),
            lambda told: told.collected,
            ("amount", "split"),
        ),
        "unreckoned": Page(
            (
                *whose, receiver,
                Column(
                    "basis", lambda: translate("Base"), lambda row: word(f"split_basis.{row.basis}"),
                    width=150, narrow=84,
                ),
                yuan("taxed", _later(marked("Base, yuan"))),
                Column("days", lambda: translate("Days not known"), lambda row: row.days, Kind.NUMBER, width=96),
                Column(
                    "why", lambda: translate("Why"), lambda row: word(f"reason.{row.why}"),
                    Kind.MUTED, least=150, narrow=110,
                ),
            ),
            lambda told: told.unreckoned,
        ),
        "rules": Page(
            (
                _text("name", _later(marked("Rule")), 120),
                Column(
                    "store", lambda: translate("Store"),
                    lambda row: names.get(row.store, row.store) if row.store else translate("All stores"),
                    width=96, narrow=60,
                ),
                Column("channel", lambda: translate("Channel"), _channel, width=84, narrow=60),
                Column(
                    "category", lambda: translate("Product group"),
                    lambda row: row.category or translate("All products"), width=84, narrow=60,
                ),
                receiver,
                Column("kind", lambda: translate("Who it is"), _kind, Kind.MUTED, width=72, optional=True),
                Column(
                    "basis", lambda: translate("Base"), lambda row: word(f"split_basis.{row.basis}"),
                    width=104, narrow=60,
                ),
                Column("way", lambda: translate("Way"), lambda row: word(f"split_way.{row.way}"), width=96, narrow=64),
                Column("value", lambda: translate("Value"), value_text, Kind.KEY, least=120, narrow=84, tip=value_text),
                Column("cap", lambda: translate("Cap"), lambda row: row.cap, Kind.PERCENT, width=72, narrow=56),
                Column("from", lambda: translate("Holds from"), lambda row: row.valid_from, Kind.DAY, width=92),
                Column("to", lambda: translate("Until"), lambda row: row.valid_to, Kind.DAY, width=92),
            ),
            lambda told: told.rules,
        ),
    }  # fmt: skip


def total_texts(page: Page, rows: Sequence[object]) -> list[str]:
    """Return the total row; a column with an unknown part has no total."""
    return shared.total_texts([column.key for column in page.columns], page.totals, rows)


def value_text(rule: SplitRule) -> str:
    """Return what a rule gives, as people write it."""
    if rule.rate is not None:
        return f"{_percent(rule.rate)}%"
    if rule.fixed is not None:
        return translate("{amount} yuan an order").format(amount=figures.money(rule.fixed))
    steps = (f"{figures.compact(tier.start, 0)}+ {_percent(tier.rate)}%" for tier in rule.tiers)
    return " · ".join(steps)


def _later(source: str) -> Callable[[], str]:
    """Return a title in the language that is chosen when it is shown."""
    return lambda: translate(source)


def _percent(rate: Decimal) -> str:
    return f"{(rate * 100).normalize():f}"


def _day(key: str, *, optional: bool = False) -> Column:
    return Column(
        key, lambda: translate("Released on"), lambda row: getattr(row, key), Kind.DAY, width=92, optional=optional
    )


def _days_left() -> Column:
    return Column("days", lambda: translate("Days left"), lambda row: row.days, Kind.NUMBER, width=84, tone=_urgent)


def _channel(row: Any) -> str:
    return word(f"channel.{row.channel}") if row.channel else translate("All channels")


def _kind(row: Any) -> str:
    return word(f"split_receiver.{row.receiver_kind}") if row.receiver_kind else ""


def _cause(row: Any) -> str:
    return word(f"cause.{row.cause}")


def _cause_told(row: Any) -> str:
    return " · ".join(part for part in (_cause(row), _went_to(row)) if part)


def _went_to(row: Any) -> str:
    return f"{row.went_to or ''} {figures.money(row.went)}".strip() if row.went is not None else ""


def _moved(row: Any) -> str:
    told = word(f"split_moved.{row.code}")
    return told if row.items == 1 else translate("{what} ({count} lines)").format(what=told, count=row.items)


def _merchant(row: Any) -> str:
    return login_masked(row.merchant_no)


def _text(key: str, title: Callable[[], str], width: float = 0) -> Column:
    return Column(key, title, lambda row: getattr(row, key) or "", width=width, least=0 if width else 96, narrow=68)


def _state(row: Any) -> tuple[str, str]:
    return DIFFERENCE_STATES[row.state], word(f"difference_state.{row.state}")


def _urgent(row: Any) -> str:
    return "difference" if row.days <= 1 else "timing"


def _sales(row: Any) -> str:
    if row.by_till is None:
        return translate("some days without the till")
    return translate("of the till") if row.by_till else translate("wallets and platforms only")
