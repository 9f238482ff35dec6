"""Sums of lines that have no match: what a drawer should hold, and what a payout that did not come is made of."""

from decimal import Decimal

from ui.messages import word
from ui.theme.translator import translate
from ui.views.reconcile.items import ItemKind
from ui.views.reconcile.model import Detail
from ui.views.reconcile.sums import line_words
from ui.widgets import ArithmeticLine
from ui.widgets.states import DIFFERENCE, TIMING

ZERO = Decimal("0.00")


def own_sum(detail: Detail) -> list[ArithmeticLine]:
    """Return the sum; empty where the line is told by a match or by the difference alone."""
    if detail.item.kind in {ItemKind.LATE, ItemKind.PAYOUT}:
        return _late(detail)
    return _drawer(detail) if detail.item.record_type == "cash_count" else []


def _late(detail: Detail) -> list[ArithmeticLine]:
    item, expected = detail.item, detail.expected
    coming = item.kind is ItemKind.PAYOUT
    missing = -item.amount if coming else item.amount
    # What no longer is what was missing when it was found is told as it was found.
    if expected is None or expected.lines[-1].amount != -missing:
        return [ArithmeticLine(word("evidence.expected"), item.amount, result=True)] if coming else []
    return [
        *(ArithmeticLine(line_words(line), line.amount, result=line.total) for line in expected.lines),
        ArithmeticLine(word("evidence.bank_line"), ZERO),
        ArithmeticLine(word("evidence.gap"), missing, result=True, state=TIMING if coming else DIFFERENCE),
    ]


def _drawer(detail: Detail) -> list[ArithmeticLine]:
    """Float and takings less what left the drawer is what should lie in it; blank cells were nothing."""
    cells = detail.records[0].cells if detail.records else {}
    if cells.get("counted") is None or cells.get("opening_float") is None or cells.get("drawer_sales") is None:
        return []
    parts = [
        (translate("Opening float"), cells["opening_float"]),
        (translate("Cash sales"), cells["drawer_sales"]),
        (translate("Cash refunds"), -(cells["drawer_refunds"] or ZERO)),
        (translate("Paid from the drawer"), -(cells["paid_out"] or ZERO)),
        (translate("Banked"), -(cells["banked"] or ZERO)),
    ]
    should = sum((amount for _, amount in parts), ZERO)
    gap = cells["counted"] - should
    if gap != detail.item.amount:
        return []
    called = translate("Cash over") if gap > 0 else translate("Cash short")
    return [
        *(ArithmeticLine(name, amount) for name, amount in parts if amount),
        ArithmeticLine(translate("Should be in the drawer"), should, result=True),
        ArithmeticLine(translate("Counted"), cells["counted"]),
        ArithmeticLine(called, gap, result=True, state=DIFFERENCE),
    ]
