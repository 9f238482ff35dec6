"""One-off payments that are known, through whole books: the forecast is higher by what is claimed, and says so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from cash_examples import BLANK, NUMBER, OTHER, SOLD_TO, A, B, bank_line, banks, item_of, prove, statement
from sales_book import SalesBook

from chainbrain.cash import claimed
from chainbrain.cash.forecast import days
from chainbrain.cash.measuring import Measured, measure
from chainbrain.cash.outlook import CashOutlook, CashPath
from chainbrain.cash.plan import PlanItem
from chainbrain.cash.reckoning import reckon
from chainbrain.cash.uncounted import steady
from chainbrain.cli import main
from chainbrain.database.book import Book
from chainbrain.texts import message
from chainbrain.workspace import Rooms

DAYS = 28
FRANCHISEE = "林记餐饮店"
ZERO = Decimal("0.00")


def _bought(chain: SalesBook, account: str = NUMBER, last: date = SOLD_TO) -> SalesBook:
    """Goods every other day, of suppliers that change, and franchisees that are paid now and then."""
    for number in range(60):
        day = last - timedelta(days=2 * number)
        amount = f"{-800 - 100 * (number % 5)}.00"
        bank_line(chain, account, day, amount, place=-number, counterparty=f"供货户{number}", memo="货款")
        if number % 6 == 0:
            bank_line(chain, account, day, f"{-300 - number}.00", place=-number, counterparty=FRANCHISEE, memo="转账")
    return chain


@pytest.fixture(scope="module")
def buying() -> tuple[Book, Measured]:
    book = _bought(banks()).done()
    return book, measure(book, days.shipped(), (), DAYS)


def _path(buying: tuple[Book, Measured], *plan: PlanItem, taken_off: bool = True) -> CashPath:
    path = reckon(*buying, plan, {}, with_irregular=taken_off).path(A)
    assert path is not None
    prove(path)
    assert all(one.irregular >= 0 for one in path.days)
    return path


@contextmanager
def _beside() -> Iterator[None]:
    """What is known and the whole average, one beside the other: as it was counted twice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(claimed, "less", lambda _usual, daily, *_: [ZERO] * (len(daily) + 1))
        yield


def _off(path: CashPath) -> Decimal:
    return sum((one.planned + one.irregular for one in path.days), ZERO)


def test_the_balance_ends_higher_by_just_what_is_claimed(buying: tuple[Book, Measured]) -> None:
    alone = _path(buying)
    plan = [
        item_of(SOLD_TO + timedelta(days=12), "1000.00", kind="goods"),
        replace(item_of(SOLD_TO + timedelta(days=20), "200.00", kind="other"), note=f"{FRANCHISEE} 七月"),
        item_of(SOLD_TO + timedelta(days=9), "7000.00", kind="tax"),
    ]
    found = _path(buying, *plan)
    with _beside():
        twice = _path(buying, *plan)
    assert found.claimed == Decimal("1200.00") and twice.claimed == alone.claimed == 0
    assert found.days[-1].expected - twice.days[-1].expected == Decimal("1200.00")
    assert found.days[-1].expected == alone.days[-1].expected - 7000, "goods and franchisee were expected already"
    assert _off(found) == sum(one.amount for one in plan) + _off(alone) - found.claimed
    # Until its day as much as on average: a floor that breaks is told no later than it does.
    assert [one.irregular for one in found.days[:11]] == [one.irregular for one in alone.days[:11]]
    assert all(one.expected <= other.expected for one, other in zip(found.days, alone.days, strict=True))
    assert all(one.planned == other.planned for one, other in zip(found.days, twice.days, strict=True))
    # The range is that of all irregular payments, around a balance that is higher.
    for one, other in zip(found.days, twice.days, strict=True):
        assert one.p5 - other.p5 == one.p95 - other.p95 == one.expected - other.expected >= 0
    assert _path(buying, *reversed(plan)).days == found.days
    # Where no average is taken off nothing is claimed of it.
    assert _path(buying, *plan, taken_off=False).claimed == 0


def test_near_the_end_it_stands_for_the_days_before_and_never_for_more_than_all(buying: tuple[Book, Measured]) -> None:
    alone = _path(buying)
    late = _path(buying, item_of(SOLD_TO + timedelta(days=DAYS), "1000.00", kind="goods"))
    assert _off(late) == _off(alone) and late.days[0].irregular == alone.days[0].irregular
    many = [item_of(SOLD_TO + timedelta(days=n), f"{1000 + n}.00", kind="goods") for n in range(1, 25)]
    found = _path(buying, *many)
    usual = sum((one.irregular for one in alone.days), ZERO)
    # Franchisees, a twentieth or so, stay in full.
    assert usual * Decimal("0.9") < found.claimed < usual < sum(one.amount for one in many)
    assert _off(found) == sum(one.amount for one in many) + usual - found.claimed


