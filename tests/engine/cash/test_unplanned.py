"""Payments that the banks' history proves and no plan knows: taken off once, on their days or on average."""

from __future__ import annotations

import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from cash_examples import NUMBER, OTHER, SOLD_TO, A, B, banks, item_of, outlook_of, prove, selling, statement, wallet
from sales_book import SalesBook, uid

from chainbrain.cash import irregular
from chainbrain.cash.forecast import days
from chainbrain.cash.irregular import Usual, steady_lines
from chainbrain.cash.measuring import Measured, measure
from chainbrain.cash.others import set_apart
from chainbrain.cash.outlook import CashPath
from chainbrain.cash.payment_paths import lasting, shaken
from chainbrain.cash.plan import PlanItem
from chainbrain.cash.reckoning import reckon
from chainbrain.cash.recurring import Dismissal, Outgoing, proposals
from chainbrain.cash.uncounted import steady
from chainbrain.database.book import Book
from chainbrain.money import half_up

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

KNOWN = {A: (date(2026, 4, 1), SOLD_TO)}


def _paid(payee: str, day: date, amount: str, memo: str = "") -> Outgoing:
    return Outgoing(f"{payee}{day}{amount}", NUMBER, day, Decimal(amount), payee, memo, None, 1)


def _wages(amount: str = "38000.00") -> list[Outgoing]:
    return [_paid("代发", date(2026, month, 15), amount, "工资") for month in (4, 5, 6, 7)]


@pytest.fixture(scope="module")
def paying() -> tuple[Book, Measured]:
    """A company that paid its wages on every 15th, and knows a fee of its bank on the last day."""
    chain = banks()
    for number, month in enumerate((4, 5, 6, 7)):
        chain.row(
            "bank_lines", bank_line_id=uid("wages", month), bank_account=NUMBER, file_id=uid("file", NUMBER),
            posted_at=datetime(2026, month, 15, 9), amount=Decimal("-38000.00"), sheet=None, line=number, balance=None,
            counterparty="代发", memo="工资",
        )  # fmt: skip
    book = chain.done()
    return book, measure(book, days.shipped(), (), 28)


def _of_a(
    paying: tuple[Book, Measured], *plan: PlanItem, dismissed: tuple[Dismissal, ...] = (), known: bool = False
) -> CashPath:
    found = reckon(*paying, plan, {}, with_irregular=not known, dismissed=dismissed)
    for path in found.paths:
        prove(path)
    path = found.path(A)
    assert path is not None
    return path


def test_steady_payments_are_taken_off_on_their_days_and_only_once(paying: tuple[Book, Measured]) -> None:
    beside = _of_a(paying)
    assert [(due.day, due.amount) for due in beside.steady] == [(date(2026, 8, 15), Decimal("38000.00"))]
    assert beside.days[12].expected - beside.days[11].expected < Decimal("-38000.00") + 1
    # Taken into the plan, they are the same path.
    planned = _of_a(paying, item_of(date(2026, 8, 15), "38000.00", cycle="monthly"))
    assert planned.steady == () and planned.irregular == beside.irregular
    assert [one.expected for one in planned.days] == [one.expected for one in beside.days]
    assert [one.p5 for one in planned.days] == [one.p5 for one in beside.days]
    # Known ones only, or dismissed: nothing is taken off.
    assert _of_a(paying, known=True).days[-1].expected == Decimal("100000.00")
    gone = _of_a(paying, dismissed=(Dismissal(NUMBER, "代发", "monthly", Decimal("36000.00")),))
    assert gone.steady == () and gone.irregular == beside.irregular


def test_a_planned_payment_of_another_amount_is_no_other_payment(paying: tuple[Book, Measured]) -> None:
    # The plan knows of a rise of a third: neither steady beside it, nor part of the average.
    plan = item_of(date(2026, 8, 15), "51000.00", cycle="monthly")
    series = proposals(_wages(), (), {NUMBER: A}, {NUMBER: SOLD_TO})
    assert set_apart((plan,), series, steady_lines(_wages())) == ((), (series[0].item,))
    # It is said to be in the plan, not to be left out: the forecast is not too high by it, with or without averages.
    for taken_off in (True, False):
        outlook = reckon(*paying, (plan,), {}, with_irregular=taken_off)
        assert steady(outlook, A, series) == ()
        assert [due.amount for due in steady(outlook, A, series, meant=True)] == [Decimal("38000.00")]
        alone = reckon(*paying, (), {}, with_irregular=taken_off)
        assert len(steady(alone, A, series)) == (0 if taken_off else 1) and not steady(alone, A, series, meant=True)
    path = _of_a(paying, plan)
    assert path.steady == () and sum(one.planned for one in path.days) == Decimal("51000.00")
    # Wages that differ from month to month keep no rhythm; near the planned day they are wages all the same.
    uneven = [_paid("代发", date(2026, month, 14), f"{month * 8000}.00", "工资") for month in (4, 5, 6, 7)]
    found = irregular.usual(uneven, (plan,), {NUMBER: A}, KNOWN)[A]
    assert found.monthly is None
    assert irregular.usual(uneven, (), {NUMBER: A}, KNOWN)[A].monthly == Decimal("43201.61")
    # A second one beside the planned one is more than the plan knows.
    extra = [*_wages("51000.00"), _paid("代发", date(2026, 7, 16), "30000.00", "奖金工资")]
    assert irregular.usual(extra, (plan,), {NUMBER: A}, KNOWN)[A].weeks.sum() == 30000


