"""Every sum on its way opens the rows that it was added up from, whatever tells the day it comes."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

from cash_examples import NUMBER, SOLD_TO, WEEKS, A, banks, outlook_of, selling, wallet
from sales_book import MONDAY, SalesBook, uid

from chainbrain.cash.outlook import CashOutlook
from chainbrain.lists import ListRoom
from chainbrain.money import half_up


def _open(chain: SalesBook, found: CashOutlook) -> set[str]:
    """The standings of the rows behind all sums; each sum is its rows, rounded once."""
    seen: set[str] = set()
    assert all(one.rows or not one.amount for one in found.on_the_way)
    # The oldest, and the newest: what lies between is alike.
    for one in {*found.on_the_way[:2], *found.on_the_way[-4:]}:
        with ListRoom(chain.book).open("open_at", {"held": list(one.rows), "after": one.after}) as pages:
            assert half_up(pages.total("amount")) == one.amount, one
            seen |= {str(row[3]) for row in pages.page(0)} if pages.count else set()
    # No row is in two of them.
    names = [name for one in found.on_the_way for name in one.rows]
    assert len(names) == len(set(names))
    return seen


def test_what_only_a_rule_tells_opens_the_sales_of_its_days() -> None:
    chain = wallet(selling())
    assert _open(chain, outlook_of(chain, horizon=7)) == {"sold"}


def test_payouts_and_what_no_payout_holds_yet_open_their_rows() -> None:
    chain = banks().store("S1", opened_on=MONDAY)
    chain.account("S1", "meituan", "meituan-S1", legal_entity=A, bank_account=NUMBER, settlement_rule="D3")
    for number in range(7 * WEEKS):
        day, settled = MONDAY + timedelta(days=number), f"s{number}" if number < 7 * WEEKS - 7 else None
        chain.sale("S1", day, "1000", channel="meituan", method="meituan")
        for part in range(3):
            chain.payment("S1", "meituan", day, "300.00", "0.00400", settlement=settled, number=f"{number}-{part}")
    chain.done().execute(
        "insert into base.settlements "
        "(settlement_id, channel, merchant_no, gross, fee, net, first_day, last_day, file_id) "
        "select distinct settlement_id, 'meituan', 'meituan-S1', 900, 0.012, 899.988, "
        "business_day, business_day, $file::uuid "
        "from base.payment_links where settlement_id is not null",
        file=uid("payouts"),
    )
    assert _open(chain, outlook_of(chain, horizon=7)) == {"expected", "unbilled"}


def test_what_lies_in_a_wallet_opens_with_what_its_opening_still_has() -> None:
    chain = wallet(selling())
    chain.row(
        "openings", opening_id=uid("opening"), kind="wallet", channel="wechat", account_no="wechat-S1",
        store_code=None, day=MONDAY, balance=Decimal("300.00"), file_id=uid("openings"), sheet=None, line=1,
    )  # fmt: skip
    for number, amount in enumerate(("500.00", "-1.90", "-100.00")):
        chain.row(
            "wallet_lines", wallet_line_id=uid("line", number), channel="wechat", merchant_no="wechat-S1",
            external_id=f"L{number}", kind=("payment", "fee", "withdrawal")[number], amount=Decimal(amount),
            occurred_at=datetime.combine(SOLD_TO, time(12)), file_id=uid("flows"), sheet=None, line=number,
        )  # fmt: skip
    assert {"in_wallet", "opening", "expected"} <= _open(chain, outlook_of(chain, horizon=7))