def test_what_is_like_no_payment_of_the_past_goes_off_beside_it(buying: tuple[Book, Measured]) -> None:
    alone, day = _path(buying), SOLD_TO + timedelta(days=12)
    for item in (
        item_of(day, "9000.00", kind="goods"),
        item_of(day, "1000.00", kind="tax"),
        item_of(day, "350.00", kind="other"),
        item_of(day, "-1000.00", kind="goods"),
        item_of(day, "1000.00", entity=B, kind="goods"),
    ):
        found = _path(buying, item)
        assert found.claimed == 0
        assert _off(found) == _off(alone) + (item.amount if item.entity == A else 0)
    # One of every month has its payments of before in no average.
    assert _path(buying, item_of(day, "1000.00", kind="goods", cycle="monthly")).claimed == 0


@contextmanager
def _list(book: Book, *payees: tuple[str, int]) -> Iterator[None]:
    book.execute("insert into base.history values (70, now(), 'me', 'payment_list', '{}', true, null, null)")
    book.execute(
        'insert into base.payment_lists (payment_list_id, entry_id, "at", who, month, paying_account, file_name, total,'
        " pays_on) values (1, 70, now(), 'me', '2026-07-01', $account, '八月付.xlsx', $total, '2026-08-12')",
        account=NUMBER, total=sum(amount for _, amount in payees),
    )  # fmt: skip
    for turn, (payee, amount) in enumerate(payees):
        book.execute(
            "insert into base.payment_list_lines (payment_list_id, turn, kind, payee, store_code, month, rule, amount,"
            " holder, account_no) values (1, $turn, 'store', 'S9', 'S9', '2026-07-01', '', $amount, $payee, '622')",
            turn=turn, amount=amount, payee=payee,
        )  # fmt: skip
    try:
        yield
    finally:
        book.execute("delete from base.payment_list_lines")
        book.execute("delete from base.payment_lists")
        book.execute("delete from base.history where entry_id = 70")


def test_a_payment_list_is_taken_off_what_each_of_its_payees_got_before(buying: tuple[Book, Measured]) -> None:
    alone = _path(buying)
    with _list(buying[0], (FRANCHISEE, 100), (FRANCHISEE, 50), ("没付过的店", 5000)):
        found = _path(buying)
    assert [due.amount for due in found.dues] == [Decimal("5150.00")]
    assert found.claimed == Decimal("150.00") and _off(found) == _off(alone) + 5000


def _steadily(*plan: PlanItem, day: int = 10, months: Sequence[int] = (4, 5, 6, 7)) -> CashOutlook:
    chain = banks()
    for month in months:
        bank_line(chain, NUMBER, date(2026, month, day), "-6000.00", counterparty="旺角置业", memo="房租")
    book = chain.done()
    return reckon(book, measure(book, days.shipped(), (), DAYS), plan, {})


def test_a_steady_payment_that_is_typed_in_is_no_steady_one_too() -> None:
    typed = item_of(date(2026, 8, 12), "6200.00", kind="rent")
    alone, found = _steadily().chain, _steadily(typed)
    assert [due.amount for due in alone.steady] == [Decimal("6000.00")]
    assert found.chain.steady == () and [due.day for due in found.chain.told_of] == [date(2026, 8, 10)]
    assert found.chain.days[-1].expected == alone.days[-1].expected - 200
    # It is in the figures with what was typed in: not named among what is left out, but told.
    series = [replace(due.item) for due in alone.steady]
    assert found.meant == {series[0].grounds}
    ((code, facts),) = claimed.told(found.chain)
    assert code == "cash.told_of" and facts == {"count": 1, "amount": "¥6,000.00"}
    other = replace(typed, note="天河置业")
    assert _steadily(other).chain.steady == alone.steady, "another landlord is another one"


def test_what_another_item_of_the_plan_stands_for_is_taken_off_and_told() -> None:
    # The bank pays a landlord every month; the plan knows the rents of a quarter in one sum.
    quarter = replace(item_of(date(2026, 8, 20), "18000.00", kind="rent", cycle="quarterly"), item_id="q")
    alone = _steadily(quarter)
    assert alone.chain.steady == () and alone.chain.twice == () and len(alone.meant) == 1
    typed = replace(item_of(date(2026, 8, 12), "6000.00", kind="rent"), item_id="typed", note="旺角置业")
    found = _steadily(quarter, typed)
    assert [due.item.item_id for due in found.chain.twice] == ["typed"] == [d.item.item_id for d in found.path(A).twice]
    assert found.chain.days[-1].expected == alone.chain.days[-1].expected - 6000, "both are what somebody wrote"
    ((code, facts),) = claimed.told(found.chain)
    assert code == "cash.said_twice" and facts == {"count": 1, "items": "2026-08-12 ¥6,000.00"}
    assert "2026-08-12 ¥6,000.00" in message(code, "zh", **facts) and "2026-08-12" in message(code, "en", **facts)
    # The sum of the quarter itself, a second time and near.
    again = replace(quarter, item_id="again", cycle="once", day=date(2026, 8, 19))
    assert [due.item.item_id for due in _steadily(quarter, again).chain.twice] == ["again"]
    for other in (
        replace(typed, note="天河置业"),
        replace(typed, amount=Decimal("9000.00")),
        replace(typed, kind="tax", note="印花税"),
        replace(again, day=date(2026, 9, 5)),
    ):
        assert _steadily(quarter, other).chain.twice == ()


