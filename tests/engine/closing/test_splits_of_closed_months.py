"""Splits of a closed month: a late line of the same sale is a difference of the open month, and no damage."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.engine.closing.closing_book import AUGUST, SEPTEMBER, Chain, M
from tests.engine.closing.test_lock import royalty
from tests.engine.reconciliation.reconcile_book import at, ident, yuan


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
