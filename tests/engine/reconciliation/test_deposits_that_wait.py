"""What no deposit can be held against: missing bills, debts of a day before, closed stores; deposits rounded once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from deciding import decide
from reconcile_book import World, at
from run_book import LAST, M, a_chain, after, daily, deposits, net, sales

from chainbrain import facts
from chainbrain.cash.room import CashRoom
from chainbrain.cash.transit import LATE, PAYOUT, RULE
from chainbrain.money import half_up
from chainbrain.reports.room import make
from chainbrain.rulebook import RuleBook

LOST = 7
RATE = Decimal("0.0038")


def without_a_bill(book: World, *, sold: bool = True) -> World:
    """The bill of one day between others is not there; with ``sold`` false there was nothing to bill."""
    book.book.execute("delete from base.coverage where kind = 'wallet' and day = $day", day=after(LOST))
    book.book.execute("delete from base.payments where cast(occurred_at as date) = $day", day=after(LOST))
    for n in range(LAST + 1):
        if n != LOST or sold:
            for word, amount in zip("ab", sales(n), strict=True):
                book.order("S1", f"O{n}{word}", str(amount), {"reference": f"S1{n}{word}"}, day=after(n))
        else:
            book.order("S1", f"O{n}", "8.00", {"method": "cash"}, day=after(n))
    return book


@pytest.mark.parametrize("sold", [True, False], ids=["sold", "nothing sold"])
def test_the_deposit_of_a_day_without_a_bill_waits_for_it(sold: bool) -> None:
    book = deposits(without_a_bill(a_chain(), sold=sold), daily(0, 6) | daily(8, 9))
    book.bank_line("lost", str(net(*sales(LOST))), day=after(LOST + 1), memo="结算款")
    book.bank_line("stranger", "77.77", day=after(LOST + 3), memo="结算款")
    book.reconcile()
    told = book.book.rows_of(
        "select b.external_id, s.state, s.reason from main.row_states s "
        "join main.bank_lines b on b.bank_line_id = s.record_id where s.state <> 'matched' order by 1"
    )
    waits = ("lost", "timing", "waiting_for_file") if sold else ("lost", "difference", "no_settlement")
    assert told == [waits, ("stranger", "difference", "no_settlement")]


def test_deposits_after_the_last_bill_wait_for_the_next() -> None:
    """The bill ends with the eighth day; what comes from the tenth day on pays sales that it does not tell."""
    book = a_chain()
    book.book.execute("delete from base.coverage where kind = 'wallet' and day > $day", day=after(LOST))
    book.book.execute("delete from base.payments where cast(occurred_at as date) > $day", day=after(LOST))
    deposits(book, daily(0, 9)).reconcile()
    assert book.book.rows_of(
        "select b.posted_at::date, s.state, s.reason from main.row_states s "
        "join main.bank_lines b on b.bank_line_id = s.record_id where s.state <> 'matched' order by 1"
    ) == [(after(n), "timing", "waiting_for_file") for n in (LOST + 2, LOST + 3)]


def test_a_day_that_makes_up_for_a_negative_one_is_not_late() -> None:
    """A large sum is given back; what the next days bring goes against it, and only the rest is ever owed."""
    book = a_chain()
    back = Decimal(1500)
    book.payment("R1", f"{-back}", kind="refund", refund_id="R1", when=at("20:00:00", after(4)))
    deposits(book, daily(0, 3)).reconcile()
    debt = net(*sales(4)) - back + half_up(back * RATE)
    owed = {}
    for n in range(5, LAST + 1):
        debt += net(*sales(n))
        if debt > 0:
            owed[after(n + 1)] = min(debt, net(*sales(n)))
    late = dict(book.book.rows_of("select due_on, -amount from main.differences where code = 'D08' order by 1"))
    assert late == {day: amount for day, amount in owed.items() if day in late}
    assert min(late) == min(owed)
    assert book.book.rows_of(
        "select s.last_day, r.state from main.row_states r join main.settlements s on s.settlement_id = r.record_id "
        "where r.reason = 'negative_carried' order by 1"
    ) == [(after(n), "timing") for n in range(5, LAST + 1) if after(n + 1) < min(owed)]
    # The list of what is on its way tells the same, and is all of it.
    listed: dict[str, Decimal] = {}
    for row in book.book.rows("reports/unsettled", channel=None, after=after(30)):
        listed[row[1]] = listed.get(row[1], Decimal(0)) + row[7]
    # The money map calls late what is due, the differences only what stayed away two working days longer.
    assert [(listed["late"],)] == book.book.rows_of("select sum(amount) from base.late_money_of_rows")
    assert sum(late.values()) < listed["late"]
    assert book.book.rows_of("select sum(amount) from base.daily_flows where part = 'open'") == [
        (sum(listed.values()),)
    ]


@pytest.mark.parametrize("verdict", ["explain", "exclude", "timing"])
def test_the_list_of_what_is_on_its_way_keeps_a_late_payout_whatever_was_said_of_it(verdict: str) -> None:
    """A word on a difference brings no money: the list adds up to the closing figure before and after it."""
    sums = daily()
    second = after(2)
    missing = sums.pop(second)
    book = deposits(a_chain(), sums)
    book.reconcile()

    def listed() -> tuple[Decimal, Decimal]:
        rows = book.book.rows("reports/unsettled", channel=None, after=after(30))
        ((flows,),) = book.book.rows_of("select sum(amount) from base.daily_flows where part = 'open'")
        return sum((row[7] for row in rows), Decimal(0)), flows

    before, flows = listed()
    assert before == flows >= missing
    decide(book, "difference", verdict, note="等平台答复")
    book.reconcile()
    assert listed() == (before, flows)


@pytest.mark.parametrize(
    ("to", "late", "way"),
    [
        (6, {}, [(8, RULE, "-117.82")]),
        (8, {(8, 9): "380.89"}, [(9, PAYOUT, "518.67"), (8, LATE, "380.89")]),
    ],
    ids=["nothing owed yet", "the rest owed"],
)
def test_what_is_late_is_what_is_left_of_a_negative_day(
    to: int, late: dict[tuple[int, int], str], way: list[tuple[int | None, str, str]]
) -> None:
    book = a_chain()
    book.payment("R1", "-1500", kind="refund", refund_id="R1", when=at("20:00:00", after(4)))
    book.book.execute("delete from base.payments where cast(occurred_at as date) > $day", day=after(to))
    book.book.execute("delete from base.coverage where day > $day", day=after(to))
    deposits(book, daily(0, 3)).bank_line("fee", "-1.00", day=after(to)).reconcile()
    assert book.book.rows_of(
        "select due_on, day, sum(amount) from base.late_money group by all having sum(amount) <> 0"
    ) == [(after(due), after(day), Decimal(amount)) for (due, day), amount in late.items()]
    assert facts.differing(book.book) == ()

    book.book.execute("update base.bank_lines set balance = 1000")
    told: dict[tuple[date | None, str], Decimal] = {}
    for one in CashRoom(book.book).outlook(RuleBook(book.book).calendar()).on_the_way:
        told[one.due_on, one.standing] = told.get((one.due_on, one.standing), Decimal(0)) + one.amount
    assert told == {(after(day) if day else None, standing): Decimal(amount) for day, standing, amount in way}


def test_a_late_payout_left_out_by_hand_stays_on_the_list_as_it_stays_on_the_map() -> None:
    """A decision brings no money: map, overview and list hold the same sum, and the list says who set it aside."""
    book = deposits(a_chain(), {day: amount for day, amount in daily(0, LAST - 1).items() if day != after(5)})
    book.bank_line("fee", "-1.00", day=after(LAST + 6)).reconcile()
    lost = net(*sales(4))
    for entry, verdict, standing in ((7, "exclude", "left_out"), (8, "timing", "late"), (9, "reopen", "late")):
        decide(book, "difference", verdict, entry=entry, note="银行查不到")
        found = make(book.book, "in-transit", first=after(0), after=after(LAST + 7))
        rolled, waiting = (table.rows for table in found.tables)
        shown = {row["first_day"]: (row["standing"], row["amount"]) for row in waiting.to_dicts()}
        assert shown[after(4)] == (standing, lost)
        assert sum(waiting["amount"]) == rolled["closing"].sum() == lost + net(*sales(LAST))
        assert rolled["late"].sum() == sum(amount for word, amount in shown.values() if word in {"late", "left_out"})
        assert CashRoom(book.book).money_map().at(after(LAST + 6)).held["late"] == rolled["late"].sum()


def test_a_refund_of_a_closed_store_waits_for_no_till() -> None:
    book = World().store("S1").account("wechat", M, "S1").order("S1", "A1", "30.00", {"reference": "W1"})
    book.payment("W1", "30.00").payment("W2", "20.00", when=at(day=after(-1)))
    book.payment("W1", "-30.00", kind="refund", refund_id="R1", when=at(day=after(9)))
    assert book.reconcile() is not None
    assert [code for code, _ in book.codes()] == []
    book.book.execute("update base.stores set closed_on = $day", day=after(3))
    book.reconcile()
    assert book.codes() == [("D06", Decimal("-30.00"))]


def test_a_deposit_of_several_days_is_rounded_once() -> None:
    """Fees that are billed with parts of a fen: three days' nets, each rounded, are not the deposit."""
    book = a_chain(rule="T1")
    rate = Decimal("0.0021")
    exact = {n: sum((amount * (1 - rate) for amount in sales(n)), Decimal(0)) for n in range(LAST + 1)}
    book.book.execute("update base.payments set fee = amount * 0.0021")
    sums = {after(n + 1): half_up(exact[n]) for n in range(4)}
    weekend = half_up(exact[4] + exact[5] + exact[6])
    assert weekend != half_up(exact[4]) + half_up(exact[5]) + half_up(exact[6])
    sums |= {after(7): weekend, after(8): half_up(exact[7])}
    deposits(book, sums).reconcile()
    assert book.states("bank_line", "bank") == ["matched"] * 6


def test_one_deposit_that_agrees_by_chance_is_no_habit() -> None:
    """Of a merchant that withdraws by hand one deposit is what some cut-off would give, no other is."""
    book = a_chain(evening="23:10:00")
    by_chance = {after(6): net(sales(5)[0], sales(4)[1])}
    deposits(book, {after(2): Decimal("311.11"), after(4): Decimal("822.22"), **by_chance}).reconcile()
    assert book.book.rows_of("from base.payout_habits") == []
    assert book.book.rows_of("from main.matches") == []
    known = deposits(a_chain(evening="23:10:00"), by_chance | {after(7): net(sales(6)[0], sales(5)[1])})
    known.reconcile()
    assert known.book.rows_of("select votes from base.payout_habits") == [(2,)]
