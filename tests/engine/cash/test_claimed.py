"""One-off payments that are known: how much less of the average of payments like them is taken off, to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import numpy as np
import pytest
from cash_examples import NUMBER, SOLD_TO, A, B, item_of
from hypothesis import given
from hypothesis import strategies as st

from chainbrain.cash import irregular
from chainbrain.cash.claimed import less, not_steady_too
from chainbrain.cash.coming import Frame
from chainbrain.cash.irregular import GOODS, InAverage, Usual, like
from chainbrain.cash.plan import Due
from chainbrain.cash.recurring import Outgoing, kind_of

KNOWN = {A: (date(2026, 4, 1), SOLD_TO)}
FIRST_SUPPLIER, SECOND_SUPPLIER, HANDYMAN = "兴隆食品", "顺达粮油", "老周修理部"


def _paid(payee: str, amount: str, day: date = SOLD_TO, memo: str = "") -> Outgoing:
    return Outgoing(f"{payee}{day}{amount}{memo}", NUMBER, day, Decimal(amount), payee, memo, None, 1)


def _usual(*lines: Outgoing, since: str = "0.00") -> Usual:
    """As if each was paid once in a month; ``since`` is shared as the amounts are."""
    total = sum((one.amount for one in lines), Decimal(0))
    made_of = tuple(InAverage(one, kind_of(one), one.amount, Decimal(since) * one.amount / total) for one in lines)
    bought = sum((one.monthly for one in made_of if one.kind == GOODS), Decimal(0))
    return Usual(60, total, np.zeros((8, 7)), bought / total, Decimal(since), made_of)


THREE = _usual(_paid(FIRST_SUPPLIER, "60.00"), _paid(SECOND_SUPPLIER, "30.00"), _paid(HANDYMAN, "10.00"))
TEN_DAYS = [Decimal("10.00")] * 10


def _due(days: int, amount: str, note: str | None = None, kind: str = "other") -> Due:
    day = SOLD_TO + timedelta(days=days)
    return Due(day, replace(item_of(day, amount, kind=kind), note=note))


def _frame(gap: int = 0) -> Frame:
    return Frame(SOLD_TO + timedelta(days=gap + 1), 10 - gap, {A: SOLD_TO})


def _less(
    usual: Usual, daily: Sequence[Decimal], *dues: Due, flat: Sequence[Decimal] | None = None, gap: int = 0
) -> list[str]:
    return [f"{one:.2f}" for one in less(usual, daily, flat or daily, dues, _frame(gap))]


def test_an_invoice_takes_the_share_of_its_payee_off_the_days_from_its_own_on_and_then_off_those_before() -> None:
    found = _less(THREE, TEN_DAYS, _due(4, "50.00", FIRST_SUPPLIER))
    # Six of ten yuan a day are paid to this supplier: seven days of it are forty-two, eight more are of days before.
    assert found == ["0.00", "0.00", "2.00", "6.00", "6.00", "6.00", "6.00", "6.00", "6.00", "6.00", "6.00"]
    # A smaller one ends when it is used up.
    assert _less(THREE, TEN_DAYS, _due(4, "10.01", FIRST_SUPPLIER))[4:7] == ["6.00", "4.01", "0.00"]


def test_never_more_than_the_share_of_the_payments_like_it() -> None:
    found = _less(THREE, TEN_DAYS, _due(1, "900.00", FIRST_SUPPLIER))
    assert found == ["0.00", *["6.00"] * 10]
    # Two of them share it; what is left of the others nobody takes.
    assert found == _less(THREE, TEN_DAYS, _due(1, "45.00", FIRST_SUPPLIER), _due(3, "45.00", f"{FIRST_SUPPLIER} 八月"))
    assert _less(THREE, TEN_DAYS, _due(9, "5.00", HANDYMAN)) == ["0.00"] * 1 + ["0.00"] * 5 + ["1.00"] * 5


def test_without_a_known_payee_those_of_its_kind_and_about_as_large_are_like_it() -> None:
    # Of goods for forty yuan the payments of sixty and of thirty are like; nine of ten yuan a day.
    assert _less(THREE, TEN_DAYS, _due(10, "40.00", "新来的供货商", "goods"))[6:] == ["4.00", *["9.00"] * 4]
    # For a hundred only the larger one, for a thousand none, and none for another kind or for nobody knows what.
    assert _less(THREE, TEN_DAYS, _due(1, "100.00", kind="goods")) == ["0.00", *["6.00"] * 10]
    for unlike in (_due(1, "1000.00", kind="goods"), _due(1, "60.00", kind="tax"), _due(1, "60.00")):
        assert _less(THREE, TEN_DAYS, unlike) == ["0.00"] * 11
    # What nobody else can claim goes first: both find theirs.
    both = _less(THREE, TEN_DAYS, _due(1, "90.00", kind="goods"), _due(1, "30.00", SECOND_SUPPLIER))
    assert both == ["0.00", *["9.00"] * 10]


def test_more_than_the_steady_payments_of_a_payee_is_no_share_of_what_others_are_paid() -> None:
    invoice = _due(1, "40.00", "恒丰粮油", "goods")
    assert sum(map(Decimal, _less(THREE, TEN_DAYS, invoice))) == 40
    assert _less(replace(THREE, steady_to=frozenset({"恒丰粮油"})), TEN_DAYS, invoice) == ["0.00"] * 11
    days = [SOLD_TO - timedelta(days=7 * number) for number in range(12)]
    lines = [_paid("恒丰粮油", "500.00", day, "货款") for day in days]
    lines += [_paid(f"户头{n}", f"{300 + 90 * n}.00", day - timedelta(days=n), "货款") for n, day in enumerate(days)]
    assert irregular.usual(lines, (), {NUMBER: A}, KNOWN)[A].steady_to == {"恒丰粮油"}


def test_taxes_paid_in_several_on_one_day_are_like_one_of_all_of_them() -> None:
    day = SOLD_TO - timedelta(days=18)
    parts = [_paid("国库", amount, day, "税款") for amount in ("30.00", "25.00", "45.00")]
    lines = [(one, kind_of(one)) for one in parts]
    assert like(item_of(SOLD_TO, "110.00", kind="tax"), lines) == parts
    assert like(item_of(SOLD_TO, "30.00", kind="tax"), lines) == []
    goods = [(replace(one, memo="货款", payee=f"户{one.amount}"), "goods") for one in parts]
    assert like(item_of(SOLD_TO, "110.00", kind="goods"), goods) == []


def test_what_fell_due_while_one_account_was_known_stands_for_payments_of_the_others() -> None:
    usual = _usual(*(one.line for one in THREE.made_of), since="20.00")
    # Six tenths of the twenty yuan of older statements, then the days to come.
    assert _less(usual, TEN_DAYS, _due(-2, "20.00", FIRST_SUPPLIER))[:4] == ["12.00", "6.00", "2.00", "0.00"]
    # A later one was not paid on those days.
    assert _less(usual, TEN_DAYS, _due(10, "99.00", FIRST_SUPPLIER)) == ["0.00", *["6.00"] * 10]
    # Where others are known for three days more, the first of the forecast is the fourth.
    assert _less(usual, TEN_DAYS, _due(9, "99.00", FIRST_SUPPLIER), gap=3) == [*["0.00"] * 4, *["6.00"] * 7]
    assert _less(usual, TEN_DAYS, _due(2, "99.00", FIRST_SUPPLIER), gap=3) == ["0.00", *["6.00"] * 10]


def test_of_goods_so_much_can_be_claimed_as_is_bought_by_what_is_sold() -> None:
    # Half as much again is sold: goods come to thirteen and a half yuan a day, all else to one as before.
    more = [Decimal("14.50")] * 10
    assert _less(THREE, more, _due(1, "999.00", FIRST_SUPPLIER), flat=TEN_DAYS) == ["0.00", *["9.00"] * 10]
    assert _less(THREE, more, _due(1, "999.00", HANDYMAN), flat=TEN_DAYS) == ["0.00", *["1.00"] * 10]
    none = [Decimal("0.40")] * 10
    assert _less(THREE, none, _due(1, "999.00", HANDYMAN), flat=TEN_DAYS) == ["0.00", *["0.40"] * 10]
    assert _less(THREE, none, _due(1, "999.00", FIRST_SUPPLIER), flat=TEN_DAYS) == ["0.00"] * 11
    assert _less(Usual(5, None, np.zeros((0, 7))), TEN_DAYS, _due(1, "9.00", FIRST_SUPPLIER)) == ["0.00"] * 11


_CENTS = st.integers(1, 30000).map(lambda fen: Decimal(fen) / 100)
_LINES = st.lists(
    st.tuples(st.sampled_from((FIRST_SUPPLIER, SECOND_SUPPLIER, HANDYMAN, "国税局")), _CENTS), min_size=1, max_size=12
)
_DUES = st.lists(
    st.tuples(
        st.integers(-3, 12),
        _CENTS,
        st.sampled_from((FIRST_SUPPLIER, SECOND_SUPPLIER, HANDYMAN, "没付过的人家", None)),
        st.sampled_from(("goods", "tax", "other", "wages")),
    ),
    max_size=8,
)


@given(
    _LINES, st.lists(st.integers(0, 9000).map(lambda fen: Decimal(fen) / 100), min_size=1, max_size=12), _DUES, _CENTS
)
def test_nothing_is_claimed_twice_and_nothing_that_is_not_there(
    paid: list[tuple[str, Decimal]],
    daily: list[Decimal],
    known: list[tuple[int, Decimal, str | None, str]],
    since: Decimal,
) -> None:
    lines = [replace(_paid(payee, f"{amount}"), line_id=str(number)) for number, (payee, amount) in enumerate(paid)]
    usual = _usual(*lines, since=f"{since}")
    dues = [
        replace(due, item=replace(due.item, item_id=str(number)))
        for number, (day, amount, note, kind) in enumerate(known)
        if (due := _due(min(day, len(daily)), f"{amount}", note, kind))
    ]
    there = [since, *daily]
    kinds = [(one.line, one.kind) for one in usual.made_of]
    by = [{line.line_id for line in like(due.item, kinds)} for due in dues]
    total = sum((one.amount for one in lines), Decimal(0))

    def share(of: set[str]) -> Decimal:
        """What payments come to of all that is taken off."""
        return sum((one.amount for one in lines if one.line_id in of), Decimal(0)) / total * sum(there, Decimal(0))

    found = less(usual, daily, daily, dues, _frame())
    claimed = sum(found, Decimal(0))
    hair = Decimal("1e-20")
    assert all(0 <= part <= one and part == round(part, 2) for part, one in zip(found, there, strict=True))
    assert claimed <= share(set().union(*by)) + hair
    assert claimed <= sum((due.amount for due, lines_of in zip(dues, by, strict=True) if lines_of), Decimal(0))
    mixed = list(dues)
    Random(1).shuffle(mixed)
    assert less(usual, daily, daily, mixed, _frame()) == found
    for due, lines_of in zip(dues, by, strict=True):
        alone = less(usual, daily, daily, [due], _frame())
        assert sum(alone) <= min(due.amount, share(lines_of) + hair)
        if not lines_of:
            assert not any(alone)
        # All of it where there is enough beside what rounding leaves of each day.
        within = [0 if due.day <= SOLD_TO else 1, len(there)]
        enough = sum(there[within[0] :], Decimal(0)) * (share(lines_of) / sum(there, Decimal(0)))
        if due.amount <= enough - Decimal("0.01") * len(there):
            assert sum(alone) == due.amount


@pytest.mark.parametrize(
    ("note", "kind", "amount", "entity", "left"),
    [
        ("兴隆食品", "goods", "510.00", A, [3, 17]),
        (None, "other", "500.00", A, [3, 17]),
        ("装修", "other", "460.00", A, [3, 10, 17]),
        (None, "other", "460.00", A, [3, 10, 17]),
        ("顺达粮油", "goods", "510.00", A, [3, 10, 17]),
        (None, "wages", "510.00", A, [3, 10, 17]),
        (None, "goods", "900.00", A, [3, 10, 17]),
        (None, "goods", "510.00", B, [3, 10, 17]),
    ],
)
def test_a_steady_payment_that_is_typed_in_for_one_day_is_taken_off_once(
    note: str | None, kind: str, amount: str, entity: str, left: list[int]
) -> None:
    series = replace(item_of(date(2026, 8, 3), "500.00", cycle="weekly", kind="goods"), note="兴隆食品")
    steady = [Due(date(2026, 8, day), series) for day in (3, 10, 17)]
    item = replace(item_of(date(2026, 8, 11), amount, entity=entity, kind=kind), note=note)
    found = not_steady_too(steady, [Due(item.day, item)])
    assert [due.day.day for due in found.steady] == left
    # What is a steady payment claims nothing of the average as well.
    assert len(found.told) == len(found.known) ^ 1 == 3 - len(left)
    twice = not_steady_too(steady, [Due(item.day, item), Due(item.day, replace(item, item_id="another"))])
    assert len(twice.steady) == 3 - 2 * (3 - len(left)), "each stands for one of them"


def test_who_is_named_comes_before_what_is_only_like_it() -> None:
    landlords = [
        Due(item.day, replace(item, note=name))
        for name, item in (
            ("旺角置业", item_of(date(2026, 8, 10), "6000.00", kind="rent")),
            ("天河置业", item_of(date(2026, 8, 12), "6100.00", kind="rent")),
        )
    ]
    # By its day and amount the nameless one would be the second landlord's, and the first one's rent be paid twice.
    nameless = item_of(date(2026, 8, 12), "6080.00", kind="rent")
    named = replace(item_of(date(2026, 8, 13), "6100.00", kind="rent"), note="天河置业")
    for known in ([nameless, named], [named, nameless]):
        found = not_steady_too(landlords, [Due(item.day, item) for item in known])
        assert (found.steady, found.known) == ((), ()) and set(found.told) == set(landlords)


def test_invoices_that_were_paid_stay_in_the_average_and_a_machine_does_not() -> None:
    days = [SOLD_TO - timedelta(days=3 * number) for number in range(20)]
    bought = [_paid(f"户头{number}", f"{800 + 50 * (number % 5)}.00", day, "货款") for number, day in enumerate(days)]
    machine = _paid("制冷设备厂", "9000.00", SOLD_TO - timedelta(days=8))
    alone = irregular.usual(bought, (), {NUMBER: A}, KNOWN)[A]
    plan = [item_of(one.day, f"{one.amount}", kind="goods") for one in bought[::2]]
    plan.append(item_of(machine.day, "9000.00", kind="other"))
    found = irregular.usual([*bought, machine], plan, {NUMBER: A}, KNOWN)[A]
    assert found.monthly == alone.monthly and len(found.made_of) == 20
    assert abs(sum(one.monthly for one in found.made_of) - (found.monthly or 0)) < Decimal("0.01")


def test_a_bonus_is_no_usual_payment_because_the_plan_knows_wages_of_every_month() -> None:
    wages = [
        _paid("代发工资", f"{50000 + 7000 * (month % 4)}.00", date(2026, month, 10), "工资") for month in (4, 5, 6, 7)
    ]
    bonus = _paid("员工奖金", "52000.00", date(2026, 6, 26), "工资")
    bought = [_paid(f"户头{n}", "800.00", SOLD_TO - timedelta(days=3 * n), "货款") for n in range(20)]
    plan = [
        item_of(date(2026, 8, 10), "60000.00", kind="wages", cycle="monthly"),
        item_of(bonus.day, "52000.00", kind="wages"),
    ]
    for known in (plan, plan[::-1]):
        found = irregular.usual([*wages, bonus, *bought], known, {NUMBER: A}, KNOWN)[A]
        assert [one.line for one in found.made_of] == bought
