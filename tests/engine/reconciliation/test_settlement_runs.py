"""Wallets that settle straight to the bank: the habit is learned from the deposits, then days are proven one by one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from reconcile_book import World, at, ident
from run_book import NUMBERS, M, a_chain, accepted, after, daily, deposits, net, sales, suggestions

from chainbrain.money import half_up
from chainbrain.reconciliation.room import ReconciliationRoom
from chainbrain.reports.room import make


def habit(book: World) -> tuple[str, int, str, bool, int]:
    ((rule, cutoff, fees, merged, votes),) = book.book.rows_of(
        "select rule, cutoff, fees, merged, votes from base.payout_habits"
    )
    return rule, cutoff, fees, merged, votes


def paid(book: World) -> set[tuple[date, date, date]]:
    """First and last settlement day of each payout that a deposit is confirmed for, and the day of the deposit."""
    return {
        (first, last, posted)
        for first, last, posted in book.book.rows_of(
            "select min(s.first_day), max(s.last_day), cast(max(b.posted_at) as date) from main.matches m "
            "join main.match_members i on i.match_id = m.match_id and i.side = 'inner' "
            "join main.match_members o on o.match_id = m.match_id and o.side = 'outer' "
            "join main.settlements s on s.settlement_id = i.record_id "
            "join main.bank_lines b on b.bank_line_id = o.record_id "
            "where m.kind = 'settlement_bank' and m.state = 'confirmed' group by m.match_id"
        )
    }


def test_daily_deposits_are_learned_and_each_day_is_proven() -> None:
    book = deposits(a_chain(), daily())
    book.reconcile()
    assert habit(book) == ("D1", 0, "item", True, 10)
    assert paid(book) == {(day - timedelta(days=1), day - timedelta(days=1), day) for day in daily()}
    assert book.states("bank_line", "bank") == ["matched"] * 10
    assert book.states("payment", "payout") == ["matched"] * 20 + ["timing"] * 4
    assert book.book.rows_of("select count(*) from main.payments where settlement_id is null") == [(0,)]


def test_two_deposits_are_no_habit() -> None:
    book = deposits(a_chain(), daily(0, 1), named=False)
    book.reconcile()
    assert book.book.rows_of("from base.payout_habits") == []
    assert book.book.rows_of("from main.settlements") == []
    assert book.states("payment", "payout") == []


@pytest.mark.parametrize(
    ("evening", "cutoff"), [("22:40:00", -120), ("23:10:00", -60), ("01:10:00", 90), ("04:40:00", 300)]
)
def test_the_cutoff_is_learned_from_the_sums(evening: str, cutoff: int) -> None:
    """Sales of the evening count to the next day, those of the small hours to the day before."""
    book = a_chain(evening=evening)
    shift = 1 if cutoff < 0 else -1
    sums = {after(n + 1): net(sales(n)[0], sales(n - shift)[1]) for n in range(1, 9)}
    deposits(book, sums).reconcile()
    ((learned, votes),) = book.book.rows_of("select cutoff, votes from base.payout_habits")
    assert votes == 8
    assert (learned < 0) == (cutoff < 0)
    assert learned != 0
    assert book.states("bank_line", "bank") == ["matched"] * 8


def test_a_weekend_arrives_on_monday_as_one() -> None:
    """T+1: Friday, Saturday and Sunday come together on Monday."""
    book = a_chain(rule="T1")
    monday = after(7)
    sums = daily(0, 3)
    sums[monday] = sum((net(*sales(n)) for n in (4, 5, 6)), Decimal(0))
    sums[monday + timedelta(days=1)] = net(*sales(7))
    deposits(book, sums).reconcile()
    assert habit(book)[:4] == ("T1", 0, "item", True)
    assert (after(4), after(6), monday) in paid(book)
    assert book.states("bank_line", "bank") == ["matched"] * 6


def test_the_rate_on_the_days_sum_is_recognised() -> None:
    sums = {}
    for n in range(9):
        gross = sum(sales(n), Decimal(0))
        sums[after(n + 1)] = gross - half_up(gross * Decimal("0.0038"))
    book = deposits(a_chain(), sums)
    book.reconcile()
    assert habit(book)[2] == "batch"
    assert book.states("bank_line", "bank") == ["matched"] * 9


def test_days_below_the_minimum_payout_are_carried_into_one_deposit() -> None:
    sums = daily(0, 3)
    together = after(7)
    sums[together] = sum((net(*sales(n)) for n in (4, 5, 6)), Decimal(0))
    sums[together + timedelta(days=1)] = net(*sales(7))
    book = deposits(a_chain(), sums)
    book.reconcile()
    assert (after(4), after(6), together) in paid(book)
    ((stage, members),) = book.book.rows_of(
        "select stage, json_extract(explanation, '$.records')::integer from main.matches "
        "where kind = 'settlement_bank' and json_extract(explanation, '$.records')::integer > 1"
    )
    assert (stage, members) == ("merchant_and_run", 3)
    received = book.book.one_of("select sum(-amount) from base.arrival_flows where part = 'received'")[0]
    assert abs(received) == sum(sums.values(), Decimal(0))


def test_days_that_wait_for_the_minimum_payout_are_not_late() -> None:
    """Three days a deposit so far; the two days after the last one are less than any of them brought."""
    sums = {after(n + 3): sum((net(*sales(day)) for day in range(n, n + 3)), Decimal(0)) for n in (0, 3)}
    book = deposits(a_chain(), sums)
    book.book.execute("delete from base.payments where occurred_at >= $day", day=at("00:00:00", after(8)))
    book.reconcile()
    assert book.codes() == []
    assert book.book.rows_of(
        "select distinct reason from main.row_states where record_type = 'settlement' and leg = 'bank' "
        "and state = 'timing'"
    ) == [("below_minimum",)]


def test_days_after_the_one_deposit_that_brought_several_are_not_late_before_they_are_as_much() -> None:
    book = deposits(a_chain(), {after(6): sum((net(*sales(n)) for n in range(6)), Decimal(0))})
    book.bank_line("fee", "-1.00", day=after(20)).reconcile()
    assert book.codes() == []


def test_what_was_collected_for_the_minimum_is_late_with_the_day_that_reaches_it() -> None:
    sums = {after(n + 3): sum((net(*sales(day)) for day in range(n, n + 3)), Decimal(0)) for n in (0, 3)}
    book = deposits(a_chain(), sums)
    book.book.execute("delete from base.payments where occurred_at >= $day", day=at("00:00:00", after(9)))
    book.reconcile()
    owed = sum((net(*sales(n)) for n in (6, 7, 8)), Decimal(0))
    assert book.codes() == [("D08", -owed)]
    assert book.book.one_of("select sum(amount) from base.late_money") == (owed,)


def test_a_negative_day_is_carried_over() -> None:
    book = a_chain()
    book.payment("R1", "-900.00", kind="refund", refund_id="R1", when=at("20:00:00", after(4)))
    sums = daily(0, 3)
    refund = -(Decimal("900.00") - half_up(Decimal("900.00") * Decimal("0.0038")))
    carried = (
        sum((net(*sales(n)) for n in (4, 5)), Decimal(0))
        + Decimal("-900.00")
        - half_up(Decimal("-900") * Decimal("0.0038"))
    )
    assert net(*sales(4)) + refund < 0 < carried
    sums[after(6)] = carried
    sums[after(7)] = net(*sales(6))
    deposits(book, sums).reconcile()
    assert (after(4), after(5), after(6)) in paid(book)
    assert book.states("bank_line", "bank") == ["matched"] * 6


def test_a_day_that_never_came_is_late_and_a_changed_one_is_suggested_with_its_gap() -> None:
    sums = daily()
    del sums[after(3)]
    sums[after(5)] -= Decimal("12.34")
    book = deposits(a_chain(), sums)
    book.reconcile()
    assert ("D08", -net(*sales(2))) in book.codes()
    changed = ident("bank", "62220001", f"B{M}{after(5)}")
    assert book.state(changed, "bank") == ("timing", "suggested")
    assert [code for code, _ in book.codes()] == ["D08"]
    ((stage, gap),) = book.book.rows_of(
        "select m.stage, o.amount - i.amount from main.matches m "
        "join main.match_members i on i.match_id = m.match_id and i.side = 'inner' "
        "join main.match_members o on o.match_id = m.match_id and o.side = 'outer' where m.state = 'suggested'"
    )
    assert (stage, gap) == ("merchant_other_amount", Decimal("-12.34"))


def test_the_day_in_a_memo_is_that_of_the_sales_where_its_channel_writes_those() -> None:
    """Two days in a row of one sum: the second deposit's memo names the day on which the first payout was due."""
    book = World().bank().store("S1").account("wechat", M, "S1", rule="D1")
    for n in range(9):
        (_, amount) = sales(5 if n == 6 else n)
        book.payment(f"S1{n}", str(amount), merchant=M, when=at("19:30:00", after(n)))
        if n != 5:
            book.bank_line(f"B{n}", str(net(amount)), day=after(n + 1), memo=f"商户号{M} {after(n):%Y%m%d}")
    book.reconcile()
    assert paid(book) == {(after(n), after(n), after(n + 1)) for n in range(9) if n != 5}
    assert book.codes() == [("D08", -net(sales(5)[1]))]


