"""Whatever the data: every row one state per leg, nothing used twice, the order of rows without influence."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reconcile_book import DAY, World, a_tender, at

AMOUNTS = st.sampled_from(["18.00", "28.00", "38.00", "0.01"])
REFERENCES = st.sampled_from(["4200001", "4200002", "4200003", "M-1", "M-2", "A1", None])
CLOCK = st.sampled_from(["00:00:20", "12:00:00", "12:01:00", "23:59:50"])
DAYS = st.integers(0, 5)
METHODS = st.sampled_from(["wechat", "wechat", "wechat", "other", "cash", "stored_value", "coupon", "alipay"])

TENDER = st.fixed_dictionaries(
    {
        "store": st.sampled_from(["S1", "S2"]),
        "method": METHODS,
        "amount": AMOUNTS,
        "refund": st.booleans(),
        "reference": REFERENCES,
        "merchant": st.sampled_from([None, "1900000001", "unknown"]),
        "clock": CLOCK,
        "day": DAYS,
        "status": st.sampled_from(["completed", "completed", "cancelled", "open"]),
    }
)
PAYMENT = st.fixed_dictionaries(
    {
        "number": st.sampled_from(["4200001", "4200002", "4200003", "4200004"]),
        "order": st.sampled_from([None, "M-1", "M-2", "A0", "A1"]),
        "amount": AMOUNTS,
        "kind": st.sampled_from(["payment", "payment", "refund", "adjustment"]),
        "terminal": st.sampled_from(["1001", "1002", None]),
        "clock": CLOCK,
        "day": DAYS,
        "cancelled": st.sampled_from([False, False, True]),
        "booked": st.sampled_from(["all", "gross", "none"]),
    }
)
DEPOSIT = st.fixed_dictionaries(
    {
        "amount": st.sampled_from(["5000.00", "5000.01", "12.00"]),
        "day": DAYS,
        "memo": st.sampled_from(["", "1900000001", "1900000001 20260803", "9000001"]),
    }
)

Case = dict[str, list[dict[str, Any]]]


def build(case: Case, seed: int | None = None) -> World:
    """The same content in the given order, or shuffled."""
    book = World().store("S1").store("S2", cutoff="04:00:00").bank()
    book.account("wechat", "1900000001", "S1", terminal="1001").account(
        "wechat", "1900000001", "S2", terminal="1002"
    ).ledger("wechat", "1900000001")
    steps: list[tuple[str, dict[str, Any], int]] = [
        (kind, row, number)
        for kind in ("tenders", "payments", "withdrawals", "deposits")
        for number, row in enumerate(case[kind])
    ]
    if seed is not None:
        random.Random(seed).shuffle(steps)
    for kind, row, number in steps:
        when = at(row.get("clock", "08:00:00"), DAY + timedelta(days=row["day"]))
        if kind == "tenders":
            amount = f"-{row['amount']}" if row["refund"] else row["amount"]
            book.order(
                row["store"],
                f"A{number}",
                row["amount"],
                a_tender(row["reference"], amount, method=row["method"], merchant_no=row["merchant"]),
                day=when.date(),
                clock=row["clock"],
                status=row["status"],
            )
        elif kind == "payments":
            signed = f"-{row['amount']}" if row["kind"] == "refund" else row["amount"]
            refund = f"R{number}" if row["kind"] == "refund" else None
            book.payment(
                row["number"],
                signed,
                kind=row["kind"],
                order_no=row["order"],
                refund_id=refund,
                refund_no=f"n{number}",
                terminal=row["terminal"],
                when=when,
                cancelled=row["cancelled"],
                merchant="1900000001",
            )
            if row["booked"] != "none":
                book.wallet_line(
                    f"L{number}",
                    signed,
                    "refund" if refund else "payment",
                    business_id=refund or row["number"],
                    when=when,
                    merchant="1900000001",
                )
        elif kind == "withdrawals":
            book.wallet_line(f"900000{number}", f"-{row['amount']}", "withdrawal", when=when, merchant="1900000001")
        else:
            book.bank_line(f"B{number}", row["amount"], day=when.date(), memo=row["memo"])
    return book


CASES = st.fixed_dictionaries(
    {
        "tenders": st.lists(TENDER, max_size=8),
        "payments": st.lists(PAYMENT, max_size=8),
        "withdrawals": st.lists(DEPOSIT, max_size=4),
        "deposits": st.lists(DEPOSIT, max_size=4),
    }
)
QUICK = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def result(book: World) -> dict[str, list[Any]]:
    """Everything the reconciliation says, without the time it was said."""
    rows = book.book.rows_of
    return {
        "matches": rows(
            "select match_id, kind, state, stage, solutions, explanation::varchar from main.matches order by all"
        ),
        "members": rows("select * from main.match_members order by all"),
        "differences": rows(
            "select difference_id, code, state, store_id, business_day, amount, record_id, cause "
            "from main.differences order by all"
        ),
        "states": rows(
            "select record_type, record_id, leg, state, match_id, reason, due_on from main.row_states order by all"
        ),
    }


@QUICK
@given(CASES)
def test_states_and_uses_are_conserved(case: Case) -> None:
    book = build(case)
    book.reconcile()  # raises when a row has no state or two at one leg
    used = book.book.rows_of(
        "select m.kind, i.side, i.record_id from main.matches m join main.match_members i on i.match_id = m.match_id "
        "where m.state = 'confirmed' and m.kind <> 'payment_settlement'"
    )
    twice = [use for use, count in Counter((kind, side, record) for kind, side, record in used).items() if count > 1]
    assert twice == []
    lonely = book.book.rows_of(
        "select record_id from main.row_states "
        "where state = 'matched' and match_id is null and leg = 'till' and record_type = 'payment'"
    )
    assert lonely == []
    open_rows = book.book.rows_of(
        "select d.record_id from main.differences d "
        "left join main.row_states s on s.record_id = d.record_id and s.state = 'difference' "
        "where d.state = 'open' and d.record_type not in ('cash_count', 'stored_value_line') and s.record_id is null"
    )
    assert open_rows == []


@QUICK
@given(CASES, st.integers(0, 1000))
def test_the_order_of_rows_and_a_second_run_change_nothing(case: Case, seed: int) -> None:
    book = build(case)
    book.reconcile()
    first = result(book)
    book.reconcile()
    assert result(book) == first
    # tenders of one order and moment keep their file order, so lines are part of the content and stay
    other = build(case, seed)
    for table, key in (("tenders", "tender_id"), ("payments", "payment_id")):
        lines = dict(book.book.rows_of(f"select {key}, line from base.{table}"))
        for number, line in lines.items():
            other.book.execute(f"update base.{table} set line = $line where {key} = $key", line=line, key=number)
    other.reconcile()
    assert result(other) == first
