"""The accuracy of the forecast is measured on the past as it was then, level by level, and claimed only when proven."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from sales_book import MONDAY, SalesBook

from chainbrain.cash import backtest, sales_panel
from chainbrain.cash.backtest import Backtest
from chainbrain.cash.events import StoreEvent, Word
from chainbrain.cash.forecast import days, engine, learned
from chainbrain.cash.forecast.accuracy import claim_of
from chainbrain.cash.forecast.levels import Grain
from chainbrain.cash.forecast.panel import OPEN
from chainbrain.cash.forecast.trees import Shape
from chainbrain.cash.measures import Measure
from chainbrain.cash.sales_panel import SalesPanel, StoreFacts
from chainbrain.cli import main
from chainbrain.database import history
from chainbrain.database.book import Book
from chainbrain.errors import Cancelled, UserError
from chainbrain.reports.filters import Filters
from chainbrain.reports.foresight import of_backtest
from chainbrain.workspace import Workspace

WEEK = [100, 90, 95, 110, 150, 210, 180]
WEEKS = 18


@pytest.fixture(scope="module", autouse=True)
def small_forests() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learned, "_ROWS", 2_000)
        patch.setattr(engine, "_SHAPE", Shape(trees=5, depth=2))
        yield


@pytest.fixture(scope="module")
def sold() -> SalesPanel:
    return sales_panel.read(_book(), backtest.HORIZON)


def _book(weeks: int = WEEKS, stores: int = 3) -> Book:
    chain = SalesBook()
    for number in range(stores):
        amounts: list[str | int | None] = [
            (number + 3) * WEEK[i % 7] + (i * (number + 31)) % 97 for i in range(weeks * 7)
        ]
        chain.store(f"S{number}", region="南北"[number % 2], opened_on=MONDAY).sales(f"S{number}", MONDAY, amounts)
    return chain.done()


@pytest.fixture(scope="module")
def found(sold: SalesPanel) -> Backtest:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sales_panel, "read", lambda *_: sold)
        return backtest.backtest(Book.in_memory(), days.shipped())


def test_origins_are_four_weeks_apart_and_leave_eight_weeks_to_learn_from(found: Backtest, sold: SalesPanel) -> None:
    assert found.origins == tuple(sold.last - timedelta(days=28 * number) for number in (1, 2))
    assert {(one.level, one.grain) for one in found.measures} == {
        ("store", Grain.DAY), ("store", Grain.WEEK), ("region", Grain.DAY), ("region", Grain.WEEK),
        ("region", Grain.CUMULATIVE), ("chain", Grain.DAY), ("chain", Grain.WEEK), ("chain", Grain.CUMULATIVE),
    }  # fmt: skip
    day = next(one for one in found.measures if one.level == "store" and one.first_day == 8)
    assert (day.last_day, day.sums, day.origins) == (14, 3 * 7 * 2, 2)
    total = next(one for one in found.measures if one.level == "chain" and one.grain is Grain.CUMULATIVE)
    assert (total.first_day, total.last_day, total.sums) == (1, 28, 2)


def test_a_steady_chain_is_foreseen_better_in_sum_than_in_parts(found: Backtest) -> None:
    by_key = {(one.level, one.grain, one.first_day): one for one in found.measures}
    store, chain = by_key["store", Grain.DAY, 1], by_key["chain", Grain.WEEK, 1]
    assert 0.85 < store.accuracy < chain.accuracy <= 1
    for one in found.measures:
        assert one.lower is not None and one.lower <= one.accuracy
        assert 0 <= one.within_80 <= one.within_95 <= 1
        assert not one.claimed, "two origins prove nothing"


def test_the_simple_methods_are_what_they_say(found: Backtest, sold: SalesPanel) -> None:
    values, missed, money = sold.panel.values, 0.0, 0.0
    for origin in found.origins:
        after = (origin - sold.first).days + 1
        came = values[:, after : after + 7]
        missed += float(np.abs(came - values[:, after - 7 : after]).sum())
        money += float(came.sum())
    day = next(one for one in found.measures if (one.level, one.grain, one.first_day) == ("store", Grain.DAY, 1))
    assert day.naive == pytest.approx(1 - missed / money)


def test_what_came_later_reaches_no_origin(found: Backtest, sold: SalesPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    values = sold.receipts.copy()
    after = (found.origins[0] - sold.first).days + 1
    values[:, after:] *= 7.0
    poisoned = replace(sold, receipts=values)
    told: list[np.ndarray] = []
    forecast = engine.forecast

    def heard(*given: object) -> engine.Forecast:
        one = forecast(*given)  # type: ignore[arg-type]
        told.append(one.mean)
        return one

    monkeypatch.setattr(engine, "forecast", heard)
    for one in (sold, poisoned):
        monkeypatch.setattr(sales_panel, "read", lambda *_, one=one: one)
        backtest.backtest(Book.in_memory(), days.shipped())
    assert len(told) == 4
    assert np.array_equal(told[0], told[2]) and np.array_equal(told[1], told[3])


def test_what_stands_in_for_a_missing_day_knows_nothing_of_later_weeks(sold: SalesPanel) -> None:
    receipts, lacking = np.full(sold.receipts.shape, 100.0), np.zeros_like(sold.lacking)
    lacking[0, 96], receipts[0, 96], receipts[:, 97:] = True, 0.0, 500.0
    gap = replace(sold, receipts=receipts, lacking=lacking)
    then = gap.then(96, backtest.HORIZON)
    assert then.values.shape[1] == 97 and then.values[0, 96] == 100
    # What came on it is not known: no forecast of an earlier day is held to it.
    untold = gap.untold(gap.then(90, backtest.HORIZON), np.arange(91, 119))
    assert list(np.argwhere(untold)[:, 1]) == [5]


def test_an_origin_knows_only_closures_and_promotions_written_by_then(sold: SalesPanel) -> None:
    store, day = sold.pairs[0][0], sold.first + timedelta(days=100)
    shut = StoreEvent("1", "closure", day, day + timedelta(days=6), store)
    promoted = StoreEvent("2", "promotion", sold.first, sold.first, store)
    columns = np.arange(91, 119)

    def told(*words: Word) -> SalesPanel:
        receipts = sold.receipts.copy()
        receipts[0, 100:107] = 0.0
        known = np.full((len(sold.pairs), 140), np.nan)
        known[0, 100:107] = 0.0
        return replace(sold, receipts=receipts, said=words, panel=replace(sold.panel, known={OPEN: known}))

    before, after = (sold.first + timedelta(days=number) for number in (90, 91))
    early = told(Word(before, False, shut), Word(before, False, promoted))
    late = told(Word(after, False, shut), Word(after, False, promoted))
    assert early.then(90, 28).shut(columns)[0].sum() == 7 and "promotion" in early.then(90, 28).known
    assert late.then(90, 28).known == {}
    assert early.untold(early.then(90, 28), columns).sum() == 0
    assert late.untold(late.then(90, 28), columns)[0].sum() == 7
    # A closure that was taken back by then does not hold, one that is taken back later did.
    gone = Word(after, True, shut)
    assert told(Word(before, False, shut), gone).then(90, 28).shut(columns).sum() == 7
    assert told(Word(before, False, shut), gone).then(91, 28).shut(columns).sum() == 0
    # A closing day counts from that day on.
    closing = replace(sold, stores={store: StoreFacts(store, None, None, day)})
    assert closing.then(99, 28).shut(columns).sum() == 0
    assert closing.then(100, 28).shut(columns)[0].sum() == 19


def test_words_on_events_are_read_with_their_day() -> None:
    chain = SalesBook().store("S0", opened_on=MONDAY).sales("S0", MONDAY, list(range(1, 15)))
    book = chain.done()
    entry = history.add(book, "store_event", {}, undoable=True)
    book.run(
        "cash/add_event", entry=entry, at=datetime(2026, 6, 20, 9), who="", event=None, removed=False, kind="closure",
        store="S0", region=None, first=MONDAY, last=MONDAY, note=None,
    )  # fmt: skip
    (word,) = sales_panel.read(book, 1).said
    assert (word.said_on, word.removed, word.event.store_id) == (date(2026, 6, 20), False, "S0")
    assert word.event.first == word.event.last == MONDAY


def test_where_no_money_came_nothing_is_measured(sold: SalesPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    receipts = sold.receipts.copy()
    width = receipts.shape[1]
    receipts[:, width - 56 :] = 0.0
    monkeypatch.setattr(sales_panel, "read", lambda *_: replace(sold, receipts=receipts))
    none = backtest.backtest(Book.in_memory(), days.shipped())
    day = next(one for one in none.measures if (one.level, one.grain) == ("chain", Grain.DAY))
    assert (day.accuracy, day.naive, day.median, day.lower, day.claim) == (None, None, None, None, "none")
    (table,) = of_backtest(none, Filters()).tables
    assert table.rows["accuracy"].null_count() == table.rows.height
    assert set(table.rows["forecast_claim"]) == {"none"}


@pytest.mark.parametrize(
    ("accuracy", "lower", "origins", "claim"),
    [
        (0.98, 0.96, 8, "yes"),
        (0.98, 0.94, 8, "no"),
        (0.98, None, 1, "few"),
        (0.98, 0.97, 7, "few"),
        (0.9, 0.8, 3, "no"),
    ],
)
def test_too_few_trials_are_no_verdict(accuracy: float, lower: float | None, origins: int, claim: str) -> None:
    assert claim_of(accuracy, lower, origins) == claim


@pytest.mark.parametrize(
    ("origins", "lower", "claimed"), [(8, 0.95, True), (7, 0.99, False), (8, 0.949, False), (8, None, False)]
)
def test_ninety_five_percent_needs_eight_origins_and_its_lower_end(
    origins: int, lower: float | None, claimed: bool
) -> None:
    one = Measure("chain", Grain.WEEK, 1, 7, origins, 8, 0.98, 0.9, 0.9, lower, 0.8, 0.95)
    assert one.claimed is claimed


def test_too_few_weeks_are_refused_and_the_report_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError) as refused:
        backtest.backtest(_book(11, 1), days.shipped())
    assert refused.value.code == "forecast.too_short"
    with pytest.raises(UserError) as refused:
        backtest.check(_book(11, 1))
    assert refused.value.code == "forecast.too_short"
    assert of_backtest(None, Filters()).row_count == 0


def test_it_can_be_cancelled(sold: SalesPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sales_panel, "read", lambda *_: sold)

    def stop(*_: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        backtest.backtest(Book.in_memory(), days.shipped(), stop)


def test_the_command_prints_words_json_and_a_workbook(
    found: Backtest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "a.chainbrain")
    Workspace.create(Path(path)).close()
    assert main(["forecast", path, "--accuracy"]) == 2
    capsys.readouterr()
    assert main(["--lang", "zh", "forecast", path, "--accuracy", "--level", "bogus", "--horizon", "3"]) == 2
    assert "不能和 --level、--horizon 一起用" in capsys.readouterr().err
    monkeypatch.setattr(backtest, "backtest", lambda *_: replace(found, fallbacks=1, fallback="weekday_median"))
    capsys.readouterr()
    assert main(["forecast", path, "--accuracy"]) == 0
    said = capsys.readouterr().out
    assert "测得太少，不下结论" in said and "自动改用：同一星期几的中位数" in said and "8–14" in said
    assert main(["forecast", path, "--accuracy", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["measures"]) == len(found.measures) and told["measures"][0]["claims_95"] is False
    assert main(["forecast", path, "--accuracy", "--out", str(tmp_path / "a.xlsx")]) == 0
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert "预测准确度" in str([cell.value for row in sheet.iter_rows(max_row=4) for cell in row])