def test_goods_that_are_planned_are_in_no_average_and_no_steady_payment() -> None:
    def bought(amounts: tuple[str, ...], payee: str = "供应商甲") -> list[Outgoing]:
        return [_paid(payee, date(2026, 4 + number, 10), one, "货款") for number, one in enumerate(amounts)]

    plan = (item_of(date(2026, 8, 10), "56000.00", cycle="monthly", kind="goods"),)
    uneven = bought(("42000.00", "61000.00", "44000.00", "57000.00"))
    small = [_paid(f"菜场{day}", date(2026, 6, day), "900.00", "货款") for day in (8, 9, 20)]
    usual = irregular.usual([*uneven, *small], plan, {NUMBER: A}, KNOWN)[A]
    assert usual.weeks.sum() == 2700, "what is near the day and much smaller is another supplier's"
    # Of two steady suppliers one may be meant, the one most like what is planned.
    alike, other = bought(("50000.00",) * 4), bought(("40000.00",) * 4, "供应商乙")
    series = proposals([*alike, *other], (), {NUMBER: A}, {})
    beside, meant = set_apart(plan, series, steady_lines([*alike, *other]))
    assert [one.amount for one in meant] == [Decimal("50000.00")] and [one.amount for one in beside] == [Decimal(40000)]
    far = (item_of(date(2026, 8, 10), "20000.00", cycle="monthly", kind="goods"),)
    assert len(set_apart(far, series, steady_lines([*alike, *other]))[0]) == 2


def test_quarterly_items_stand_for_the_monthly_payments_they_are_made_of() -> None:
    rents = [
        _paid(payee, date(2026, month, 5), amount, "房租")
        for payee, amount in (("甲置业", "10000.00"), ("乙置业", "12000.00"))
        for month in (4, 5, 6, 7)
    ]
    series = proposals(rents, (), {NUMBER: A}, {NUMBER: SOLD_TO})
    assert len(series) == 2
    quarterly = item_of(date(2026, 9, 5), "66000.00", cycle="quarterly", kind="rent")
    assert set_apart((quarterly,), series, steady_lines(rents)) == ((), tuple(one.item for one in series))
    # One that is too small for both stands for one of them; of another kind it stands for none.
    small = item_of(date(2026, 9, 5), "30000.00", cycle="quarterly", kind="rent")
    unknown, meant = set_apart((small,), series, steady_lines(rents))
    assert [one.amount for one in unknown] == [Decimal("10000.00")]
    assert [one.amount for one in meant] == [Decimal("12000.00")]
    wages = item_of(date(2026, 9, 5), "66000.00", cycle="quarterly")
    unknown, meant = set_apart((wages,), series, steady_lines(rents))
    assert len(unknown) == 2 and meant == ()


def test_a_payment_list_of_a_later_day_is_paid_on_its_day_and_once(paying: tuple[Book, Measured]) -> None:
    book = paying[0]
    book.execute("insert into base.history values (70, now(), 'me', 'payment_list', '{}', true, null, null)")
    book.execute(
        'insert into base.payment_lists (payment_list_id, entry_id, "at", who, month, paying_account, file_name, total,'
        " pays_on) values (1, 70, now(), 'me', '2026-07-01', $account, '加盟款.xlsx', 6000, '2026-08-12')",
        account=NUMBER,
    )
    try:
        path = _of_a(paying, known=True)
        assert [(due.day, due.amount, due.item.note) for due in path.dues] == [
            (date(2026, 8, 12), Decimal("6000.00"), "加盟款.xlsx")
        ]
        assert path.days[-1].expected == Decimal("94000.00")
        # The plan knows it already.
        planned = _of_a(paying, item_of(date(2026, 8, 14), "6100.00", kind="other"), known=True)
        assert planned.days[-1].expected == Decimal("93900.00")
        # Undone, it is none.
        book.execute("update base.history set undone_by = 71 where entry_id = 70")
        assert _of_a(paying, known=True).dues == ()
    finally:
        book.execute("delete from base.payment_lists")


