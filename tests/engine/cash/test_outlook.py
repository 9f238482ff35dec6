"""The cash forecast: known items to the cent, ranges from the past, when the floor breaks, what would prevent it."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import numpy as np
import pytest
from cash_examples import (
    BLANK,
    NUMBER,
    OTHER,
    SOLD_TO,
    WEEK,
    A,
    B,
    banks,
    item_of,
    outlook_of,
    prove,
    selling,
    statement,
    wallet,
)  # fmt: skip
from sales_book import SalesBook, uid

from chainbrain.cash import irregular, receipt_words
from chainbrain.cash.basis import ReceiptsBasis, Unforeseen
from chainbrain.cash.forecast import days
from chainbrain.cash.measuring import measure
from chainbrain.cash.paths import past_weeks, simulated
from chainbrain.cash.reckoning import reckon
from chainbrain.cash.recurring import Outgoing
from chainbrain.cash.rules import learn
from chainbrain.cash.settling import Arrival, Flow, Settling
from chainbrain.cash.transit import Ends, Owners, Terms, on_the_way
from chainbrain.cli import main
from chainbrain.database.book import Book
from chainbrain.errors import UserError
from chainbrain.workspace import Rooms

SETTLING = Settling(days.shipped())


def test_known_items_alone_come_out_to_the_cent() -> None:
    plan = (
        item_of(date(2026, 8, 10), "60000.00"),
        item_of(date(2026, 8, 14), "35000.00", kind="rent"),
        item_of(date(2026, 8, 20), "-50000.00", kind="other"),
        item_of(date(2026, 8, 10), "9000.50", B),
        # Due after the older statement ended and before the newer one did: nobody has seen it paid yet.
        item_of(date(2026, 8, 1), "1000.00", B, "monthly"),
        # Before the newer statement ended: paid, as far as the balance knows.
        item_of(date(2026, 8, 2), "7000.00"),
    )
    found = outlook_of(banks(), *plan, floors={A: Decimal(10000), None: Decimal(10000)})
    assert (found.known_to, isinstance(found.receipts, Unforeseen)) == (SOLD_TO, True)
    assert [one.number for one in found.accounts_left_out] == [BLANK]
    assert [(one.number, one.day) for one in found.ends(B)] == [(OTHER, SOLD_TO - timedelta(days=3))]
    assert [one.entity for one in found.paths] == [None, B, A]
    chain, of_b, of_a = found.paths
    assert (chain.opening, of_a.opening, of_b.opening) == (Decimal("120000.50"), Decimal(100000), Decimal("20000.50"))
    balances = {day.day: day.p5 for day in of_a.days}
    assert balances[date(2026, 8, 9)] == Decimal(100000)
    assert balances[date(2026, 8, 13)] == Decimal(40000)
    assert balances[date(2026, 8, 19)] == Decimal(5000)
    assert balances[date(2026, 8, 30)] == Decimal(55000)
    assert of_b.days[0].planned == Decimal("1000.00")
    assert of_b.days[-1].expected == Decimal("10000.00")
    assert chain.breach is None
    breach = of_a.breach
    assert breach is not None
    assert (breach.day, breach.balance, breach.needed) == (date(2026, 8, 14), Decimal(5000), Decimal(5000))
    assert [(due.day.day, due.amount) for due in breach.dues] == [(10, Decimal(60000)), (14, Decimal(35000))]
    assert of_a.breach_p50 == breach and of_a.lowest.day == date(2026, 8, 14)
    for path in found.paths:
        prove(path)
    # What would prevent it does: with so much more on that day the floor holds.
    helped = outlook_of(banks(), *plan, item_of(breach.day, f"-{breach.needed}"), floors={A: Decimal(10000)})
    path = helped.path(A)
    assert path is not None and path.breach is None and path.lowest.p5 == Decimal(10000)


def test_entities_without_a_balance_are_named_and_in_no_path() -> None:
    found = outlook_of(banks(), item_of(date(2026, 8, 10), "500.00", "丙公司"))
    assert found.entities_left_out == ("丙公司",)
    assert found.chain.days[-1].expected == Decimal("120000.50") and found.chain.dues == ()
    with pytest.raises(UserError) as caught:
        outlook_of(SalesBook().account("S1", "wechat", "1", legal_entity=A, bank_account=NUMBER))
    assert caught.value.code == "cash.no_balance"
    with pytest.raises(UserError) as caught:
        outlook_of(banks(), horizon=92)
    assert caught.value.code == "cash.horizon"


def test_sales_already_made_and_receipts_to_come_arrive_by_the_rule() -> None:
    found = outlook_of(wallet(selling()), item_of(date(2026, 8, 10), "100.00"), horizon=14)
    basis = found.receipts
    assert isinstance(basis, ReceiptsBasis)
    assert basis.reaching == pytest.approx(0.75 * (1 - 0.0038), rel=1e-4)
    # Friday to Sunday by T1 come on Monday; the Friday came already, had it been billed before the statement ended.
    (coming,) = [one for one in found.on_the_way if one.counted]
    weekend = [Decimal(WEEK[i] + (56 + i) % 5) * 3 / 4 for i in (4, 5, 6)]
    assert (coming.due_on, coming.entity, coming.standing) == (date(2026, 8, 3), A, "rule")
    assert abs(coming.amount - sum(weekend) * Decimal("0.9962")) < Decimal("0.02")
    path = found.path(A)
    assert path is not None
    by_day = {day.day: day for day in path.days}
    assert by_day[date(2026, 8, 3)].settlements == coming.amount and by_day[date(2026, 8, 3)].receipts == 0
    # Nothing arrives at weekends; Monday brings three days.
    assert by_day[date(2026, 8, 8)].receipts == by_day[date(2026, 8, 9)].receipts == 0
    tuesday, monday = (by_day[date(2026, 8, day)].receipts for day in (4, 10))
    # So short a past is answered by its mean.
    assert abs(tuesday - Decimal(3740) / 7 * Decimal("0.74715")) < 5
    assert abs(monday - 3 * tuesday) < Decimal("0.03")
    assert by_day[date(2026, 8, 14)].p5 < by_day[date(2026, 8, 14)].p95
    for each in found.paths:
        prove(each)
    of_b = found.path(B)
    assert of_b is not None and {day.receipts for day in of_b.days} == {Decimal("0.00")}
    # Its path is not said to be made of receipts that others get.
    assert receipt_words.none_at_bank(of_b) == ("cash.no_receipts_of", {"entity": B})
    assert receipt_words.none_at_bank(path) is None and receipt_words.none_at_bank(found.chain) is None


def test_sales_count_once_where_bills_and_tills_end_on_different_days() -> None:
    def brought(chain: SalesBook) -> tuple[Decimal, Decimal]:
        path = outlook_of(wallet(chain), horizon=14).path(A)
        assert path is not None
        prove(path)
        by_day = {day.day: day for day in path.days}
        return by_day[date(2026, 8, 4)].settlements, by_day[date(2026, 8, 4)].receipts

    nothing, estimated = brought(selling())
    assert nothing == 0 and estimated > 0
    # The bill of Monday is there, its till file is not: by T1 it comes on Tuesday, and only once.
    ahead = selling().payment("S1", "wechat", SOLD_TO + timedelta(days=1), "300.00", "1.14")
    assert brought(ahead) == (Decimal("298.86"), 0)
    # The tills know the weekend, the bills do not yet: it comes on Monday as the tills say.
    behind = selling()
    behind._rows["payments"] = [
        one for one in behind._rows["payments"] if one["occurred_at"].date() <= SOLD_TO - timedelta(days=2)
    ]
    kept = {one["payment_id"] for one in behind._rows["payments"]}
    behind._rows["payment_links"] = [one for one in behind._rows["payment_links"] if one["payment_id"] in kept]
    found = outlook_of(wallet(behind), horizon=14)
    path = found.path(A)
    assert path is not None and isinstance(found.receipts, ReceiptsBasis)
    monday = path.days[0]
    sold = sum(WEEK[i] + (56 + i) % 5 for i in (5, 6))
    assert abs(monday.receipts - Decimal(sold) * Decimal(str(found.receipts.reaching))) < Decimal("0.05")
    assert monday.settlements > 0 and monday.p5 == monday.p95


def test_order_and_items_that_fall_later_change_nothing_and_all_is_repeated_exactly() -> None:
    plan = [item_of(date(2026, 8, 3 + n % 12), f"{100 + n}.00", A if n % 3 else B) for n in range(12)]
    first = outlook_of(wallet(selling()), *plan, horizon=14)
    shuffled = plan.copy()
    Random(5).shuffle(shuffled)
    later = item_of(date(2026, 8, 20), "999999.00")
    assert outlook_of(wallet(selling()), *shuffled, later, horizon=14) == first


def test_a_number_without_a_rule_is_named_and_not_counted_on() -> None:
    chain = wallet(selling()).account("S9", "alipay", "9", legal_entity=A, bank_account=NUMBER)
    chain.payment("S1", "alipay", SOLD_TO, "50.00")
    found = outlook_of(chain, horizon=7)
    assert [(one.channel, one.standing) for one in found.on_the_way if not one.counted] == [("alipay", "untold")]
    # Each company is told of its own only.
    assert found.untold() == found.untold(A) != () and found.untold(B) == found.late(B) == ()


def _flows(rule: str, count: int = 60, share: float = 1.0) -> list[Flow]:
    first = date(2026, 6, 1)
    sold = {first + timedelta(days=i): 100.0 + 13 * (i % 7) for i in range(count)}
    came: dict[date, float] = {}
    for day, amount in sold.items():
        arrives = SETTLING.arrives(rule, day)
        assert arrives is not None
        came[arrives] = came.get(arrives, 0.0) + amount * share
    zero = Decimal(0)
    return [
        Flow("wechat", "1", day, Decimal(sold.get(day, 0)), zero, Decimal(came.get(day, 0)), True)
        for day in {**sold, **came}
    ]


def test_rules_are_learned_from_deposits_before_a_contract_is_believed() -> None:
    known_to = date(2026, 7, 30)
    for rule in ("T1", "D1", "T3", "D0"):
        (found,) = learn(_flows(rule), {("wechat", "1"): "T2"}, SETTLING, known_to).values()
        assert (found.rule, found.learned) == (rule, True)
        assert found.on_day is not None and found.on_day > 0.99
    # Without deposits the contract counts; a number without one has the usual rule of its channel.
    silent = [replace(one, received=0.0) for one in _flows("D1")]
    rules = learn(silent, {("wechat", "2"): "T1", ("wechat", "3"): "T1"}, SETTLING, known_to)
    assert {(one.rule, one.learned) for one in rules.values()} == {("T1", False)}
    assert learn([replace(one, channel="bank") for one in silent], {}, SETTLING, known_to)["bank", "1"].rule is None
    # What a split takes out of the wallet does not arrive.
    split = [replace(one, other=-one.sold / 5) for one in _flows("T1", share=0.8)]
    assert learn(split, {}, SETTLING, known_to)["wechat", "1"].factor == pytest.approx(0.8)


def test_paths_repeat_spread_as_wide_as_asked_and_know_nothing_of_later_days() -> None:
    draw = np.random.Generator(np.random.PCG64(1))
    mean = np.full((2, 28), 100.0)
    said = [np.full((2, 28), 100.0) for _ in range(12)]
    came = [one * (1 + 0.1 * draw.standard_normal()) + draw.standard_normal(one.shape) for one in said]
    paths = simulated(mean, said, came, 0.3)
    assert (paths == simulated(mean, said, came, 0.3)).all() and (paths >= 0).all()
    low, middle, high = np.quantile(paths.sum(axis=(1, 2)), (0.1, 0.5, 0.9)) / mean.sum()
    assert 0.2 < high - low < 0.4 and abs(middle - 1) < 0.1
    # A day more to come changes none of the days before it.
    longer = simulated(np.full((2, 28), 100.0)[:, :21], said, came, 0.0)
    assert longer.shape == (1000, 2, 21)
    few = simulated(mean, said[:2], came[:2], 0.5)
    low, high = np.quantile(few.sum(axis=(1, 2)), (0.1, 0.9)) / mean.sum()
    assert 0.4 < high - low < 0.6
    nothing = simulated(mean, [], [], 0.2)
    assert nothing.std() > 0
    weeks_said, weeks_came = past_weeks(np.tile(np.arange(14.0), (2, 1)))
    assert [one[0, 0] for one in weeks_came] == [0.0, 7.0] and [one[0, 0] for one in weeks_said] == [7.0, 0.0]


def test_irregular_payments_are_an_average_and_taken_off_unless_only_known_ones_are_asked_for() -> None:
    def paid(day: date, amount: str) -> Outgoing:
        return Outgoing(f"{day}{amount}", NUMBER, day, Decimal(amount), f"{day}{amount}", None, None, 1)

    lines = [paid(date(2026, 6, 10), "3000.00"), paid(date(2026, 7, 20), "3000.00"), paid(date(2026, 7, 30), "500.00")]
    plan = (item_of(date(2026, 8, 30), "510.00", cycle="monthly"),)
    first = {A: (date(2026, 6, 1), date(2026, 7, 30))}
    # 6000 yuan in 60 days; the 500 of the 30th are the plan's.
    usual = irregular.usual(lines, plan, {NUMBER: A}, first)[A]
    assert usual.monthly == (Decimal(6000) / 60 * Decimal("365.25") / 12).quantize(Decimal("0.01"))
    assert usual.days == 60 and usual.weeks.shape == (8, 7) and usual.weeks.sum() == 6000
    # The weeks end on a Thursday; all was paid on a Wednesday and a Monday, half on each.
    week = irregular.spread(usual, 10)
    assert week == [*[Decimal(0)] * 3, Decimal("350.00"), Decimal(0), Decimal("350.00"), *[Decimal(0)] * 4]
    assert sum(irregular.spread(usual, 364)) == Decimal("36400.00")
    even = irregular.Usual(60, Decimal("3043.75"), np.zeros((8, 7)))
    assert sum(irregular.spread(even, 365)) == Decimal("36500.00") and set(irregular.spread(even, 7)) == {Decimal(100)}
    short = irregular.usual(lines, plan, {NUMBER: A}, {A: (date(2026, 7, 10), date(2026, 7, 30))})[A]
    assert (short.days, short.monthly) == (21, None)
    # A book: shown, and in no path unless it is asked for.
    chain = banks()
    for number in range(4):
        statement(chain, NUMBER, SOLD_TO - timedelta(days=40 - 9 * number), f"-{100 + 90 * number}.00", "5.00")
    book = chain.done()
    measured = measure(book, days.shipped(), (), 7)
    plain, taken = (reckon(book, measured, (), {}, with_irregular=on) for on in (False, True))
    assert plain.chain.irregular == taken.chain.irregular and plain.chain.irregular
    assert plain.chain.days[-1].expected == plain.chain.opening
    assert taken.chain.days[-1].expected < taken.chain.opening
    prove(taken.chain)


def test_what_may_be_put_away_is_what_nobody_needs_until_then() -> None:
    found = outlook_of(banks(), item_of(date(2026, 8, 20), "90000.00"))
    path = found.path(A)
    assert path is not None
    assert [path.free(n, Decimal(5000)) for n in (7, 28)] == [Decimal(95000), Decimal(5000)]
    assert path.free(28, Decimal(50000)) == 0


def test_the_command_says_why_and_what_would_prevent_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chain = banks()
    chain.row(
        "cash_plans", cash_plan_id=uid("plan"), day=date(2026, 8, 10), party=A, kind="wages", amount=Decimal(95000),
        cycle="monthly", file_id=uid("plan"), sheet=None, line=1,
    )  # fmt: skip
    rooms = Rooms(chain.done(), tmp_path / "chain.chainbrain")
    rooms.book.execute("insert into base.history values (1, now(), 'me', 'cash_floor', '{}', true, null, null)")
    rooms.book.execute("insert into base.cash_floor_words values (1, 1, now(), 'me', $a, 10000)", a=A)
    monkeypatch.setattr("chainbrain.workspace.Workspace.open", lambda *_: nullcontext(rooms))
    assert main(["--quiet", "cash", "chain.chainbrain", "--entity", A, "--horizon", "20"]) == 0
    said = capsys.readouterr().out
    assert all(part in said for part in ("2026-08-10 起会", "08-10 工资 95,000.00", "多备 ¥5,000.00", "…0601"))
    # The older statement is another company's.
    assert "…0603" not in said
    assert main(["--quiet", "cash", "chain.chainbrain", "--horizon", "20", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["receipts"] == {"left_out": "no_sales"}
    assert told["paths"][2]["breach"]["needed"] == "5000.00"
    assert NUMBER not in json.dumps(told["accounts"])
    out = tmp_path / "cash.xlsx"
    assert main(["--quiet", "cash", "chain.chainbrain", "--out", str(out)]) == 0 and out.exists()
    assert main(["--quiet", "cash", "chain.chainbrain", "--entity", "丁"]) == 2
    assert B in capsys.readouterr().err


def test_receipts_are_worked_out_once_while_only_the_plan_changes(tmp_path: Path) -> None:
    rooms = Rooms(wallet(selling()).done(), tmp_path / "chain.chainbrain")
    first = rooms.cash.outlook(days.shipped(), 14)
    made = rooms.cash._kept
    assert made is not None
    rooms.book.execute("insert into base.history values (7, now(), 'me', 'cash_floor', '{}', true, null, null)")
    rooms.book.execute("insert into base.cash_floor_words values (1, 7, now(), 'me', null, 130000)")
    second = rooms.cash.outlook(days.shipped(), 14)
    assert rooms.cash._kept is made
    assert second.chain.floor == Decimal(130000) and second.chain.days == first.chain.days
    rooms.book.execute("insert into base.history values (8, now(), 'me', 'undo', '{}', false, 7, null)")
    rooms.cash.outlook(days.shipped(), 14)
    assert rooms.cash._kept is made
    rooms.book.execute("insert into base.history values (9, now(), 'me', 'import', '{}', true, null, null)")
    assert rooms.cash.outlook(days.shipped(), 14).chain.days == first.chain.days
    assert rooms.cash._kept is not made


def test_sums_of_several_days_are_rounded_once() -> None:
    # Saturday and Sunday arrive together on Monday; each leaves half a fen after its fee.
    days = date(2026, 7, 4), date(2026, 7, 5)
    flows = [Flow("wechat", "1", day, Decimal("99.62500"), Decimal("-0.12000"), Decimal(0), False) for day in days]
    ends = Ends({}, {A: date(2026, 7, 3)}, date(2026, 7, 3))
    terms = Terms({("wechat", "1"): Arrival("T1")}, SETTLING, Owners({("wechat", "1"): A}), ends)
    book = Book.in_memory()
    book.run("cash/movements")
    (one,) = on_the_way(book, flows, terms)
    assert (one.due_on, one.amount, one.standing) == (date(2026, 7, 6), Decimal("199.01"), "rule")


def test_accounts_without_a_balance_are_told_of_their_own_company_only() -> None:
    found = outlook_of(banks())
    told = {entity: [one.number for one in found.accounts_unknown(entity)] for entity in (None, A, B)}
    assert told == {None: [BLANK], A: [BLANK], B: []}
