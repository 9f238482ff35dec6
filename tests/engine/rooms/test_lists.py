"""Lists: every list opens, filters narrow it, order and pages hold, and a filter a list cannot answer is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from chainbrain.analytics.periods import Period
from chainbrain.database.pages import PAGE, parameters
from chainbrain.demo import generate
from chainbrain.errors import UserError
from chainbrain.lists import LISTS
from chainbrain.money import half_up
from chainbrain.workspace import Workspace

LIKE = ("like_days", "like_channels", "like_dayparts", "like_products")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("lists")
    chain = generate(folder / "chain", stores=3, days=7)
    with Workspace.create(folder / "a.chainbrain") as opened:
        opened.imports.apply(opened.imports.plan([chain.exports]))
        opened.reconcile()
        yield opened


@pytest.mark.parametrize("name", LISTS)
def test_every_list_opens_and_its_pages_hold_all_rows_once(workspace: Workspace, name: str) -> None:
    pages = workspace.lists.open(name)
    rows = [row for number in range(pages.count // PAGE + 1) for row in pages.page(number)]
    # The book has no cards, so no top-up lacks a receipt; some lists are asked for a period.
    empty = ("top_ups", *LIKE, "store_parts", "missing_days", "map_moves")
    assert len(rows) == pages.count and (pages.count > 0) is (name not in empty)
    assert all(len(row) == len(LISTS[name].columns) for row in rows)
    assert pages.page(pages.count // PAGE + 1) == []
    pages.close()


def test_sorting_is_kept_over_pages(workspace: Workspace) -> None:
    pages = workspace.lists.open("payments", sort=("amount", True))
    place = [column.key for column in LISTS["payments"].columns].index("amount")
    amounts = [row[place] for number in range(pages.count // PAGE + 1) for row in pages.page(number)]
    assert amounts == sorted(amounts, reverse=True)


def test_filters_agree_with_a_plain_count(workspace: Workspace) -> None:
    day, store = workspace.book.one_of("select max(business_day), max(store_id) from orders")
    pages = workspace.lists.open("orders", {"store": store, "first": day, "after": day + timedelta(days=1)})
    plain = "select count(*) from orders where store_id = $store and business_day = $day"
    assert (pages.count,) == workspace.book.one_of(plain, store=store, day=day)
    noon = workspace.lists.open("orders", {"weekday": day.isoweekday(), "hour": 12})
    plain = "select count(*) from orders where isodow(business_day) = $weekday and hour(ordered_at) = 12"
    assert (noon.count,) == workspace.book.one_of(plain, weekday=day.isoweekday())
    wrong = workspace.lists.open("tenders", {"code": "D01"})
    assert (wrong.count,) == workspace.book.one_of("select count(*) from differences where code = 'D01'")


@pytest.mark.parametrize("name", [name for name, kind in LISTS.items() if "stores" in parameters(kind.query)])
def test_several_stores_are_the_rows_of_each_of_them(workspace: Workspace, name: str) -> None:
    days = {"first": date(2000, 1, 1), "after": date(2100, 1, 1)} if name in ("map_moves", "missing_days") else {}
    span = workspace.analytics.span()
    if span is not None and name in (*LIKE, "store_parts"):
        days = {"first": span.first, "after": span.after}
    stores = [one.store_id for one in workspace.analytics.stores()]

    def of(**filters: object) -> Counter[tuple[object, ...]]:
        with workspace.lists.open(name, {**days, **filters}) as rows:
            return Counter(row for number in range(rows.count // PAGE + 1) for row in rows.page(number))

    single = {store: of(store=store) for store in stores}
    assert of(stores=[stores[0]]) == single[stores[0]] == of(stores=(stores[0],))
    assert of(stores=stores[:2]) == single[stores[0]] + single[stores[1]]
    assert of(stores=["S099"]) == of(store="S099") == Counter()
    assert all(found <= of() for found in single.values())


def test_what_is_coming_late_and_short_opens_the_rows_it_is_made_of(workspace: Workspace) -> None:
    span, seen = workspace.analytics.span(), set()
    assert span is not None
    for days in (5, 11):
        after = span.first + timedelta(days=days)
        for one in workspace.analytics.transit(Period(span.first, after)).channels:
            for part in ("coming", "late", "short"):
                # Each list reads the whole book: what is nothing is not asked for.
                if getattr(one, part):
                    rows = workspace.lists.open("lying_at", {"channel": one.channel, "part": part, "after": after})
                    assert rows.total("amount") == getattr(one, part), (one.channel, part, after)
                    seen.add(part)
    assert seen == {"coming", "late", "short"}


def test_overview_and_money_map_call_the_same_money_late(workspace: Workspace) -> None:
    found = workspace.money_map().map
    assert found.last is not None
    for day in (found.last - timedelta(days=5), found.last):
        told = workspace.analytics.transit(Period(day, day + timedelta(days=1))).channels
        held = found.at(day).held
        assert half_up(sum((one.late + one.short for one in told), Decimal(0))) == held.get("late", 0)
        apart = sum((held.get(place, Decimal(0)) for place in ("wallet", "transit", "platform")), Decimal(0))
        assert half_up(sum((one.coming for one in told), Decimal(0))) == apart
        assert half_up(sum((one.closing for one in told), Decimal(0))) == found.at(day).on_its_way


def test_a_row_is_found_again_by_its_key(workspace: Workspace) -> None:
    pages = workspace.lists.open("tenders")
    assert pages.position(pages.page(1)[3][0]) == PAGE + 3
    assert pages.position("nothing") is None


@pytest.mark.parametrize(
    ("name", "filters", "sort", "code"),
    [
        ("nothing", {}, None, "list.unknown"),
        ("bank_lines", {"store": "S001"}, None, "list.unknown_filter"),
        ("orders", {"colour": "red"}, None, "list.unknown_filter"),
        ("orders", {}, ("amount; drop table base.orders", True), "list.unknown_column"),
    ],
)
def test_what_a_list_cannot_do_is_refused(
    workspace: Workspace, name: str, filters: dict[str, object], sort: tuple[str, bool] | None, code: str
) -> None:
    with pytest.raises(UserError) as raised:
        workspace.lists.open(name, filters, sort)
    assert raised.value.code == code


def test_the_orders_behind_the_receipts_add_up_to_them(workspace: Workspace) -> None:
    """A figure can be opened: the list has the same number of orders and the same sum, in every way it is divided."""
    day, store = workspace.book.one_of("select max(business_day), max(store_id) from orders")
    days = {"first": day - timedelta(days=6), "after": day + timedelta(days=1)}
    sales = "select sum(amount), sum(orders) from base.daily_sales where store_id = $store and {0}"
    for filters, condition in (
        ({}, "true"),
        ({"channel": "meituan"}, "channel = 'meituan'"),
        ({"channel": "in_store"}, "channel = 'in_store'"),
        ({"daypart": "lunch"}, "daypart = 'lunch'"),
    ):
        pages = workspace.lists.open("orders", {**days, "store": store, "sold": True, **filters})
        assert (pages.total("amount"), pages.count) == workspace.book.one_of(sales.format(condition), store=store)
        assert pages.count > 0
    # Cancelled orders and top-ups are rows of the list, but no sales.
    assert workspace.lists.open("orders", {**days, "sold": False}).count > 0


def test_the_tenders_behind_a_means_of_payment_add_up_to_it(workspace: Workspace) -> None:
    span = workspace.analytics.span()
    assert span is not None
    for part in workspace.analytics.mix(span, by="method").parts:
        days = {"first": span.first, "after": span.after}
        pages = workspace.lists.open("tenders", {**days, "channel": part.key, "sold": True})
        assert (pages.total("amount"), pages.count) == (part.receipts, part.orders)


def test_every_item_that_needs_a_hand_opens_exactly_its_differences(workspace: Workspace) -> None:
    last = workspace.analytics.span().last  # type: ignore[union-attr]
    items = [item for item in workspace.analytics.attention(last).items if item.differences]
    place = [column.key for column in LISTS["differences"].columns].index("amount")
    for item in items:
        pages = workspace.lists.open("differences", {"ids": list(item.differences)})
        assert pages.count == item.count
        amounts = [row[place] for row in pages.page(0)]
        if min(amounts) >= 0 or max(amounts) <= 0:
            # Each store's part of an item is rounded to the cent.
            assert abs(abs(sum(amounts)) - item.amount) <= Decimal("0.01") * len(item.stores)
        else:
            assert abs(sum(amounts)) <= item.amount
    found = [number for item in items for number in item.differences]
    assert len(found) == len(set(found)) == workspace.lists.open("differences", {"state": "open"}).count
