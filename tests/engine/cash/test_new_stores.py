"""Stores that open within the days to come: the chain's own openings say what they take, never a number of nobody's."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import numpy as np
import pytest
from cash_examples import NUMBER, OTHER, A, B, outlook_of, statement
from sales_book import MONDAY, SalesBook

from chainbrain.cash import backtest, receipts, sales_panel, start_words
from chainbrain.cash.basis import ReceiptsBasis
from chainbrain.cash.forecast import days
from chainbrain.cash.inflow import Streams
from chainbrain.cash.new_money import drawn, ways
from chainbrain.cash.new_stores import NewStores, Start
from chainbrain.cash.opening_spread import starts
from chainbrain.cash.outlook import CashOutlook
from chainbrain.own_openings import OpeningCurve
from chainbrain.texts import message

WEEK = [100, 90, 95, 110, 150, 210, 180]
WEEKS = 18
LAST = MONDAY + timedelta(days=WEEKS * 7 - 1)
RAMP = [0.55, 0.7, 0.8, 0.9, 1.0]
SIZES = {"M1": 9.0, "M2": 10.0, "M3": 11.0, "M4": 12.0}


def _day(size: float, day: date, opened: date | None = None, slow: float = 1.0) -> int:
    share = 1.0 if opened is None else min(RAMP[min((day - opened).days // 30, 4)] * slow, 1.0)
    number = (day - MONDAY).days
    return round(size * share * WEEK[number % 7] + (number * 37) % 11)


def _amounts(
    size: float, first: date, last: date, opened: date | None = None, slow: float = 1.0
) -> list[str | int | None]:
    return [_day(size, first + timedelta(days=i), opened, slow) for i in range((last - first).days + 1)]


def _chain(openings: int = 2, *, coming: date | None = None, young: date | None = None) -> SalesBook:
    """Four mature stores, up to two openings of the past, one to come and one that is three weeks old."""
    chain = SalesBook()
    for key, size in SIZES.items():
        chain.store(key, region="南").sales(key, MONDAY, _amounts(size, MONDAY, LAST))
        chain.sales(key, MONDAY, _amounts(size / 4, MONDAY, LAST), channel="meituan")
    for number, (week, slow) in enumerate(((2, 0.95), (5, 1.05))[:openings]):
        opened = MONDAY + timedelta(weeks=week)
        chain.store(f"O{number}", region="北", opened_on=opened)
        chain.sales(f"O{number}", opened, _amounts(13, opened, LAST, opened, slow))
    if coming is not None:
        chain.store("N1", name="新店", region="北", opened_on=coming)
    if young is not None:
        chain.store("Y1", name="小店", region="北", opened_on=young)
        chain.sales("Y1", young, _amounts(6, young, LAST, young))
    return chain


@cache
def _found(openings: int = 2, after: int = 6, young_days: int | None = 21) -> receipts.ReceiptsForecast:
    young = None if young_days is None else LAST - timedelta(days=young_days - 1)
    chain = _chain(openings, coming=LAST + timedelta(days=after), young=young)
    return receipts.forecast(chain.done(), days.shipped(), 28)


def test_a_store_to_open_lies_within_what_openings_say() -> None:
    found = _found()
    line = found.line("store", "N1")
    opened = LAST + timedelta(days=6)
    assert [one.mean for one in line.days[:5]] == [Decimal("0.00")] * 5
    # What it will really take: the third opening of the chain, of a size within that of the others.
    came = sum(_amounts(10.5 * 1.25, opened, LAST + timedelta(days=28), opened))
    total = line.total
    assert total.p10 < came < total.p90
    assert total.p2_5 < total.p10 < total.mean < total.p90 < total.p97_5
    # Neither nothing nor anything: not more than a mature store, not less than a fifth of one.
    assert found.line("store", "M1").total.mean / 5 < total.mean < found.line("store", "M4").total.mean
    (told,) = [one for one in found.starts if one.store == "N1"]
    assert (told.openings, told.peers, told.own_days, told.opens_on) == (2, 4, 0, opened)
    assert found.unknown == ()


def test_levels_with_new_stores_add_up_to_the_cent() -> None:
    found = _found()
    chain = found.line("chain")
    for level in ("store", "channel", "region"):
        lines = [one for one in found.lines if one.level == level]
        for number, day in enumerate(chain.days):
            assert sum((one.days[number].mean for one in lines), Decimal(0)) == day.mean
    for line in found.lines:
        for one in (*line.days, *line.weeks, *line.cumulative):
            assert one.p2_5 <= one.p10 <= one.p50 <= one.p90 <= one.p97_5
    north = found.line("region", "北").total
    alone = [found.line("store", key).total for key in ("O0", "O1")]
    # A store of which less is known makes its region less certain.
    assert north.p90 - north.p10 > max(one.p90 - one.p10 for one in alone)


def test_a_young_store_is_measured_by_itself() -> None:
    found = _found()
    assert found.by_past == ()
    (told,) = [one for one in found.starts if one.store == "Y1"]
    assert (told.own_days, told.openings) == (21, 2)
    young = LAST - timedelta(days=20)
    came = sum(_amounts(6, LAST + timedelta(days=1), LAST + timedelta(days=28), young))
    total = found.line("store", "Y1").total
    assert total.p10 < came < total.p90
    assert abs(float(total.mean) / came - 1) < 0.12
    # Its own past alone would stay at the first month's level.
    assert float(total.mean) > sum(_amounts(6, young, LAST, young)) * 28 / 21


def test_one_opening_makes_no_figure() -> None:
    found = _found(openings=1)
    assert found.unknown == ("N1",)
    assert found.by_past == ("Y1",)
    assert found.starts == ()
    assert not [one for one in found.lines if one.key == "N1"]


def test_what_opens_after_these_days_is_not_in_them_and_the_others_stay_as_they_are() -> None:
    later = receipts.forecast(_chain(coming=LAST + timedelta(days=40)).done(), days.shipped(), 28)
    assert later.unknown == () and later.starts == ()
    for key in ("M1", "O1"):
        assert _found(young_days=None).line("store", key) == later.line("store", key)


def test_openings_count_month_by_month_while_two_of_them_know_it() -> None:
    def curve(*share: str, finished: bool = False) -> OpeningCurve:
        return OpeningCurve("S", "S", MONDAY, tuple(Decimal(one) for one in share), finished)

    assert starts([curve("0.5", "0.6")]) is None
    begun = starts([curve("0.5", "0.6", "0.9"), curve("0.6", "0.8")])
    assert begun is not None
    assert begun.share == pytest.approx([np.sqrt(0.3), np.sqrt(0.48)])
    assert begun.months(np.array([0, 29, 30, 400])).tolist() == [0, 0, 1, 1]
    # Two that are alike do not make the next one sure.
    alike = starts([curve("0.5"), curve("0.5")])
    assert alike is not None
    assert float(alike.spread(np.array([0]))[0]) == pytest.approx(0.05**2 * 1.5)


def _new(store: str = "N1", peers: frozenset[str] = frozenset({"M1", "M2"})) -> NewStores:
    mean = np.full((1, 3), 100.0)
    ends = np.stack([mean * one for one in (0.5, 0.7, 1.0, 1.4, 2.0)])
    told = (Start(store, store, LAST, 2, 2, 0),)
    return NewStores(((store, "in_store"),), mean, ends, mean * 0, told, (), {store: peers})


PAIRS = (("M1", "in_store"), ("M2", "in_store"), ("M3", "in_store"))
RECENT = np.array([100.0, 300.0, 100.0])


def _streams() -> Streams:
    weights = np.array([[0.8, 0.0, 0.0], [0.0, 0.4, 0.0], [0.0, 0.0, 0.6]])
    return Streams((("甲", "T1", None, LAST), ("乙", "T1", None, LAST), ("丙", "D0", None, LAST)), weights, ())


def test_money_of_a_new_store_goes_where_the_list_of_accounts_says() -> None:
    made, unplaced = ways(_new(), _streams(), PAIRS, RECENT, {"N1": frozenset({"乙"})})
    assert unplaced == ()
    # Half of what the stores behind it take reaches the bank, 0.25 × 0.8 + 0.75 × 0.4; all of it at 乙.
    assert made[:, 0] == pytest.approx([0.0, 0.5, 0.0])
    far, _ = ways(_new(), _streams(), PAIRS, RECENT, {"N1": frozenset({"丙"})})
    assert far[:, 0] == pytest.approx([0.0, 0.0, 0.5])


def test_nobody_guesses_whose_account_it_is() -> None:
    made, unplaced = ways(_new(), _streams(), PAIRS, RECENT, {})
    assert unplaced == ("N1",) and not made.any()
    alone, placed = ways(_new(peers=frozenset({"M1"})), _streams(), PAIRS, RECENT, {})
    assert placed == () and alone[:, 0] == pytest.approx([0.8, 0.0, 0.0])


def test_paths_of_new_stores_spread_as_far_as_their_ranges() -> None:
    paths = drawn(_new(), np.array([[1.0]]), 2000)
    assert paths.shape == (2000, 1, 3)
    low, middle, high = np.quantile(paths[:, 0, 0], (0.1, 0.5, 0.9))
    assert (low, middle, high) == (
        pytest.approx(70, rel=0.06),
        pytest.approx(100, rel=0.06),
        pytest.approx(140, rel=0.06),
    )


def test_stores_of_later_change_nothing() -> None:
    other = _chain(coming=LAST + timedelta(days=6)).store("Z9", opened_on=LAST + timedelta(days=300))
    assert receipts.forecast(other.done(), days.shipped(), 28).lines == _found(young_days=None).lines


def test_what_is_said_of_new_stores() -> None:
    found = _found()
    said = dict(start_words.told(found.starts, found.unknown, ("N1",)))
    assert list(said) == ["forecast.starts", "forecast.starts_young", "forecast.unplaced"]
    assert said["forecast.starts"] == {"stores": (f"新店 ({LAST + timedelta(days=6)})",), "openings": 2, "peers": 4}
    for lang, word in (("zh", "假设"), ("en", "assumption")):
        assert word in message("forecast.starts", lang, **said["forecast.starts"])
    assert [code for code, _ in start_words.told((), ("N1",))] == ["forecast.unknown"]


def _kinds(stalls: int, kind: str | None = "档口", **facts: str) -> receipts.ReceiptsForecast:
    """Restaurants, and stalls that take half as much; one store is to open."""
    chain = _chain(coming=None)
    for number in range(4):
        chain.store(f"R{number}", format="正餐").sales(f"R{number}", MONDAY, _amounts(20, MONDAY, LAST))
    for number in range(stalls):
        size = 4.8 + number / 10
        chain.store(f"K{number}", format="档口", city_tier="三线", **facts)
        chain.sales(f"K{number}", MONDAY, _amounts(size, MONDAY, LAST))
    chain.store("N1", name="新店", format=kind, opened_on=LAST + timedelta(days=1))
    return receipts.forecast(chain.done(), days.shipped(), 28)


def test_a_store_to_open_is_held_against_its_own_kind_where_enough_are_alike() -> None:
    like, anybody = _kinds(5), _kinds(5, kind=None)
    (told,) = like.starts
    assert (told.peers, told.like, told.asked) == (5, ("档口", "ownership.own"), ())
    usual, other = like.line("store", "N1").total.mean, anybody.line("store", "N1").total.mean
    assert float(other / usual) > 1.5
    stall = like.line("store", "K2").total.mean
    assert float(usual / stall) == pytest.approx(0.6, abs=0.1)  # a stall in its first month
    assert anybody.starts[0].like == () and anybody.starts[0].peers == 13
    said = dict(start_words.told(like.starts, ()))["forecast.peers_like"]
    assert message("forecast.peers_like", "zh", **said) == "比的是同类（档口、直营）的 5 家成熟店：新店"


def test_fewer_of_its_kind_than_enough_are_left_for_wider_ones_and_that_is_said() -> None:
    (told,) = _kinds(4).starts
    assert (told.peers, told.closest, told.least) == (12, 4, 5)
    codes = dict(start_words.told((told,), ()))
    assert set(codes) == {"forecast.starts", "forecast.peers_all"}
    text = message("forecast.peers_all", "zh", **codes["forecast.peers_all"])
    assert text == "同类（档口、直营）的成熟店只有 4 家，不到 5 家，比的是全部 12 家：新店"
    # Franchise stalls are of its format: they stand for it, all the same.
    (told,) = _kinds(5, ownership="franchise").starts
    assert (told.peers, told.like, told.closest) == (5, ("档口",), 0)
    text = message("forecast.peers_wider", "en", **dict(start_words.told((told,), ()))["forecast.peers_wider"])
    assert text.startswith("Only 0 mature stores are of the kind") and "alike in: 档口" in text


def _selling(entities: dict[str, str], *, coming: date | None) -> SalesBook:
    """Three quarters of what mature stores take in the store is paid by WeChat and arrives on the next working day."""
    chain = _chain(coming=coming)
    for number, entity in enumerate((A, B)):
        account = (NUMBER, OTHER)[number]
        statement(chain, account, LAST, "-10.00", "100000.00")
        for key, owner in entities.items():
            if owner == entity:
                chain.account(
                    key, "wechat", f"wechat-{key}", legal_entity=entity, bank_account=account, settlement_rule="T1"
                )
    for key, size in SIZES.items():
        for number in range(56):
            day = LAST - timedelta(days=number)
            net = Decimal(_day(size, day)) * 3 / 4
            chain.payment(key, "wechat", day, f"{net:.2f}", "0.00000")
    return chain


def test_a_new_store_is_in_the_balances_where_its_account_is_known() -> None:
    opening = LAST + timedelta(days=6)
    owners = {"M1": A, "M2": A, "M3": B, "M4": B}
    before = outlook_of(_selling(owners, coming=None))
    assert isinstance(before.receipts, ReceiptsBasis) and before.receipts.starts == ()
    known = outlook_of(_selling({**owners, "N1": B}, coming=opening))
    basis = known.receipts
    assert isinstance(basis, ReceiptsBasis)
    assert [one.store for one in basis.starts] == ["N1"] and basis.unplaced == ()

    def more(found: CashOutlook, entity: str | None) -> Decimal:
        paths = [one.path(entity) for one in (found, before)]
        new, old = (sum((day.receipts for day in path.days), Decimal(0)) for path in paths if path is not None)
        return new - old

    assert more(known, A) == 0 and more(known, B) == more(known, None) > 0
    # A fifth is sold by delivery, of the rest three quarters are paid by WeChat; what is sold from Friday on arrives on
    # the Monday after these days.
    sold = _found(young_days=None).line("store", "N1").days[:-3]
    assert float(more(known, B)) == pytest.approx(0.6 * float(sum(day.mean for day in sold)), rel=0.02)
    # Nothing arrives before it opens, and no path of it begins sooner.
    early = [day.day for day in known.chain.days if day.day <= opening]
    assert known.chain.days[: len(early)] == before.chain.days[: len(early)]


def test_accuracy_has_no_history_of_a_store_to_open() -> None:
    sold = sales_panel.read(_chain(coming=LAST + timedelta(days=6), young=LAST - timedelta(days=20)).done(), 28)
    assert backtest._to_open(sold) == ("N1",)
    assert backtest._by_past(sold) == ("Y1",)
