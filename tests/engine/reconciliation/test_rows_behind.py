"""What is known of a row without a match: the parts of a payout that did not come, and the row a duplicate repeats."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from reconcile_book import DAY, a_shop, a_tender, at, ident

from chainbrain.reconciliation.room import ReconciliationRoom

M = "1900000001"


def test_a_withdrawal_that_did_not_come_is_told_by_its_parts_and_its_number() -> None:
    book = a_shop().bank().ledger("wechat", M)
    book.order("S1", "A1", "1000.00", a_tender("4200001")).payment("4200001", "1000.00")
    book.wallet_line("F1", "1000.00", "payment", business_id="4200001", when=at("12:00:00"))
    book.wallet_line("F2", "-3.80", "fee", business_id="4200001", when=at("12:00:01"))
    book.wallet_line("W1", "-996.20", "withdrawal", when=at("08:00:00", DAY + timedelta(days=1)))
    book.reconcile()
    room = ReconciliationRoom(book.book)
    (record,) = book.book.rows_of(
        "select cast(wallet_line_id as varchar) from base.wallet_lines where external_id = 'W1'"
    )
    found = room.expected(record[0])
    assert found is not None
    told = [(line.key, line.amount) for line in found.lines]
    assert told == [("payment", Decimal("1000.00")), ("fee", Decimal("-3.80")), ("expected", Decimal("996.20"))]
    assert (found.number, found.file, found.line is not None) == ("W1", "files", True)
    assert room.expected(ident("nothing")) is None


def test_a_duplicate_names_the_row_it_repeats_and_nothing_else() -> None:
    book = a_shop()
    book.order("S1", "A1", "16.00", a_tender("4200001"), a_tender("4200001")).payment("4200001", "16.00")
    # The same amount under another number is no twin.
    book.order("S1", "A2", "16.00", a_tender("4200002")).payment("4200002", "16.00")
    book.reconcile()
    room = ReconciliationRoom(book.book)
    ((record,),) = book.book.rows_of("select cast(record_id as varchar) from base.differences where code = 'D05'")
    pairs = dict(book.book.rows_of(
        "select cast(record_id as varchar), cast(match_id as varchar) from base.row_states "
        "where record_type = 'tender' and leg = 'till' and match_id is not null"
    ))  # fmt: skip
    ((twin, match),) = room.twins(record)
    assert twin != record and pairs[twin] == match
    assert room.twins(twin) == (), "what it is repeated by has no match"
