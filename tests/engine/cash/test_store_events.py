"""经营安排: known promotions and closures reach the forecast, each can be undone, bad ones are refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sales_book import MONDAY, SalesBook

from chainbrain.cash import receipts
from chainbrain.cash.events import StoreEvent, checked, days_of
from chainbrain.cash.forecast import days, engine, learned, past
from chainbrain.cash.forecast.features import prepare
from chainbrain.cash.forecast.panel import OPEN, Panel
from chainbrain.cash.forecast.trees import Shape
from chainbrain.cash.receipts import ReceiptsForecast
from chainbrain.cli import main
from chainbrain.database import history
from chainbrain.database.book import Book
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

WEEK = [100, 90, 95, 110, 150, 210, 180]
WEEKS = 14
COUNT = 7 * WEEKS
LAST = MONDAY + timedelta(days=COUNT - 1)
NEXT = LAST + timedelta(days=1)


@pytest.fixture(autouse=True)
def small_forests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned, "_ROWS", 3_000)
    monkeypatch.setattr(engine, "_SHAPE", Shape(trees=8, depth=3))


def _chain(*promoted: int, shut: range = range(0)) -> SalesBook:
    def amounts(scale: int) -> list[str | int | None]:
        sold = [scale * WEEK[i % 7] * (3 if i in promoted else 2) for i in range(COUNT)]
        return [None if i in shut else amount for i, amount in enumerate(sold)]

    return (
        SalesBook()
        .store("S1", name="南山店", region="南", opened_on=MONDAY)
        .store("S2", name="福田店", region="北", opened_on=MONDAY)
        .sales("S1", MONDAY, amounts(10))
        .sales("S2", MONDAY, amounts(7))
    )


def _say(book: Book, *events: StoreEvent) -> Book:
    for number, event in enumerate(events):
        entry = history.add(book, "store_event", {}, undoable=True)
        book.run(
            "cash/add_event",
            entry=entry, at=MONDAY, who="", event=None, removed=False, kind=event.kind, store=event.store_id,
            region=event.region, first=event.first, last=event.last, note=str(number),
        )  # fmt: skip
    return book


def _forecast(book: Book, horizon: int = 14) -> ReceiptsForecast:
    return receipts.forecast(book, days.shipped(), horizon)


def _event(kind: str, first: date, last: date | None = None, **place: str) -> StoreEvent:
    return StoreEvent("", kind, first, last or first, **place)


def _means(found: ReceiptsForecast, level: str, key: str) -> list[Decimal]:
    return [day.mean for day in found.line(level, key).days]


def test_a_closed_store_forecasts_nothing_on_its_closed_days() -> None:
    shut = _event("closure", NEXT + timedelta(days=1), NEXT + timedelta(days=3), store_id="S1")
    found = _forecast(_say(_chain().done(), shut))
    told = _means(found, "store", "S1")
    assert [number for number, mean in enumerate(told) if mean == 0] == [1, 2, 3]
    closed = found.line("store", "S1").days[1]
    assert (closed.p2_5, closed.p97_5) == (0, 0)
    assert all(mean > 0 for mean in _means(found, "store", "S2"))


def test_a_closed_region_closes_its_stores_and_all_of_them_the_chain() -> None:
    book = _say(
        _chain().done(), _event("closure", NEXT, region="北"), _event("closure", NEXT + timedelta(days=2))
    )  # fmt: skip
    found = _forecast(book)
    assert [mean == 0 for mean in _means(found, "store", "S2")[:3]] == [True, False, True]
    assert [mean == 0 for mean in _means(found, "store", "S1")[:3]] == [False, False, True]
    assert _means(found, "chain", "")[2] == 0


def test_a_closure_of_the_past_says_nothing_about_the_days_to_come() -> None:
    gone = range(COUNT - 30, COUNT - 2)
    open_days = _forecast(_chain().done())
    told = _event("closure", MONDAY + timedelta(days=gone[0]), MONDAY + timedelta(days=gone[-1]))
    known = _forecast(_say(_chain(shut=gone).done(), told))
    for before, after in zip(_means(open_days, "chain", ""), _means(known, "chain", ""), strict=True):
        assert abs(after - before) < before * Decimal("0.02")
    assert known.filled_days == 0
    assert not known.by_past


def test_promotions_of_the_past_teach_what_the_next_one_brings() -> None:
    weeks = range(1, 13, 2)
    promoted = [7 * week + 2 for week in weeks]
    past_days = [_event("promotion", MONDAY + timedelta(days=day)) for day in promoted]
    plain = _chain(*promoted).done()
    planned = _event("promotion", NEXT + timedelta(days=2))
    taught = _forecast(_say(plain, *past_days, planned))
    shares = [mean / 2 / 17 / WEEK[number % 7] for number, mean in enumerate(_means(taught, "chain", ""))]
    assert shares[2] > Decimal("1.3")
    assert all(abs(share - 1) < Decimal("0.08") for number, share in enumerate(shares) if number != 2)
    assert not taught.untaught


def test_a_promotion_without_a_past_is_said_to_be_untaught() -> None:
    without = _forecast(_chain().done())
    found = _forecast(_say(_chain().done(), _event("promotion", NEXT)))
    assert found.untaught
    assert replace(found, untaught=False) == without


def test_events_later_than_the_horizon_change_nothing() -> None:
    far = NEXT + timedelta(days=40)
    later = (_event("closure", far), _event("promotion", far), _event("closure", far, region="南"))
    assert _forecast(_say(_chain().done(), *later)) == _forecast(_chain().done())


def test_a_poisoned_future_changes_nothing_of_a_panel_with_plans() -> None:
    draw = np.random.default_rng(5)
    values = np.round(100 + 20 * draw.standard_normal((3, 200)), 2).clip(1)
    known = {OPEN: np.full((3, 250), np.nan), "promotion": (np.arange(250)[None, :] % 9 == 0).repeat(3, 0) * 1.0}
    known[OPEN][1, 150:175] = 0.0
    values[1, 150:175] = 0.0
    origin = MONDAY + timedelta(days=160)
    clean = engine.forecast(Panel(("a", "b", "c"), MONDAY, values, known), origin, 14, days.shipped())
    poisoned = values.copy()
    poisoned[:, 161:] = 9e9
    later = {name: table.copy() for name, table in known.items()}
    for table in later.values():
        table[:, 175:] = 1.0 - np.nan_to_num(table[:, 175:])
    again = engine.forecast(Panel(("a", "b", "c"), MONDAY, poisoned, later), origin, 14, days.shipped())
    assert np.array_equal(clean.mean, again.mean) and np.array_equal(clean.quantiles, again.quantiles)
    assert (clean.mean[1] == 0).all() and (clean.mean[0] > 0).all()


def test_a_store_shut_for_two_months_is_answered_from_before() -> None:
    values = np.tile(np.array(WEEK, dtype=float), 30)[None].copy()
    values[:, 150:] = 0.0
    known = {OPEN: np.full((1, 240), np.nan)}
    known[OPEN][:, 150:210] = 0.0
    found = engine.forecast(Panel(("a",), MONDAY, values, known), MONDAY + timedelta(days=209), 14, days.shipped())
    assert found.methods == (engine.Method.MODEL,)
    assert np.abs(found.mean[0] - np.tile(WEEK, 2)).max() < 40


@given(
    st.lists(
        st.tuples(st.sampled_from(("promotion", "closure")), st.integers(-40, 60), st.integers(0, 30),
                  st.sampled_from((None, "S1", "S2")), st.sampled_from((None, "南", "北"))),
        max_size=6,
    )
)  # fmt: skip
def test_the_days_of_events_are_those_on_which_one_of_them_holds(drawn: list[tuple[str, int, int, str, str]]) -> None:
    said = [
        _event(kind, MONDAY + timedelta(days=at), MONDAY + timedelta(days=at + more), store_id=store, region=region)
        for kind, at, more, store, region in drawn
        if store is None or region is None
    ]
    stores = [("S1", "南"), ("S2", "北"), ("S3", None)]
    for kind in ("promotion", "closure"):
        table = days_of(said, kind, stores, MONDAY, 50)
        for row, (store, region) in enumerate(stores):
            for column in range(50):
                day = MONDAY + timedelta(days=column)
                wanted = any(
                    one.kind == kind and one.first <= day <= one.last and one.holds_for(store, region) for one in said
                )
                assert table[row, column] == wanted


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (_event("sale", NEXT), "event.kind"),
        (_event("closure", NEXT, MONDAY), "event.dates"),
        (_event("closure", date(1999, 1, 1), NEXT), "event.far_day"),
        (_event("closure", NEXT, NEXT + timedelta(days=900)), "event.too_long"),
        (_event("closure", NEXT, store_id="S1", region="南"), "event.one_place"),
        (_event("closure", NEXT, store_id="S9"), "event.no_store"),
        (_event("closure", NEXT, region="西"), "event.no_region"),
    ],
)
def test_what_cannot_be_kept_is_refused(event: StoreEvent, code: str) -> None:
    with pytest.raises(UserError) as refused:
        checked(event, {"S1": "南", "S2": None})
    assert refused.value.code == code


def test_events_are_written_changed_listed_and_undone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "a.chainbrain")
    Workspace.create(Path(path)).close()
    said = ["forecast-event", path, "--kind", "closure", "--first", "2026-12-10", "--last", "2026-12-12"]
    assert main(["forecast-events", path]) == 0
    assert main([*said, "--note", " 装修  水电 "]) == 0
    assert main([*said, "--store", "S1"]) == 2
    assert main(["forecast-event", path, "--kind", "closure"]) == 2
    assert main(["forecast-event", path, "--kind", "closure", "--first", "十月"]) == 2
    assert main(["forecast-event", path, "--remove"]) == 2
    capsys.readouterr()
    assert main(["forecast-events", path, "--json"]) == 0
    (event,) = json.loads(capsys.readouterr().out)["events"]
    assert (event["kind"], event["last"], event["note"]) == ("closure", "2026-12-12", "装修 水电")
    number = event["event_id"][:8]
    assert main(["forecast-event", path, "--event", number, "--last", "2026-12-15"]) == 0
    assert main(["forecast-events", path]) == 0
    out = capsys.readouterr().out
    assert "2026-12-15" in out and "停业" in out and "全部门店" in out
    with Workspace.open(Path(path)) as workspace:
        workspace.event_desk.remove(event["event_id"])
        assert workspace.cash.events() == ()
        with pytest.raises(UserError):
            workspace.event_desk.remove(event["event_id"])
        moved = workspace.undo()
        assert moved.touches("store_events")
        workspace.undo()
        assert [one.last for one in workspace.cash.events()] == [date(2026, 12, 12)]
        workspace.redo()
        assert [one.last for one in workspace.cash.events()] == [date(2026, 12, 15)]
    assert main(["history", path]) == 0
    assert "停业" in capsys.readouterr().out


def test_the_range_of_the_past_is_stretched_to_what_held() -> None:
    draw = np.random.default_rng(3)
    sold = draw.poisson(4.0, (30, 240)) * (draw.random((30, 240)) < 0.1)
    growing = sold * np.linspace(1, 8, 240)
    panel = Panel(tuple(f"s{i:02d}" for i in range(30)), MONDAY, growing)
    ready = prepare(panel, days.features(days.shipped(), MONDAY, 240), 210)
    mean, ends = past.ranged(ready, 210, 28, np.ones(30, dtype=np.bool_))
    came = growing[:, 211:239]
    assert not past.regular(ready, 210).any()
    assert (np.diff(ends, axis=0) >= 0).all() and (mean > 0).all()
    own = np.quantile(growing[:, 155:211], (0.025, 0.975), axis=1)
    held = (came >= ends[0][:, None]) & (came <= ends[4][:, None])
    raw = (came >= own[0][:, None]) & (came <= own[1][:, None])
    assert raw.mean() < held.mean() and held.mean() > 0.94
