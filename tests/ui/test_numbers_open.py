"""Every number of the owner's screens opens the rows that it was made from: their sum is the number, to the cent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QWidget

from chainbrain.analytics.stores import LeagueRow
from chainbrain.database.pages import PAGE
from chainbrain.lists import LISTS
from chainbrain.money import half_up
from ui.views.overview.view import OverviewView
from ui.views.parts.store_scope import StoreScope
from ui.views.stores.view import StoresView

pytest_plugins = ("fixtures_chain",)


class Opened:
    """Takes the place of the window with rows: what was asked for is opened in the engine, without a window."""

    def __init__(self, rooms):
        self.rooms, self.asked = rooms, []

    def __call__(self, context, parent: QWidget, name: str, filters: Mapping[str, object], title: str = "") -> None:
        self.asked.append((name, {key: value for key, value in filters.items() if value not in ("", None)}))

    def rows(self):
        """The rows of the only list that was asked for since the last time."""
        ((name, filters),) = self.asked
        self.asked.clear()
        return self.rooms.lists.open(name, filters)

    def total(self, column: str) -> Decimal:
        with self.rows() as rows:
            return rows.total(column)

    def count(self) -> int:
        with self.rows() as rows:
            return rows.count


@pytest.fixture
def opened(monkeypatch, context):
    ears = Opened(context.workspace.reading())  # the screen's own rooms belong to its worker
    for module in ("overview.leads", "stores.leads"):
        monkeypatch.setattr(f"ui.views.{module}.open_list", ears)
    return ears


def shown(qtbot, context, view):
    qtbot.addWidget(view)
    view.resize(1240, 848)
    view.show()
    view.set_workspace(context)
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        view.refresh()
    return view


def narrowed(qtbot, view, choice, some):
    """Show two of the three stores."""
    if some:
        choice.choose(StoreScope.some([entry.store_id for entry in view.data.stores.entries][:2]))
        with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
            view.refresh()
        assert view.data.stores.in_part and len(view.data.stores.numbers) == 2


@pytest.mark.parametrize("shows", [("yesterday", False), ("month", False), ("month", True)])
def test_every_number_of_the_overview_opens_its_rows(qtbot, context, opened, heard, shows):
    view, (period, some) = OverviewView(), shows
    view._period.set_current(period)
    shown(qtbot, context, view)
    narrowed(qtbot, view, view._stores, some)
    data = view.data
    assert [item.key for item in view._strip._items] == ["receipts", "orders", "ticket", "fees", "refunds", "bank"]
    view._strip.opened.emit("receipts")
    assert opened.total("amount") == data.strip.receipts.value > 0
    view._strip.opened.emit("orders")
    assert opened.count() == data.strip.orders.value > 0
    view._strip.opened.emit("ticket")  # a quotient: it leads to the stores that it is made of
    assert heard.navigated.pop() == ("stores", {"scope": view.data.stores.scope})
    view._strip.opened.emit("fees")
    assert opened.total("fee") == data.strip.fees.value > 0
    view._strip.opened.emit("refunds")
    assert opened.total("amount") == data.strip.refunds.value > 0
    assert data.strip.net == half_up(data.strip.receipts.value - data.strip.refunds.value - data.strip.fees.value)
    view._strip.opened.emit("bank")  # no sum but the balance after the newest line of every account
    with opened.rows() as rows:
        place = [column.key for column in LISTS["bank_lines"].columns].index("balance")
        lines = [row for number in range(-(-rows.count // PAGE)) for row in rows.page(number)]
    assert {account.balance for account in data.strip.bank} <= {row[place] for row in lines}
    for method, amount in (("stored_value", data.prepaid.stored_value), ("coupon", data.prepaid.coupons)):
        link = view._foot.links[method]
        assert link.isVisible() == bool(amount) and (f"{amount:,.2f}" in link.text()) == bool(amount)
        link.click()
        assert opened.total("amount") == amount
    days = [day for day in data.trend if day.amount]
    for day in (days[0], days[len(days) // 2], days[-1]):
        view._trend.chart.day_chosen.emit(day.day)
        assert opened.total("amount") == day.amount
    for number, item in enumerate(data.attention.items):
        view._attention.list.opened.emit(number)
        if opened.asked:
            # Too much at one store does not make up for too little at another: the sizes add up.
            (name, _filters), *_ = opened.asked
            assert name == ("unknown_deposits" if item.code == "D09" else "differences")
            place = [column.key for column in LISTS[name].columns].index("amount")
            with opened.rows() as rows:
                amounts = [row[place] for page in range(-(-rows.count // PAGE)) for row in rows.page(page)]
            assert item.amount in {half_up(abs(sum(amounts))), half_up(sum(map(abs, amounts)))}, item
            assert len(amounts) == item.count
        else:  # one difference, or an estimate that stands in no row, leads to its screen
            where, filters = heard.navigated.pop()
            assert where == item.view and filters and (item.estimated or item.filters.get("difference")), item
    for line in view._transit._model.rows:
        view._transit._activated(line)
        assert half_up(opened.total("amount")) == half_up(line.amount) != 0, line
    lines = {line.key: line for line in view._transit._sum._lines}
    assert {*lines} - {"other"} == {"opening", "gross", "refunds", "fees", "received", "closing"}
    for line in lines.values():
        view._transit._sum.opened.emit(line.key)
        # Of other movements the sign is said before them.
        told = -line.amount if line.text.startswith("− 其他") else line.amount
        assert half_up(opened.total("amount")) == half_up(told) != 0, line


def figures_of(row: LeagueRow) -> Iterator[tuple[str, str, Decimal]]:
    """The figures of a store with the column of their rows that adds up to them; a quotient has two of them."""
    yield "receipts", "amount", row.receipts
    yield "ticket", "amount", row.receipts
    yield "refunds", "amount", row.refunds
    yield "take_rate", "fee", row.fees
    yield "take_rate", "amount", row.takings
    if row.like_for_like.now is not None:
        yield "change", "amount", row.like_for_like.now
        yield "change", "base_amount", row.like_for_like.before
    if row.recent:
        yield "recent", "amount", sum((one for one in row.recent if one is not None), Decimal(0))
    walls = row.four_wall
    if walls is not None and walls.profit is not None:
        yield "four_wall", "amount", walls.profit


def test_every_number_of_compared_stores_opens_its_rows(qtbot, context, opened):
    view = StoresView()
    view._period.set_current("month")
    shown(qtbot, context, view)
    rows = {row.store_id: row for row in view.data.league.rows}
    with qtbot.waitSignal(view.comparing.loader.loaded, timeout=30_000):
        view.comparing.compare(tuple(rows), view)
    page = view.comparing.page
    for line in page.table.model.rows:
        for place, store in enumerate(rows):
            value, row = line.values[place], rows[store]
            page.table._opened(line, f"store{place}")
            if value is None:
                assert opened.asked == []
            elif line.channel:
                assert half_up(opened.total("amount") / row.receipts, 6) == value
            elif line.key in {"orders", "missing_days"}:
                assert opened.count() == value, line
            elif line.key in {"fees", "net", "four_wall", "receipts", "refunds"}:
                assert half_up(opened.total("fee" if line.key == "fees" else "amount")) == value, line
            else:  # quotients of what the table tells and opens itself
                assert line.key in {"daily", "ticket", "take_rate", "like_for_like", "margin"} and opened.count() > 0


@pytest.mark.parametrize(("period", "some"), [("yesterday", False), ("month", False), ("month", True)])
def test_every_number_of_the_stores_opens_its_rows(qtbot, context, opened, period, some):
    view = StoresView()
    view._period.set_current(period)
    shown(qtbot, context, view)
    narrowed(qtbot, view, view._choice, some)
    league, whose = view.data.league, view.data.stores.numbers
    for row in (*league.rows, league.total):
        for key, column, figure in figures_of(row):
            view.league.figure_opened.emit(row.store_id, key)
            assert opened.total(column) == figure, (row.store_id, key)
        view.league.figure_opened.emit(row.store_id, "orders")
        assert opened.count() == row.orders
    assert view.league._total.isVisibleTo(view.league)
    view.league.figure_opened.emit("", "four_wall")
    if league.margin is None:
        assert opened.asked == []
    else:
        assert opened.total("amount") == sum(row.four_wall.profit for row in league.rows)
    qtbot.waitUntil(lambda: not view._details.change_loader.running, timeout=30_000)
    for key, figure in (("before", "before"), ("now", "now")):
        explained = opened.rooms.analytics.explain(view.data.period, whose)
        view.change.opened.emit(key)
        assert opened.total("amount") == getattr(explained, figure)
    for step in explained.steps:
        view.change.opened.emit(step.key)
        with opened.rows() as rows:
            apart = rows.total("amount") - rows.total("base_amount")
        # A day's orders, mix and price are of the same days: their rows are all that can be compared.
        assert apart == (explained.compared if step.key in {"orders", "mix", "price"} else step.amount), step.key
    for by in ("channel", "daypart", "product"):
        parted = opened.rooms.analytics.explain(view.data.period, whose, by)
        view.change.set_explanation(parted)
        assert parted.parts
        for change in parted.parts:
            view.change.part_opened.emit(change.key)
            with opened.rows() as rows:
                sides = rows.total("amount"), rows.total("base_amount")
            assert sides == (change.receipts1, change.receipts0), change
    for by in ("channel", "daypart", "method"):
        for part in opened.rooms.analytics.mix(view.data.period, by, whose).parts:
            view.rhythm.part_opened.emit(by, part.key)
            assert opened.total("amount") == part.receipts, part
    qtbot.waitUntil(lambda: not view._details.rhythm_loader.running, timeout=30_000)
    heat = opened.rooms.analytics.heatmap(view.rhythm.period, whose)
    for hour in heat.hours[:: max(1, len(heat.hours) // 6)]:
        view.rhythm.hour_opened.emit(hour.weekday, hour.hour)
        days = sum(day.isoweekday() == hour.weekday for day in heat.period)  # a chain that sells every day
        assert half_up(opened.total("amount") / days) == hour.receipts, hour
