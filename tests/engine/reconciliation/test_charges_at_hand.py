"""The charges that a reconciliation works with are those of the book: it reads them of rows already at hand."""

from __future__ import annotations

import pytest
from reconcile_book import a_shop, a_tender

from chainbrain.reconciliation import reconcile as stages


def test_charges_at_hand_are_those_of_the_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "_forget", lambda _: None)
    book = a_shop().account("shouqianba", "SQB-1", "S1", rate="0.0030")
    for number in range(12):
        reference = f"420{number:04}"
        book.order("S1", f"A{number}", "100.00", a_tender(reference)).payment(reference, "100.00", fee="0.38")
        paid_with = "card" if number == 5 else "wechat"
        book.payment(f"Q{number}", "50.00", channel="shouqianba", merchant="SQB-1", fee="0.15", paid_with=paid_with)
    book.payment("4200001", "-100.00", kind="refund", refund_id="R1", fee="-0.38")
    book.payment("X1", "20.00", merchant="NOBODY", fee="0.10")
    stages.reconcile(book.book, whole=True)
    compared = "payment_id, channel, external_id, kind, amount, charge, basis, rate, paid_with"
    here = book.book.rows_of(f"select {compared} from r_charges order by all")
    assert here == book.book.rows_of(f"select {compared} from base.charges order by all")
    assert {(row[6], row[7] is None) for row in here} >= {("fee", False), (None, False), ("fee", True)}