@pytest.mark.parametrize("note", [None, "旺角置业", "天河置业"])
def test_a_steady_payment_that_was_made_before_the_day_typed_in_is_not_to_be_made_again(note: str | None) -> None:
    typed = replace(item_of(SOLD_TO + timedelta(days=2), "6000.00", kind="rent"), note=note)
    alone, found = (_steadily(*plan, day=SOLD_TO.day, months=(5, 6, 7, 8)) for plan in ((), (typed,)))
    if note == "天河置业":
        assert _off(found.chain) == _off(alone.chain) + 6000, "another landlord's was not"
    else:
        assert found.chain.days == alone.chain.days
        assert [(one.due.item, one.amount) for one in found.paid] == [(typed, typed.amount)]


def test_what_an_older_account_may_have_paid_is_claimed_from_its_own_days() -> None:
    chain, early = SalesBook(), SOLD_TO - timedelta(days=21)
    for store, (account, entity) in enumerate(((NUMBER, A), (OTHER, A), (BLANK, B))):
        chain.account(
            f"S{store}", "wechat", f"{store}", legal_entity=entity, bank_account=account, settlement_rule="T1"
        )
    statement(chain, NUMBER, SOLD_TO - timedelta(days=4), "-10.00", "100000.00")
    statement(chain, OTHER, early, "-10.00", "5000.00")
    statement(chain, BLANK, SOLD_TO, "-10.00", "7000.00")
    book = _bought(chain, OTHER, early).done()
    made = book, measure(book, days.shipped(), (), DAYS)
    alone = _path(made)
    # Of a day between the two statements, which no known payment is like; and of one that no statement of A knows.
    for day in (SOLD_TO - timedelta(days=10), SOLD_TO - timedelta(days=2)):
        found = _path(made, item_of(day, "1100.00", kind="goods"))
        assert found.claimed == Decimal("1100.00") and _off(found) == _off(alone)
        assert found.days[0].irregular == alone.days[0].irregular - 1100
    # One to come stands for days to come only: what the accounts paid since stays in full.
    much = [item_of(SOLD_TO + timedelta(days=n), f"{900 + n}.00", kind="goods") for n in range(2, 28)]
    late = _path(made, *much)
    assert late.days[0].irregular > alone.days[0].irregular - alone.days[1].irregular - 600 > 5000
    assert late.claimed < sum((one.irregular for one in alone.days), ZERO) - 5000


def test_the_command_says_how_much_is_claimed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rooms = Rooms(_bought(banks()).done(), tmp_path / "chain.chainbrain")
    monkeypatch.setattr("chainbrain.workspace.Workspace.open", lambda *_: nullcontext(rooms))
    day = SOLD_TO + timedelta(days=12)
    plan = (item_of(day, "1000.00", kind="goods"), item_of(day, "7000.00", kind="tax"))
    monkeypatch.setattr(type(rooms.cash), "plan", lambda _: plan)
    facts = {"known": "¥8,000.00", "amount": "¥1,000.00"}
    for lang in ("zh", "en"):
        assert main(["--quiet", "--lang", lang, "cash", "chain.chainbrain", "--horizon", "28"]) == 0
        assert message("cash.claimed", lang, **facts) in capsys.readouterr().out
    assert main(["--quiet", "cash", "chain.chainbrain", "--horizon", "28", "--json"]) == 0
    paths = json.loads(capsys.readouterr().out)["paths"]
    assert [str(one["claimed"]) for one in paths] == ["1000.00", "0.00", "1000.00"]
    assert main(["--quiet", "cash", "chain.chainbrain", "--horizon", "28", "--no-irregular"]) == 0
    assert "不扣两次" not in capsys.readouterr().out


def test_series_typed_in_wholly_are_not_said_to_be_left_out() -> None:
    from chainbrain.cash.recurring import Outgoing, proposals

    lines = [Outgoing(f"{m}", NUMBER, date(2026, m, 10), Decimal(6000), "旺角置业", "房租", None, m) for m in (5, 6, 7)]
    series = proposals(lines, (), {NUMBER: A}, {NUMBER: SOLD_TO})
    found = _steadily(item_of(date(2026, 8, 12), "6200.00", kind="rent"))
    assert steady(found, A, series) == () and len(steady(found, A, series, meant=True)) == 1
