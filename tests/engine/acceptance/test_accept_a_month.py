"""A month of three stores across the National Day, told by its files alone: every verdict is known beforehand.

The files in ``month`` follow the descriptions of the formats and do not come from the demo chain. They hold
settlement on working days with a merged holiday week, a cut-off at 23:00, a till that names the wallet's number, one
whose order numbers the wallet knows, one without either; equal sales of one second; a refund in the next month; a day
on which more was given back than taken; bills that lack a day, overlap or come twice; two deposits for one batch and
one for two; a supplier who returns just what a late batch comes to, and a stranger who sends what an old one did.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from acceptance_book import Book

FOLDER = Path(__file__).parent / "month"
DEPOSITS = """
with paying as (
    select o.record_id, m.state,
           list(distinct case when w.wallet_line_id is not null then w.business_id
                              else concat_ws(' ', s.channel, case when s.channel <> 'meituan' then s.merchant_no end,
                                             s.expected_on) end) as pays
    from main.matches m
    join main.match_members i on i.match_id = m.match_id and i.side = 'inner'
    join main.match_members o on o.match_id = m.match_id and o.side = 'outer'
    left join base.wallet_lines w on w.wallet_line_id = i.record_id
    left join main.settlements s on s.settlement_id = i.record_id
    where m.kind = 'settlement_bank' and m.state <> 'revoked'
    group by o.record_id, m.state
)
select b.bank_account, cast(b.posted_at as varchar), cast(b.amount as varchar), r.state, r.reason,
       coalesce(p.state, ''), p.pays
from main.bank_lines b
join base.row_states r on r.record_id = b.bank_line_id
left join paying p on p.record_id = b.bank_line_id
order by all
"""
DIFFERENCES = """
select d.code, cast(cast(d.amount as decimal(18,2)) as varchar),
       case when d.record_type = 'settlement'
            then concat_ws(' ', s.channel, case when s.channel <> 'meituan' then s.merchant_no end, s.expected_on)
            else coalesce(p.refund_id, p.external_id, t.order_no, '') end
from main.differences d
left join main.tenders t on t.tender_id = d.record_id
left join main.match_members i on i.record_id = d.record_id and i.record_type = 'tender'
left join main.match_members o on o.match_id = i.match_id and o.record_type = 'payment'
left join main.payments p on p.payment_id = coalesce(o.record_id, d.record_id)
left join main.settlements s on s.settlement_id = d.record_id
order by all
"""


@pytest.fixture
def month(book: Book) -> Book:
    """The month, imported, with one file taken twice."""
    twice = book.folder / "again.csv"
    shutil.copyfile(FOLDER / "wx_N02.csv", twice)
    files = sorted(FOLDER.glob("*.csv")) + sorted(FOLDER.glob("*.xlsx"))
    assert {entry["outcome"] for entry in book.take(*files)} == {"imported"}
    assert [entry["outcome"] for entry in book.take(twice)] == ["already_imported"]
    book.reconcile()
    return book


def verdict(state: str, reason: str | None, match: str) -> str:
    if match == "confirmed":
        return "proven" if state == "matched" else "differs"
    if state == "timing":
        return "suggested" if match == "suggested" else "waits" if reason == "waiting_for_file" else str(reason)
    return {"difference": "unexpected", "excluded": "paid out"}[state]


def test_every_verdict_of_the_month_is_the_known_one(month: Book) -> None:
    known: dict[str, list[Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
    told = {}
    for account, posted, amount, state, reason, match, pays in month.rows(DEPOSITS):
        word = verdict(state, reason, match)
        told[account, posted, amount] = [word, sorted(pays) if word in {"proven", "differs", "suggested"} else []]
    wanted = {(account, posted, amount): [word, pays] for account, posted, amount, word, pays in known["deposits"]}
    assert {key: told.get(key) for key in wanted if told.get(key) != wanted[key]} == {}
    assert len(told) == len(wanted)
    assert [list(row) for row in month.rows(DIFFERENCES)] == known["differences"]

    assert {(order, number.split(" ")[0]) for order, number in month.pairs()} == {
        (order, number.split(" ")[0]) for order, number in known["pairs"]
    }
    # Two equal sales of one second: the sum is settled, which is which is not.
    assert month.rows(
        "select m.stage, m.solutions, list(t.order_no order by 1) from main.matches m "
        "join main.match_members i on i.match_id = m.match_id and i.side = 'inner' "
        "join main.tenders t on t.tender_id = i.record_id "
        "where m.kind = 'tender_payment' and m.state = 'suggested' group by all"
    ) == [("equal_rows", 2, known["twins"])]
    waiting = month.rows(
        "select order_no from base.row_states s join main.tenders t on t.tender_id = s.record_id "
        "where s.state = 'timing' and s.reason = 'waiting_for_file' order by 1"
    )
    assert [order for (order,) in waiting] == known["waiting"]
    # The one day without a bill lies inside the month; the status tells it, not the last day only.
    assert [
        (one["store_id"], one["source"], one["first_day"], one["days"])
        for one in month.json("status", month.path)["missing"]
    ] == [("N03", "wechat", "2026-10-05", 1)]
