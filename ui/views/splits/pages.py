"""The tables of the screen: columns, rows and totals of each page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ui.models import Column, Kind
from ui.theme.translator import marked, translate
from ui.views.parts import columns as shared
from ui.views.parts.columns import channel, month, yuan
from ui.views.splits.cells import (
    cause_told,
    cause_word,
    channel_word,
    day,
    days_left,
    kind_word,
    later,
    merchant_number,
    moved_word,
    sales_word,
    state_mark,
    text_column,
    value_text,
    went_to,
)
from ui.views.splits.figures_of import Told
from ui.words import word

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

    whose = (month(), store(), text_column("rule", later(marked("Rule")), 104))
    receiver = text_column("receiver", later(marked("Receiver")))
    return {
        "dues": Page(
            (
                *whose, receiver,
                Column(
                    "basis", lambda: translate("Base"), lambda row: word(f"split_basis.{row.basis}"),
                    width=104, narrow=60,
                ),
                yuan("base", later(marked("Base, yuan"))), yuan("due", later(marked("Due to them")), bold=True),
                yuan("split", later(marked("Split so far"))),
                yuan("left", later(marked("Left to pay")), bold=True),
                Column("sales", lambda: translate("Sales"), sales_word, Kind.MUTED, width=112, optional=True),
            ),
            lambda told: told.dues,
            ("due", "split", "left"),
        ),
        "sums": Page(
            (
                *whose, receiver,
                Column("parts", lambda: translate("Parts"), lambda row: row.parts, Kind.NUMBER, width=72),
                yuan("due", later(marked("Due to them"))), yuan("done", later(marked("As agreed")), bold=True),
                yuan("waiting", later(marked("Waiting"))), yuan("wrong", later(marked("Differs")), alarm="wrong"),
            ),
            lambda told: [one for one in told.sums if one.parts],
            ("due", "done", "waiting", "wrong"),
        ),
        "findings": Page(
            (
                Column("day", lambda: translate("Day"), lambda row: row.day, Kind.DAY, width=92),
                store(),
                Column(
                    "cause", lambda: translate("What is wrong"), cause_word,
                    Kind.KEY, width=150, narrow=100, tip=cause_told,
                ),
                Column(
                    "number", lambda: translate("Order number"), lambda row: row.number or "",
                    least=150, narrow=88, cut_middle=True,
                ),
                receiver, yuan("due", later(marked("Due to them"))), yuan("done", later(marked("Split so far"))),
                yuan("effect", later(marked("Effect")), bold=True),
                Column("went_to", lambda: translate("Went to"), went_to, width=150, optional=True),
                day("due_on", optional=True),
                Column("state", lambda: translate("State"), state_mark, Kind.STATE, width=92, narrow=84),
            ),
            lambda told: told.findings,
            ("effect",),
        ),
        "moved": Page(
            (
                Column("day", lambda: translate("Day"), lambda row: row.day, Kind.DAY, width=92),
                store(),
                Column(
                    "merchant", lambda: translate("Merchant number"), merchant_number,
                    width=120, narrow=84, optional=True,
                ),
                Column(
                    "code", lambda: translate("What is wrong"), moved_word,
                    Kind.KEY, width=170, narrow=110, tip=moved_word,
                ),
                Column(
                    "number", lambda: translate("Order number"), lambda row: row.order_no or "",
                    least=130, narrow=88, cut_middle=True,
                ),
                Column(
                    "split_number", lambda: translate("Split number"), lambda row: row.number or "",
                    least=110, narrow=80, cut_middle=True,
                ),
                yuan("due", later(marked("Split bill"))), yuan("moved", later(marked("Fund flow"))),
                yuan("difference", later(marked("Difference")), bold=True),
            ),
            lambda told: told.moved.findings,
        ),
        "soon": Page(
            (
                day("released_on"), days_left(),
                store(),
                channel(),
                Column(
                    "number", lambda: translate("Order number"), lambda row: row.number,
                    least=180, narrow=100, cut_middle=True,
                ),
                receiver, yuan("amount", later(marked("Amount")), bold=True),
            ),
            lambda told: told.soon,
            ("amount",),
        ),
        "collected": Page(
            (
                store(), text_column("name", later(marked("Name"))),
                channel(),
                Column("number", lambda: translate("Merchant number"), merchant_number, width=150, narrow=104),
                text_column("legal_entity", later(marked("Legal entity"))),
                yuan("amount", later(marked("Collected")), bold=True),
                yuan("split", later(marked("Split so far"))),
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
                yuan("taxed", later(marked("Base, yuan"))),
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
                text_column("name", later(marked("Rule")), 120),
                Column(
                    "store", lambda: translate("Store"),
                    lambda row: names.get(row.store, row.store) if row.store else translate("All stores"),
                    width=96, narrow=60,
                ),
                Column("channel", lambda: translate("Channel"), channel_word, width=84, narrow=60),
                Column(
                    "category", lambda: translate("Product group"),
                    lambda row: row.category or translate("All products"), width=84, narrow=60,
                ),
                receiver,
                Column("kind", lambda: translate("Who it is"), kind_word, Kind.MUTED, width=72, optional=True),
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
