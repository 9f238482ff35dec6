"""The adversary keeps its own books: the same for the same seed, to the fen, and only as odd as it was told to be."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from chainbrain.demo.adversary import Draw, Knobs, draw
from chainbrain.demo.adversary.knobs import ODDITIES
from chainbrain.demo.adversary.knots import EVERYTHING, KNOTS

# Shares that a small draw needs to show the oddity; by default 200 per mille.
STRONG = {
    "before_book": True, "chargebacks": 30, "refunds_late": 60, "missing_day": 60, "negative_days": 60,
    "rate_change": 500, "twins": 50, "duplicate_rows": 30, "held": 20, "late_items": 50, "near_collisions": 60,
    "closed_stores": 600, "missing_file": 400, "manual": 400, "fee_monthly": 500,
    "merged_deposits": 300, "rate_silent": 500,
}  # fmt: skip
# What a knob needs beside it.
BESIDE = {
    "cutoff_unstated": {"cutoff_late": 800}, "cutoff_misstated": {"cutoff_late": 800},
    "unmerged": {"rules": (0, 0, 1, 1)}, "fees_kept": {"refunds_full": 50}, "refund_one_sided": {"refunds_full": 100},
    "minimum_payout": {"sales": 6},
}  # fmt: skip
UNMARKED = {"holidays"}


@pytest.fixture(scope="module")
def everything() -> Draw:
    return draw(5, EVERYTHING, stores=10, days=35)


@pytest.fixture(scope="module")
def plain() -> Draw:
    return draw(5, Knobs(), stores=4, days=21)


def turned(knob: str) -> Knobs:
    return replace(Knobs(), **{knob: STRONG.get(knob, 200), **BESIDE.get(knob, {})})


def test_the_same_seed_gives_the_same_book() -> None:
    first, second = draw(7, EVERYTHING, 4, 20), draw(7, EVERYTHING, 4, 20)
    for table, frame in first.facts.tables().items():
        assert_frame_equal(frame, second.facts.tables()[table])
    assert_frame_equal(first.truth.pays, second.truth.pays)
    assert not draw(8, EVERYTHING, 4, 20).facts.payments.equals(first.facts.payments)


@pytest.mark.parametrize("knots", [Knobs(), EVERYTHING], ids=["plain", "everything"])
def test_every_deposit_is_what_it_pays_and_every_batch_is_paid_once(knots: Knobs) -> None:
    drawn = draw(3, knots, 10, 35)
    truth = drawn.truth
    payouts = truth.deposits.filter(pl.col("sort") == "payout")
    sums = truth.pays.group_by("bank_line_id").agg(paid=pl.col("amount").sum())
    held = payouts.join(sums, on="bank_line_id", how="left")
    assert held.height and held.filter(pl.col("paid").ne_missing(pl.col("amount"))).is_empty()
    arrived = truth.pays.group_by("batch_id").agg(paid=pl.col("amount").sum(), lines=pl.len())
    batches = truth.batches.join(arrived, on="batch_id", how="left")
    whole = batches.filter((pl.col("state") == "paid") & (pl.col("paid") == pl.col("net") + pl.col("adjust")))
    # The second half of a batch, or a late one, may come after the last day.
    assert batches.filter(pl.col("state") == "paid").height - whole.height <= 3
    assert batches.filter((pl.col("state") != "paid") & pl.col("paid").is_not_null()).is_empty()


def test_every_payment_is_in_one_batch_and_the_batch_is_their_sum(everything: Draw) -> None:
    truth = everything.truth
    assert truth.payments["payment_id"].is_unique().all()
    unpaid = truth.payments.filter(pl.col("batch_id").is_null() & pl.col("same_as").is_null())
    assert unpaid.height < truth.payments.height // 10
    sums = truth.payments.drop_nulls("batch_id").group_by("batch_id").agg(milli=pl.col("net").sum())
    off = truth.batches.join(sums, on="batch_id", how="full", coalesce=True).with_columns(
        gap=(pl.col("net") * 1000 - pl.col("milli"))
    )
    assert off["gap"].null_count() == 0
    # Fees that the bill does not print are taken off the batch; without those it is the sum, rounded once.
    printed = draw(3, replace(EVERYTHING, fee_batch=0, fee_monthly=0), 6, 35).truth
    sums = printed.payments.drop_nulls("batch_id").group_by("batch_id").agg(milli=pl.col("net").sum())
    gaps = printed.batches.join(sums, on="batch_id").select((pl.col("net") * 1000 - pl.col("milli")).abs())
    assert int(gaps.max().item()) <= 500 * 10  # a carried batch is rounded part by part


def test_amounts_in_the_book_are_those_of_the_truth(everything: Draw) -> None:
    seen = everything.truth.payments.filter("in_book")
    book = everything.facts.payments.select(
        "payment_id", milli=((pl.col("amount") - pl.col("fee")) * 100_000).cast(pl.Int64)
    )
    both = book.join(seen, on="payment_id", how="full", coalesce=True)
    assert both.filter(pl.col("milli").ne_missing(pl.col("net"))).is_empty()
    lines = everything.facts.bank_lines.select("bank_line_id", fen=(pl.col("amount") * 100).cast(pl.Int64))
    told = lines.join(everything.truth.deposits, on="bank_line_id", how="full", coalesce=True)
    assert told.filter(pl.col("fen").ne_missing(pl.col("amount"))).is_empty()


def test_the_running_balance_is_unbroken(everything: Draw) -> None:
    for _, lines in everything.facts.bank_lines.group_by("bank_account"):
        steps = lines.sort("posted_at", "balance").with_columns(
            gap=pl.col("balance") - pl.col("balance").shift(1) - pl.col("amount")
        )
        assert steps.filter(pl.col("gap") != 0).height <= 2  # lines of one second may stand in either order


def test_a_plain_business_has_nothing_odd(plain: Draw) -> None:
    assert plain.truth.oddities.is_empty()
    assert plain.truth.differences.is_empty()
    assert plain.truth.deposits["provable"].all()
    named = plain.truth.deposits["names"].value_counts()
    shares = dict(named.iter_rows())
    assert set(shares) == {"right", "nothing"}
    assert 0.6 < shares["right"] / plain.truth.deposits.height < 0.8
    assert plain.truth.links.height == plain.facts.payments.height


@pytest.mark.parametrize("knob", [knob for knob in ODDITIES if knob not in UNMARKED])
def test_a_knob_makes_its_oddity_and_no_other(knob: str) -> None:
    drawn = draw(2, turned(knob), stores=6, days=80 if knob == "chargebacks" else 35)
    touched = dict(drawn.truth.oddities["knob"].value_counts().iter_rows())
    assert touched.get(knob, 0) > 0
    assert set(touched) <= {knob, *BESIDE.get(knob, {})}


def test_holidays_lie_in_the_window_and_merge_deposits() -> None:
    drawn = draw(2, Knobs(holidays=True, rules=(0, 0, 1, 0)), stores=2, days=35)
    days = drawn.facts.bank_lines["posted_at"].dt.date()
    assert not {f"2026-10-0{day}" for day in range(1, 8)} & set(days.cast(pl.String))
    parts = drawn.truth.payments.group_by("batch_id").len()
    assert parts["len"].max() > 5 * parts["len"].median()  # type: ignore[operator]


def test_equal_batches_are_truly_ambiguous() -> None:
    drawn = draw(1, Knobs(equal_batches=80, memo_named=0), stores=8, days=28)
    several = drawn.truth.deposits.filter(pl.col("answers") > 1)
    assert several.height > 10
    assert several["amount"].is_duplicated().all()


def test_a_near_collision_equals_another_open_batch_of_the_account() -> None:
    drawn = draw(1, Knobs(near_collisions=60), stores=16, days=28)
    truth = drawn.truth
    odd = truth.oddities.filter((pl.col("knob") == "near_collisions") & (pl.col("record_type") == "batch"))
    trapped = truth.batches.join(odd, left_on="batch_id", right_on="record_id", how="semi")
    lines = truth.pays.join(trapped, on="batch_id", how="semi").join(
        truth.deposits.filter(pl.col("names") == "nothing"), on="bank_line_id", how="semi"
    )
    sums = {net for (net,) in trapped.filter(pl.col("state") != "paid").select("net").iter_rows()}
    assert {amount for (amount,) in lines.select("amount").iter_rows()} & sums
    held = truth.oddities.filter((pl.col("knob") == "near_collisions") & (pl.col("record_type") == "payment"))
    assert held.height > 5


def test_the_fixed_suite_has_forty_cases_of_different_names() -> None:
    assert len({knot.name for knot in KNOTS}) == len(KNOTS)
    assert sum(len(knot.seeds) for knot in KNOTS) >= 40


def test_sizes_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="0 stores"):
        draw(1, Knobs(), stores=0)