def test_alike_amounts_among_others_to_the_same_payee_stay_in_the_average() -> None:
    by_chance = [_paid("菜场", date(2026, 7, day), "5000.00") for day in (6, 13, 20)]
    others = [_paid("菜场", date(2026, 7, 9), "9100.00"), _paid("菜场", date(2026, 7, 17), "2300.00")]
    assert steady_lines(by_chance) == {one.line_id for one in by_chance}
    assert steady_lines([*by_chance, *others]) == frozenset()
    found = irregular.usual([*by_chance, *others], (), {NUMBER: A}, KNOWN)[A]
    assert found.weeks.sum() == 26400


def test_what_is_paid_between_the_end_of_older_statements_and_today_is_of_the_first_day() -> None:
    def known_to(day: date) -> CashPath:
        chain = SalesBook().account("S1", "wechat", "1", legal_entity=A, bank_account=NUMBER, settlement_rule="T1")
        chain.account("S2", "wechat", "2", legal_entity=B, bank_account=OTHER, settlement_rule="T1")
        statement(chain, OTHER, SOLD_TO, "-10.00", "20000.50")
        for number in range(60):
            paid_on = day - timedelta(days=2 * number)
            chain.row(
                "bank_lines", bank_line_id=uid("odd", number), bank_account=NUMBER, file_id=uid("file", NUMBER),
                posted_at=datetime.combine(paid_on, time(9)), amount=Decimal(-300 - number * 37 % 90), sheet=None,
                line=number, balance=Decimal("100000.00") if number == 0 else None, counterparty=f"户{number}",
            )  # fmt: skip
        path = outlook_of(chain, horizon=28).path(A)
        assert path is not None
        return path

    late, early = known_to(SOLD_TO), known_to(SOLD_TO - timedelta(days=28))
    assert late.irregular and early.irregular
    daily = early.irregular * 12 / Decimal("365.25")
    assert abs(sum(one.irregular for one in early.days) - daily * 56) < 2, "the days between are paid for as well"
    assert early.days[0].irregular > daily * 27 and late.days[0].irregular < daily * 3
    assert early.days[0].p95 - early.days[0].p5 > late.days[0].p95 - late.days[0].p5


def test_the_spread_of_irregular_payments_is_around_their_average_and_repeats() -> None:
    draw = np.random.Generator(np.random.PCG64(3))
    weeks = draw.gamma(0.3, 1000.0, (26, 7))
    found = Usual(182, Decimal("9000.00"), weeks)
    moved = shaken(A, found, 91)
    assert moved.shape == (1000, 91) and (moved == shaken(A, found, 91)).all()
    assert not (moved == shaken("乙公司", found, 91)).all()
    sums = weeks.sum(axis=1)
    # Thirteen weeks of their own, and an average that is itself of 26: about five times what one week scatters.
    assert abs(moved[:, -1].mean()) < sums.std() and 2.5 < moved[:, -1].std() / sums.std() < 7
    assert moved[:, 6].std() < moved[:, 48].std() < moved[:, -1].std()
    assert not shaken(A, Usual(20, None, weeks), 91).any()
    # The same days are the same, however many are asked for.
    assert (shaken(A, found, 30) == moved[:, :30]).all()


def _owed(seed: int, weeks: int) -> np.ndarray:
    """A supplier delivers as much every day; on odd days a part of what is owed is paid, or all of it."""
    draw, owed, paid = np.random.Generator(np.random.PCG64(seed)), 0.0, np.zeros(weeks * 7)
    for day in range(len(paid)):
        owed += 100.0
        if day % 7 < 5 and draw.uniform() < 0.25:
            paid[day] = owed * draw.uniform(0.3, 1.0)
            owed -= paid[day]
    return paid


@pytest.mark.parametrize(("known", "day", "least", "most"), [(52, 90, 0.85, 1.6), (17, 27, 0.85, 1.2)])
def test_what_suppliers_still_wait_for_is_not_saved_and_few_weeks_scatter_by_more(
    known: int, day: int, least: float, most: float
) -> None:
    missed, told = [], []
    for seed in range(60):
        paid = _owed(seed, known + 13)
        weeks = paid[: known * 7].reshape(known, 7)
        moved = shaken(A, Usual(known * 7, Decimal("3000.00"), weeks), 91, paths=300)
        usual = np.resize(weeks.mean(axis=0), 91)
        missed.append((np.cumsum(paid[known * 7 :]) - np.cumsum(usual))[day])
        told.append(moved[:, day].std())
    # Runs of four weeks alone, put together as they come: 1.8 and 0.8.
    assert least < np.mean(told) / np.std(missed) < most


