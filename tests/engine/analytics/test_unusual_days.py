"""Words on unusual days: they silence exactly what they are about, are kept for good, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sales_book import MONDAY, SalesBook
from test_attention import weeks

from chainbrain.analytics import anomalies, attention, unusual
from chainbrain.analytics.anomalies import Anomaly
from chainbrain.analytics.unusual import UnusualWord
from chainbrain.database.book import Book
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

LAST = MONDAY + timedelta(days=110)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "a.chainbrain") as made:
        table = tmp_path / "门店档案.csv"
        table.write_text("门店编号,门店名称,经营方式\nS1,东门店,直营\nS2,西门店,直营\n", encoding="utf-8")
        made.imports.apply(made.imports.plan([table]))
        yield made


def kept(workspace: Workspace) -> list[tuple[str, date, str, date | None, str]]:
    return [(one.store_id, one.day, one.kind, one.until, one.note) for one in workspace.analytics.unusual_words()]


def test_a_word_is_kept_changed_taken_back_and_undone(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    alarm = Anomaly("S1", "东门店", LAST, Decimal(50), Decimal(900), Decimal(-9), 1, Decimal(-850))
    monkeypatch.setattr(anomalies, "find", lambda *_, **__: (alarm,))
    workspace.unusual_desk.say("S1", LAST, "  修路   没人来 ")
    assert kept(workspace) == [("S1", LAST, "known", None, "修路 没人来")]
    workspace.unusual_desk.say("S1", LAST, "停电")
    assert kept(workspace) == [("S1", LAST, "known", None, "停电")]
    workspace.unusual_desk.take_back("S1", LAST)
    assert kept(workspace) == []
    workspace.undo()
    assert kept(workspace) == [("S1", LAST, "known", None, "停电")]
    workspace.undo()
    assert kept(workspace) == [("S1", LAST, "known", None, "修路 没人来")]
    workspace.undo()
    assert kept(workspace) == []
    workspace.redo()
    assert kept(workspace) == [("S1", LAST, "known", None, "修路 没人来")]


@pytest.mark.parametrize(
    ("store", "note", "until", "code"),
    [
        ("S9", "", None, "unusual.store"),
        ("S1", "修路", None, "unusual.no_alarm"),
        ("S1", "", LAST + timedelta(days=7), "unusual.why"),
        ("S1", "修路", LAST - timedelta(days=1), "unusual.until"),
        ("S1", "修路", LAST + timedelta(days=93), "unusual.until"),
        ("S1", "修" * 201, None, "unusual.long"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(
    workspace: Workspace, store: str, note: str, until: date | None, code: str
) -> None:
    with pytest.raises(UserError) as refused:
        workspace.unusual_desk.say(store, LAST, note, until)
    assert refused.value.code == code
    assert kept(workspace) == []
    with pytest.raises(UserError) as refused:
        workspace.unusual_desk.take_back("S1", LAST)
    assert refused.value.code == "unusual.nothing"


@pytest.fixture(scope="module")
def book() -> Book:
    chain = SalesBook()
    for number in range(1, 8):
        chain.store(f"S{number}", f"店{number}", opened_on=MONDAY)
        weeks(f"S{number}", chain, 111, 100 + number)
    return chain.done()


def word(store: str, day: date, kind: str, until: date | None = None, note: str = "停电") -> UnusualWord:
    return UnusualWord(store, store, day, kind, until, note, datetime(2026, 9, 21), "a")


def test_an_explained_alarm_leaves_the_list_and_its_place_to_another(book: Book) -> None:
    before = attention.attention(book, LAST)
    assert len(before.items) == 5 == anomalies.Limits().most
    store = before.items[0].filters["store"]
    words = (word(store, LAST, unusual.KNOWN),)
    found = anomalies.find(book, LAST, spared=lambda one: unusual.covering(words, one) is not None)
    assert len(found) == 6
    told = {one.store_id for one in found if unusual.covering(words, one) is None}
    assert len(told) == 5 and store not in told


def test_quiet_covers_its_days_and_no_others(book: Book) -> None:
    alarm = anomalies.find(book, LAST)[0]
    for first, until, covered in (
        (LAST, LAST, True),
        (LAST - timedelta(days=3), LAST + timedelta(days=3), True),
        (LAST - timedelta(days=3), LAST - timedelta(days=1), False),
        (LAST + timedelta(days=1), LAST + timedelta(days=3), False),
    ):
        said = word(alarm.store_id, first, unusual.QUIET, until)
        assert (unusual.covering((said,), alarm) is said) is covered
        assert unusual.covering((word("other", first, unusual.QUIET, until),), alarm) is None


def test_what_was_said_yesterday_of_the_same_run_is_remembered(book: Book) -> None:
    alarm = replace(anomalies.find(book, LAST)[0], run_days=3)
    for day, remembered in ((LAST - timedelta(days=1), "停电"), (LAST - timedelta(days=3), ""), (LAST, "")):
        assert unusual.remembered((word(alarm.store_id, day, unusual.KNOWN),), alarm) == remembered