def test_an_unnamed_deposit_is_proven_when_nothing_else_could_be_behind_it() -> None:
    book = deposits(a_chain("S1", "S2"), daily())
    deposits(book, daily(store="S2"), merchant=NUMBERS["S2"], named=False).reconcile()
    assert book.states("bank_line", "bank") == ["matched"] * 20


@pytest.mark.parametrize("other", ["S2", "S3"])
def test_an_unnamed_deposit_is_doubted_while_another_payout_due_then_has_none(other: str) -> None:
    """S1 has no deposit of its second day: one that fits another store to the cent may be it, changed on the way,
    however much larger (S2 takes three times as much): a sale that the bill left out may be more than all others."""
    second = after(2)
    sums = daily()
    del sums[second]
    book = deposits(a_chain("S1", other), sums)
    theirs = daily(store=other)
    amount = theirs.pop(second)
    deposits(book, theirs, merchant=NUMBERS[other])
    book.bank_line("X", str(amount), day=second, memo="结算款").reconcile()
    assert book.state(ident("bank", "62220001", "X"), "bank")[0] == "timing"


def test_one_payout_in_two_deposits_that_both_name_it() -> None:
    sums = daily()
    third = after(3)
    whole = sums.pop(third)
    book = deposits(a_chain(), sums)
    for number, part in enumerate((Decimal("150.00"), whole - Decimal("150.00"))):
        book.bank_line(f"P{number}", str(part), day=third, memo=f"商户号{M} {third:%Y%m%d}")
    book.reconcile()
    assert book.states("bank_line", "bank") == ["matched"] * 11
    assert book.codes() == []


