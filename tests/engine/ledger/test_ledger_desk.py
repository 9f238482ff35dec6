"""Lines and words that people write: kept with an entry of the history, taken back by undo, refused with words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from chainbrain.errors import UserError
from chainbrain.ledger.ways import CollectingWord
from chainbrain.ledger.words import LedgerEntry
from chainbrain.workspace import Workspace

DAY, MONTH = date(2026, 8, 5), date(2026, 8, 1)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "a.chainbrain"
    with Workspace.create(path) as workspace:
        workspace.book.execute(
            "insert into base.stores (code, name, ownership, day_cutoff, row_id, file_id, line, entry_id)"
            " select 'F1', '鼓楼店', 'franchise', time '00:00:00', uuid(), uuid(), 1, 1"
        )
    return path


def test_a_line_counts_until_it_is_undone_and_again_after(book: Path) -> None:
    with Workspace.open(book) as workspace:
        workspace.ledger_desk.write(LedgerEntry("F1", DAY, "purchase", Decimal("120.50"), " CG1 ", ""))
        (found,) = workspace.ledger.roll_forward()
        assert (found.month, found.purchases, found.closing, found.gap) == (
            MONTH,
            Decimal("120.50"),
            -found.purchases,
            0,
        )
        (line,) = workspace.ledger.lines(MONTH, "F1")
        assert (line.reference, line.note, line.entry) == ("CG1", None, workspace.history()[0].entry_id)
        with pytest.raises(UserError) as refused:
            workspace.ledger_desk.write(LedgerEntry("F1", DAY, "purchase", Decimal("120.50"), "CG1"))
        assert refused.value.code == "ledger.twice"
        workspace.undo()
        assert workspace.ledger.roll_forward() == ()
        workspace.redo()
        assert workspace.ledger.roll_forward() == (found,)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (LedgerEntry("F9", DAY, "purchase", Decimal(1)), "ledger.no_store"),
        (LedgerEntry("F1", DAY, "sales", Decimal(1)), "ledger.no_kind"),
        (LedgerEntry("F1", DAY, "paid", Decimal(0)), "ledger.no_amount"),
        (LedgerEntry("F1", DAY, "paid", Decimal("0.001")), "ledger.no_amount"),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_is(book: Path, entry: LedgerEntry, code: str) -> None:
    with Workspace.open(book) as workspace:
        before = len(workspace.history())
        with pytest.raises(UserError) as refused:
            workspace.ledger_desk.write(entry)
        assert (refused.value.code, len(workspace.history())) == (code, before)


def test_a_word_on_who_collects_is_dated_and_undone(book: Path) -> None:
    with Workspace.open(book) as workspace:
        workspace.ledger_desk.say_collecting(CollectingWord("F1", "unified", DAY))
        assert [workspace.ledger.ways(day)[0].way for day in (MONTH, DAY)] == ["unknown", "unified"]
        workspace.undo()
        assert workspace.ledger.ways(DAY)[0].way == "unknown"
        with pytest.raises(UserError) as refused:
            workspace.ledger_desk.say_collecting(CollectingWord("F1", "sometimes", DAY))
        assert refused.value.code == "ledger.no_way"
