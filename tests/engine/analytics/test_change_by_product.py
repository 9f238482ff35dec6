"""The change by groups of products: the worked example to the cent, and honest where items lack or do not add up."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sales_book import MONDAY, SalesBook, uid

from chainbrain.analytics import change
from chainbrain.analytics.change import Explanation
from chainbrain.analytics.periods import Period
from chainbrain.reports.filters import Filters
from chainbrain.reports.sales import change as change_report

LATER = MONDAY + timedelta(days=28)
DAY = Period(LATER, LATER + timedelta(days=1))
WORKED = {
    MONDAY: (("堂食", "4000", "152000"), ("外卖", "2500", "77500"), ("团购", "1000", "22000")),
    LATER: (("堂食", "3700", "142450"), ("外卖", "2900", "85550"), ("团购", "1500", "31500")),
}


def money(text: str) -> Decimal:
    return Decimal(text)


def item(made: SalesBook, number: str, day: date, *product: str | None) -> None:
    category, quantity, amount = product
    assert category and amount
    made.row(
        "order_items", order_item_id=uid("item", number, category), order_id=uid("order", "S1", number),
        store_code="S1", order_no=number, business_day=day, category=category, item=category,
        quantity=Decimal(quantity) if quantity else None, amount=Decimal(amount), file_id=uid("items"), line=2,
    )  # fmt: skip


def chain() -> SalesBook:
    return SalesBook().store("S1", "一店", opened_on=date(2020, 1, 1))


def told(made: SalesBook) -> Explanation:
    return change.explain(made.done(), DAY, by="product")


def steps(found: Explanation) -> dict[str, Decimal]:
    return {step.key: step.amount for step in found.steps}


def test_the_worked_example_by_products_of_imported_items() -> None:
    made = chain()
    for day, groups in WORKED.items():
        for category, quantity, amount in groups:
            made.sale("S1", day, amount, number=f"{day}{category}")
            item(made, f"{day}{category}", day, category, quantity, amount)
    found = told(made)
    assert (found.before, found.now) == (money("251500.00"), money("259500.00"))
    assert steps(found) == {"orders": money("20120.00"), "mix": money("-8120.00"), "price": money("-4000.00")}
    assert found.proven and found.itemised and found.steps[0].count == 600
    assert [(p.key, p.change, found.opposes(p)) for p in found.parts] == [
        ("堂食", money("-9550.00"), True), ("团购", money("9500.00"), False), ("外卖", money("8050.00"), False)
    ]  # fmt: skip


def test_what_nobody_told_the_products_of_stands_apart_and_the_sum_is_exact() -> None:
    made = chain()
    for day, rest, beer in ((MONDAY, "3.33", "6"), (LATER, "4.44", "7.5")):
        made.sale("S1", day, "100", number=f"{day}a").sale("S1", day, rest, number=f"{day}b")
        item(made, f"{day}a", day, "面", "3", str(100 - Decimal(beer)))
        item(made, f"{day}a", day, "酒", "1.5", beer)
    found = told(made)
    # 3.33 and 4.44 are less than one yuan in twenty of the day: its other products may be compared.
    assert steps(found)["unlisted"] == money("1.11") == found.change
    assert found.proven and {part.key for part in found.parts} == {"面", "酒", ""}
    assert found.compared == found.change
    assert sum(amount for key, amount in steps(found).items() if key != "unlisted") == 0


@pytest.mark.parametrize("lacks", ["no_items", "one_side", "not_the_amount", "no_quantity"])
def test_without_items_that_can_be_compared_there_are_no_products(lacks: str) -> None:
    made = chain().sale("S1", MONDAY, "100", number="a").sale("S1", LATER, "120", number="b")
    if lacks != "no_items":
        item(made, "b", LATER, "面", "4", "120")
    if lacks == "not_the_amount":
        item(made, "a", MONDAY, "面", "4", "99")
    if lacks == "no_quantity":
        item(made, "a", MONDAY, "面", None, "100")
    found = told(made)
    assert not found.itemised and found.proven
    # Nothing is called new because its items were imported later.
    assert steps(found) == {"unlisted": money("20.00")}


def test_a_group_that_comes_or_goes_has_no_second_price() -> None:
    made = chain().sale("S1", MONDAY, "100", number="a").sale("S1", LATER, "120", number="b")
    item(made, "a", MONDAY, "面", "4", "80")
    item(made, "a", MONDAY, "冰", "2", "20")
    item(made, "b", LATER, "面", "5", "100")
    item(made, "b", LATER, "汤", "1", "20")
    book = made.done()
    found = change.explain(book, DAY, by="product")
    assert steps(found) == {
        "orders": money("20.00"), "mix": money("0.00"), "price": money("0.00"), "gained": money("20.00"),
        "lost": money("-20.00"),
    }  # fmt: skip
    table = change_report(book, Filters(first=DAY.first, after=DAY.after)).tables[-1]
    assert table.name == "change_product"
    assert dict(zip(table.rows["part"], table.rows["amount"], strict=True)) == {
        "面": money("20.00"), "汤": money("20.00"), "冰": money("-20.00")
    }  # fmt: skip


def test_the_report_says_that_there_are_no_items() -> None:
    book = chain().sale("S1", MONDAY, "100").sale("S1", LATER, "120").done()
    table = change_report(book, Filters(first=DAY.first, after=DAY.after)).tables[-1]
    assert table.worded("zh")["part"].to_list() == ["没有商品明细"]
    assert table.rows["amount"].to_list() == [None]