def test_a_day_with_missing_sales_calls_nothing_short() -> None:
    """The bill of one day is not there: its deposit finds nothing, and nobody is accused."""
    book = a_chain()
    book.book.execute("delete from base.payments where cast(occurred_at as date) = $d", d=after(3))
    book.book.execute("delete from base.coverage where kind = 'wallet' and day = $d", d=after(3))
    deposits(book, daily()).reconcile()
    assert [code for code, _ in book.codes() if code in ("D08", "D12")] == []


@pytest.mark.parametrize(("arrives", "late"), [((), 0), ((10,), 2)], ids=["nothing more came", "a later one came"])
def test_after_a_day_with_missing_sales_nothing_is_late_until_something_arrives(
    arrives: tuple[int, ...], late: int
) -> None:
    """What is not there may be a large refund, for which all that follows is held back: a later deposit denies it."""
    book = a_chain()
    book.book.execute("delete from base.payments where cast(occurred_at as date) = $d", d=after(6))
    book.book.execute("delete from base.coverage where kind = 'wallet' and day = $d", d=after(6))
    deposits(book, daily(0, 5))
    for n in arrives:
        deposits(book, daily(n, n))
    book.bank_line("fee", "-1.00", day=after(20)).reconcile()
    assert [code for code, _ in book.codes()] == ["D08"] * late
    reasons = {reason for (reason,) in book.book.rows_of(
        "select reason from main.row_states where record_type = 'settlement' and leg = 'bank' and state = 'timing'"
    )}  # fmt: skip
    assert ("bill_incomplete" in reasons) == (not arrives)


def test_a_deposit_that_brings_the_payout_of_another_store_along_is_suggested_as_both() -> None:
    third = after(3)
    sums, theirs = daily(), daily(store="S2")
    both = sums.pop(third) + theirs.pop(third)
    book = deposits(deposits(a_chain("S1", "S2"), sums), theirs, merchant=NUMBERS["S2"])
    book.bank_line("X", str(both), day=third, memo="结算款").reconcile()
    assert suggestions(book) == [("two_payouts", 1, 2, 1)]
    assert book.codes() == []
    accepted(book)
    assert book.states("bank_line", "bank") == ["matched"] * 19
    assert book.codes() == []


def test_a_deposit_that_brings_three_payouts_along_is_suggested_as_the_only_combination() -> None:
    third = after(3)
    book, theirs = a_chain("S1", "S2", "S3"), [daily(store=store) for store in NUMBERS]
    together = sum((sums.pop(third) for sums in theirs), Decimal(0))
    for sums, merchant in zip(theirs, NUMBERS.values(), strict=True):
        deposits(book, sums, merchant=merchant)
    book.bank_line("X", str(together), day=third, memo="结算款").reconcile()
    assert suggestions(book) == [("subset", 1, 3, 1)]
    ((match_id,),) = book.book.rows_of("select cast(match_id as varchar) from main.matches where state = 'suggested'")
    evidence = ReconciliationRoom(book.book).evidence(match_id)
    assert (evidence.facts["why"], evidence.facts["tried"], evidence.gap) == ("unique", 4, 0)
    assert book.book.rows_of("from main.ambiguities") == []
    accepted(book)
    assert book.states("bank_line", "bank") == ["matched"] * 28


