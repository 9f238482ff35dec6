"""Splits of a closed month: a late line of the same sale is a difference of the open month, and no damage."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from chainbrain.closing import claims
from chainbrain.closing.claims import Claim
from tests.engine.closing.closing_book import AUGUST, SEPTEMBER, Chain, M
from tests.engine.closing.test_lock import royalty
from tests.engine.reconciliation.reconcile_book import at, ident, yuan
from tests.engine.reconciliation.split_book import SplitWorld


def _split(chain: Chain, number: int, amount: str, file: str = "files") -> None:
    chain.insert(
        "split_lines", split_line_id=ident("split", number), channel="wechat", merchant_no=M,
        external_id=f"36{number}", payment_external_id="P1", receiver="总部", amount=yuan(amount), status="success",
        occurred_at=at("13:00:00", date(2026, 8, 3)), file_id=chain.file(file), line=chain.line(),
    )  # fmt: skip


def test_a_late_line_of_a_sale_that_was_split_leaves_the_month_sound(tmp_path: Path) -> None:
    chain = Chain(tmp_path / "链.chainbrain").opened("250.40")
    chain.cover("split", "wechat", M)
    chain.workspace.set_split_rule(royalty(AUGUST))
    chain.sale("P1", "1000.00", date(2026, 8, 3))
    _split(chain, 1, "50.00")
    chain.reconciled().closed(AUGUST)
    room = chain.workspace.closing
    before = room.figures(AUGUST)
    chain.batch("late")
    _split(chain, 2, "3.00", "late")
    chain.sale("P9", "70.00", date(2026, 9, 2), file="late").reconciled()
    assert chain.sound()
    assert room.figures(AUGUST) == before
    assert ("D13", "amount", True, yuan("-3.00")) in [
        (one.code, one.cause, one.prior, one.amount) for one in room.differences(SEPTEMBER)
    ]
    chain.book.execute("update base.matches set state = 'revoked' where kind = 'split'")
    assert not chain.sound()
    chain.workspace.close()


def _consigned(chain: Chain, number: str, day: date, *, items: bool) -> None:
    """A sale of 1 000.00, 400.00 of it on consignment."""
    chain.order("S1", f"O{number}", "1000.00", {"amount": "1000.00", "reference": number}, day=day)
    chain.sale(number, "1000.00", day)
    for category, amount in {"饮品": "600.00", "寄售酒水": "400.00"}.items() if items else ():
        chain.insert(
            "order_items", order_item_id=ident("item", number, category), order_id=ident("order", "S1", f"O{number}"),
            store_code="S1", order_no=f"O{number}", business_day=day, category=category, amount=yuan(amount),
            file_id=chain.file("files"), line=chain.line(),
        )  # fmt: skip


def test_a_late_sale_without_products_leaves_the_claim_of_a_closed_month_and_is_told(tmp_path: Path) -> None:
    """15 % of 800.00 stand; what the late 10.00 give cannot be known, and both places say so."""
    chain = Chain(tmp_path / "链.chainbrain").opened("250.40")
    SplitWorld.rule(chain, "寄售", "酒商", "0.15", category="寄售酒水")  # type: ignore[arg-type]
    _consigned(chain, "P1", date(2026, 8, 3), items=True)
    _consigned(chain, "P2", date(2026, 8, 20), items=True)
    chain.reconciled()
    room = chain.workspace
    assert "close.claims_unknown" not in {one.code for one in room.closing.board(AUGUST).step("splits").missing}
    chain.closed(AUGUST).batch("late")
    chain.order("S1", "OL", "10.00", {"amount": "10.00", "reference": "L1"}, day=date(2026, 8, 25))
    for table in ("orders", "tenders"):
        chain.book.execute(f"update base.{table} set file_id = $file where order_no = 'OL'", file=chain.file("late"))
    chain.sale("L1", "10.00", date(2026, 8, 25), file="late")
    chain.bank_line("BX", "1.00", day=date(2026, 9, 2), memo="利息")
    chain.reconciled()
    assert claims.posted(chain.book, room.splits, AUGUST) == (Claim("S1", "酒商", "寄售", yuan("120.00")),)
    assert claims.posted(chain.book, room.splits, SEPTEMBER) == ()
    (told,) = [one for one in room.closing.board(SEPTEMBER).step("splits").missing if "claims" in one.code]
    assert (told.accepted_as, told.count, told.facts["stores"]) == ("splits", 1, ("S1",))
    left = [one for one in room.vouchers.journal(SEPTEMBER).left_out if one.reason.startswith("claim_")]
    assert [(one.reason, one.store, one.items) for one in left] == [("claim_split_items_unknown", "S1", 1)]
    assert chain.sound()
    chain.workspace.close()


def test_a_claim_of_the_open_month_that_cannot_be_reckoned_is_told(tmp_path: Path) -> None:
    chain = Chain(tmp_path / "链.chainbrain").opened("250.40")
    SplitWorld.rule(chain, "寄售", "酒商", "0.15", category="寄售酒水")  # type: ignore[arg-type]
    _consigned(chain, "P1", date(2026, 8, 3), items=False)
    chain.reconciled()
    step = chain.workspace.closing.board(AUGUST).step("splits")
    assert "close.claims_unknown" in {one.code for one in step.missing}
    reasons = [(one.reason, one.amount) for one in chain.workspace.vouchers.journal(AUGUST).left_out]
    assert ("claim_split_items_unknown", yuan("1000.00")) in reasons
    chain.workspace.close()
