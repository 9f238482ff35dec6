"""The adversary as a stranger sees it: contracts, calendar and bills explain a plain book, and its traps do close."""

from __future__ import annotations

import polars as pl
import pytest

from chainbrain.calendar import Calendar, Holiday
from chainbrain.database.book import Book
from chainbrain.demo.adversary import Draw, Knobs, draw


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    book = Book.in_memory()
    rows = book.rows_of("select day, kind, name, projected from base.holidays")
    book.close()
    return Calendar(Holiday(*row) for row in rows)


def expected(drawn: Draw, calendar: Calendar) -> pl.DataFrame:
    """Per merchant and day of arrival what the bills add up to, by the word of the contract: ``expects`` in yuan."""
    contracts = drawn.facts.accounts.select("merchant_no", "settlement_rule", "settlement_cutoff", "bank_account")
    rows = drawn.facts.payments.join(contracts.unique(), on="merchant_no")
    arrival = [
        calendar.settles_on(rule, moment, cutoff)
        for rule, moment, cutoff in rows.select("settlement_rule", "occurred_at", "settlement_cutoff").iter_rows()
    ]
    return (
        rows.with_columns(day=pl.Series(arrival))
        .group_by("bank_account", "channel", "merchant_no", "day")
        .agg(expects=(pl.col("amount") - pl.col("fee")).sum(), payments=pl.col("payment_id"))
    )


def arrived(drawn: Draw) -> pl.DataFrame:
    """The statement lines with their channel and day."""
    payers = {"财付通": "wechat", "支付宝": "alipay", "拉卡拉": "lakala"}
    return drawn.facts.bank_lines.select(
        "bank_line_id", "bank_account", "amount", "memo", day=pl.col("posted_at").dt.date(),
        channel=pl.col("counterparty").str.head(3).replace_strict(payers),
    )  # fmt: skip


@pytest.mark.parametrize(
    "knobs",
    [
        Knobs(),
        Knobs(holidays=True, rules=(1, 1, 1, 1)),
        Knobs(cutoff_late=500, cutoff_early=400),
        Knobs(refunds_full=20, half_fen=300, one_fen=20),
    ],
    ids=["plain", "holidays", "stated cut-offs", "refunds and rounding"],
)
def test_contract_calendar_and_bills_explain_every_deposit_to_the_fen(knobs: Knobs, calendar: Calendar) -> None:
    drawn = draw(11, knobs, stores=4, days=35)
    last = drawn.facts.coverage["day"].max()
    due = expected(drawn, calendar).filter((pl.col("day") <= last) & (pl.col("expects") > 0))
    keys = ["bank_account", "channel", "day"]
    ours = due.select(*keys, amount="expects").sort(*keys, "amount")
    theirs = arrived(drawn).select(*keys, "amount").sort(*keys, "amount")
    assert ours.height > 100
    assert ours.rows() == theirs.rows()


def believed(drawn: Draw, calendar: Calendar) -> tuple[int, int]:
    """What an engine confirms, and confirms wrongly, that takes every amount that is unique within four days."""
    due, lines = expected(drawn, calendar), arrived(drawn)
    pairs = lines.join(due, on=["bank_account", "channel"], suffix="_due").filter(
        (pl.col("amount") == pl.col("expects")) & (pl.col("day") - pl.col("day_due")).dt.total_days().is_between(0, 4)
    )
    only = pairs.filter(
        pl.len().over("bank_line_id") == 1, pl.len().over("bank_account", "merchant_no", "day_due") == 1
    )
    paid = drawn.truth.pays.join(drawn.truth.payments, on="batch_id").select("bank_line_id", payments="payment_id")
    told = only.select("bank_line_id", "payments").explode("payments")
    wrong = told.join(paid, on=["bank_line_id", "payments"], how="anti")["bank_line_id"].n_unique()
    return only.height, wrong


def test_uniqueness_alone_is_right_in_a_plain_business(calendar: Calendar) -> None:
    confirmed, wrong = believed(draw(1, Knobs(memo_named=0), stores=8, days=28), calendar)
    assert confirmed > 300
    assert wrong == 0


def test_uniqueness_alone_falls_into_the_traps(calendar: Calendar) -> None:
    drawn = draw(1, Knobs(near_collisions=60), stores=16, days=28)
    _, wrong = believed(drawn, calendar)
    assert wrong > 15