def test_which_part_of_the_spread_lasts_is_told_by_longer_sums() -> None:
    draw = np.random.Generator(np.random.PCG64(4))
    independent = [lasting(draw.gamma(1.5, 1.0, 52), 4) for _ in range(60)]
    owed = [lasting(_owed(seed, 52).reshape(-1, 7).sum(axis=1), 4) for seed in range(60)]
    assert np.mean(independent) > 0.8 and np.mean(owed) < 0.5
    assert min(owed) >= 0.25 and max(independent) <= 1.0
    assert lasting(np.full(20, 7.0), 4) == 1.0


def test_the_expected_balance_lies_in_its_range_on_days_without_payments_too() -> None:
    draw = np.random.Generator(np.random.PCG64(5))
    weeks = np.zeros((26, 7))
    weeks[:, 1:6] = draw.uniform(500.0, 1500.0, (26, 5))
    found = Usual(182, half_up(Decimal(repr(float(weeks.sum()))) / 182 * irregular.YEAR / irregular.MONTHS), weeks)
    paid = np.cumsum([float(one) for one in irregular.spread(found, 91)])
    low, middle, high = np.quantile(shaken(A, found, 91), (0.05, 0.5, 0.95), axis=0)
    resting = [i for i in range(91) if i % 7 in {0, 6}]
    still = np.diff(np.vstack([low, middle, high, paid]), axis=1, prepend=0.0)[:, resting]
    assert abs(still).max() < 0.01
    assert (low <= 0).all() and (high >= 0).all() and abs(middle).max() < 0.02 * paid[-1]


def test_thirteen_weeks_reach_thirteen_weeks_where_sales_end_with_the_bank() -> None:
    found = outlook_of(wallet(selling()), horizon=91)
    path = found.path(A)
    assert path is not None and len(path.days) == 91
    # The last week repeats the one before it.
    assert path.days[-1].receipts == path.days[-8].receipts and path.days[-4].receipts == path.days[-11].receipts > 0
    prove(path)
    # One day of the bank is too short a past for an average.
    assert (path.irregular, path.past_days) == (None, 1)


def test_a_planned_shortfall_is_announced_long_before_and_a_sound_quarter_is_not() -> None:
    from bench_shortfall import foreseen
    from shortfall_chains import AHEAD, PAST, made

    world = made(4, shortfall=True)
    broken = world.broken_on()
    assert broken is not None
    breach = foreseen(world, PAST, AHEAD, irregular=True).chain.breach
    assert breach is not None and breach.day == world.day(broken) and broken - PAST >= 7
    assert breach.dues[0].item.kind == "bill"
    sound = made(4, shortfall=False)
    assert sound.broken_on() is None and foreseen(sound, PAST, AHEAD, irregular=True).chain.breach is None


def test_a_steady_payment_that_is_late_is_still_to_come() -> None:
    chain = banks()
    for number, month in enumerate((3, 4, 5, 6)):
        chain.row(
            "bank_lines", bank_line_id=uid("rent", month), bank_account=NUMBER, file_id=uid("file", NUMBER),
            posted_at=datetime(2026, month, 29, 9), amount=Decimal("-30000.00"), sheet=None, line=number, balance=None,
            counterparty="置业", memo="房租",
        )  # fmt: skip
    book = chain.done()
    measured = measure(book, days.shipped(), (), 28)
    assert date(2026, 7, 29) <= measured.known_to
    path = _of_a((book, measured))
    # Expected on 29 July and not seen by the end of the statements: it is due at once, and the next one on its day.
    assert [(due.day, due.amount) for due in path.steady] == [
        (date(2026, 7, 29), Decimal("30000.00")),
        (date(2026, 8, 29), Decimal("30000.00")),
    ]
    assert path.days[0].expected <= path.opening - 30000 + 1


def test_a_quiet_older_account_makes_no_average_less() -> None:
    lines = [_paid("菜场", date(2026, 7, day), "1000.00") for day in (3, 8, 11, 19, 30)]
    own = {"quiet": A, NUMBER: A}
    alone = irregular.usual(lines, (), {NUMBER: A}, {A: (date(2026, 7, 1), SOLD_TO)})[A]
    both = irregular.usual(lines, (), own, KNOWN, {"quiet": KNOWN[A][0], NUMBER: date(2026, 7, 1)})[A]
    assert both.monthly == alone.monthly is not None
