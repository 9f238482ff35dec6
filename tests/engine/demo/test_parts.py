"""The small parts on their own: rounding, figures as text, column names, working days."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from chainbrain.demo import stores, workdays
from chainbrain.demo.chain import LAST_DAY
from chainbrain.demo.draws import half_up, pick, some, stream
from chainbrain.demo.files import plain_yuan, rate_text, yuan
from chainbrain.demo.workbook import letters

FEN = st.integers(-(10**11), 10**11)


@given(FEN, st.integers(0, 2000))
def test_fees_round_half_up(fen: int, rate: int) -> None:
    exact = Decimal(fen) * rate / 10_000
    assert half_up(np.array([fen]), rate)[0] == exact.quantize(Decimal(1), ROUND_HALF_UP)


def test_worked_fees() -> None:
    amounts = np.array([1234, 50, 800, 2550, 19_900, 130])
    assert half_up(amounts, 38).tolist() == [5, 0, 3, 10, 76, 0]
    assert half_up(amounts, 60).tolist() == [7, 0, 5, 15, 119, 1]
    assert half_up(np.array([-3000]), 60).tolist() == [-18]


@given(st.lists(FEN, min_size=1, max_size=20))
def test_figures_as_text(fens: list[int]) -> None:
    shown = pl.DataFrame({"a": fens}, schema={"a": pl.Int64}).select(yuan("a", 3)).to_series().to_list()
    assert shown == [plain_yuan(fen, 3) for fen in fens]
    assert [Decimal(text) for text in shown] == [Decimal(fen).scaleb(-2) for fen in fens]
    assert pl.DataFrame({"a": [38]}).select(rate_text("a")).item() == "0.38%"


@given(st.integers(0, 16_383))
def test_column_names(index: int) -> None:
    assert letters(index) == get_column_letter(index + 1)


def test_draws_keep_to_their_weights_and_limits() -> None:
    rng = stream(1, "test")
    drawn = pick(rng, (0, 3, 0, 1), 4000)
    assert set(drawn.tolist()) == {1, 3}
    assert 2800 < (drawn == 1).sum() < 3200
    eligible = np.array([True, False, True, True])
    assert sorted(some(rng, eligible, 9).tolist()) == [0, 2, 3]
    assert stream(1, "a").integers(10**9) != stream(1, "b").integers(10**9)


def test_payouts_wait_for_the_end_of_the_holidays() -> None:
    assert workdays.workday_after(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert workdays.workday_after(date(2026, 10, 9), 1) == date(2026, 10, 10)  # a worked Saturday
    assert workdays.workday_after(date(2026, 9, 23), 3) == date(2026, 9, 29)
    assert workdays.is_holiday(date(2026, 9, 25))
    assert not workdays.is_workday(date(2026, 9, 27))
    assert workdays.is_makeup(date(2026, 9, 20))


def test_numbers_and_stores_stay_apart_in_a_large_chain() -> None:
    chain = stores.build(300, 60, 7, LAST_DAY)
    assert len({merchant.number for merchant in chain.merchants}) == len(chain.merchants)
    assert all(len(merchant.number) == (10 if merchant.channel == "wechat" else 16) for merchant in chain.merchants)
    assert len({shop.name for shop in chain.stores}) == len({shop.code for shop in chain.stores}) == 300
    assert len({shop.meituan_id for shop in chain.stores}) == 300
    assert all(shop.opened_on < chain.start or shop.index == chain.newcomer for shop in chain.stores)
    shared = [shop for shop in chain.stores if shop.wechat_terminal]
    assert len({shop.wechat for shop in shared}) == 1
    assert len({shop.wechat_terminal for shop in shared}) == len(shared)