def test_two_equal_payouts_of_which_a_deposit_brings_one_are_told_as_two_answers() -> None:
    """S3 sells what S2 sells; one of the two came with S1's payout, and nobody can say which."""
    third = after(3)
    book, mine, theirs = a_chain("S1", "S2", "S3"), daily(), daily(store="S2")
    book.book.execute(
        "update base.payments p set amount = s.amount, fee = s.fee from base.payments s "
        "where p.merchant_no = $to and s.merchant_no = $from and p.occurred_at = s.occurred_at",
        **{"to": NUMBERS["S3"], "from": NUMBERS["S2"]},
    )
    together = mine.pop(third) + theirs.pop(third)
    for sums, store in ((mine, "S1"), (theirs, "S2"), (theirs, "S3")):
        deposits(book, sums, merchant=NUMBERS[store])
    book.bank_line("X", str(together), day=third, memo="结算款").reconcile()
    assert suggestions(book) == [("two_payouts", 2, 2, 1)] * 2
    ((kind, solutions, alike, shared, examples),) = book.book.rows_of(
        "select record_type, solutions, alike, shared, len(examples) from main.ambiguities "
        "where record_type = 'bank_line'"
    )
    assert (kind, solutions, alike, examples) == ("bank_line", 2, True, 2)
    assert book.book.rows_of("select merchant_no from main.settlements where settlement_id = $s", s=shared[0]) == [(M,)]
    told = make(book.book, "matches").tables[2].rows.filter(record_type="bank_line").to_dicts()
    assert [(one["amount"], one["solutions"], one["alike"], one["shared"]) for one in told] == [
        (together, 2, "true", 1)
    ]
    assert told[0]["first_example"] == told[0]["second_example"]


def test_a_payout_that_comes_as_two_unnamed_deposits_is_suggested_as_one() -> None:
    third = after(3)
    sums = daily()
    whole = sums.pop(third)
    book = deposits(a_chain(), sums)
    for number, part in enumerate((Decimal("150.00"), whole - Decimal("150.00"))):
        book.bank_line(f"P{number}", str(part), day=third, memo="结算款")
    book.reconcile()
    assert suggestions(book) == [("two_deposits", 1, 1, 2)]
    accepted(book)
    assert book.states("bank_line", "bank") == ["matched"] * 11


def test_the_one_sale_that_was_held_back_explains_the_gap() -> None:
    third = after(3)
    sums = daily()
    sums[third] = net(sales(2)[1])
    book = deposits(a_chain(), sums)
    book.reconcile()
    ((match_id,),) = book.book.rows_of("select cast(match_id as varchar) from main.matches where state = 'suggested'")
    evidence = ReconciliationRoom(book.book).evidence(match_id)
    assert (evidence.facts["why"], evidence.facts["found"]) == ("item_missing", 1)
    assert evidence.gap == -net(sales(2)[0])


def test_the_evidence_of_days_in_a_row_lists_each_payout() -> None:
    together = after(7)
    sums = daily(0, 3)
    sums[together] = sum((net(*sales(n)) for n in (4, 5, 6)), Decimal(0))
    book = deposits(a_chain(), sums)
    book.reconcile()
    ((match_id,),) = book.book.rows_of(
        "select cast(match_id as varchar) from main.matches where stage = 'merchant_and_run'"
    )
    lines = ReconciliationRoom(book.book).evidence(match_id).lines
    assert [(line.key, line.total) for line in lines] == [
        *[("payout", False)] * 3, ("expected", True), ("bank_line", False), ("gap", True),
    ]  # fmt: skip
    assert lines[3].amount == sums[together]
    assert lines[-1].amount == 0


def test_the_work_list_tells_the_gap_of_a_whole_group() -> None:
    third = after(3)
    sums = daily()
    whole = sums.pop(third)
    book = deposits(a_chain(), sums)
    for number, part in enumerate((Decimal("150.00"), whole - Decimal("150.00"))):
        book.bank_line(f"P{number}", str(part), day=third, memo="结算款")
    book.reconcile()
    items = ReconciliationRoom(book.book).bank_worklist()
    assert [(item.answer, item.gap) for item in items] == [("single", Decimal("0.00"))] * 2
