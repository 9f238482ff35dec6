"""The money map of the demo chain: one identity on every day, and every place equal to what another reckoning says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from chainbrain.cash.mapday import ON_ITS_WAY
from chainbrain.cash.moneymap import MoneyMap
from chainbrain.demo import DemoChain
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

ONE = timedelta(days=1)


@pytest.fixture(scope="module")
def made(chain: DemoChain, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.create(tmp_path_factory.mktemp("map") / "a.chainbrain") as workspace:
        workspace.imports.apply(workspace.imports.plan([chain.exports]))
        workspace.reconcile()
        yield workspace


@pytest.fixture(scope="module")
def found(made: Workspace) -> MoneyMap:
    return made.money_map().map


def _days(found: MoneyMap) -> list[date]:
    assert found.first is not None and found.last is not None
    return [found.first + number * ONE for number in range((found.last - found.first).days + 1)]


def test_the_places_are_the_ledgers_on_every_day_of_every_store_and_entity(found: MoneyMap) -> None:
    scopes = [found, *(found.of(store=one) for one in found.stores), *(found.of(entity=one) for one in found.entities)]
    assert len(scopes) == 6
    for scope in scopes:
        assert [(places, ledgers) for _, places, ledgers in scope.proof() if places != ledgers] == []
        assert scope.at().gap == 0


def test_the_entities_are_the_chain_in_every_place_on_every_day(found: MoneyMap) -> None:
    """Payouts of several stores that came short have an entity as all others have."""
    parts = [found.of(entity=one) for one in found.entities]
    chain = found.river()[1]
    rivers = [one.river() for one in parts]
    sums = {place: [Decimal(0)] * len(_days(found)) for place in chain}
    for days, river in rivers:
        for number, day in enumerate(_days(found)):
            for place, held in river.items():
                if day >= days[0]:
                    sums[place][number] += held[min(number - (days[0] - _days(found)[0]).days, len(days) - 1)]
    for place in set(chain) - {"stored"}:
        assert sums[place] == list(chain[place]), place
    assert all(one.nobodys(day) == {} for one in parts for day in _days(found))


def test_every_source_ends_somewhere_to_the_last_place(found: MoneyMap) -> None:
    for day in _days(found):
        shown = found.at(day, since=day)
        for source in shown.sources:
            assert source.total == sum(one.amount for one in shown.flows if one.source == source.key)
        brought = sum(one.arrived for one in shown.accounts)
        assert brought == shown.ended("arrived") == sum(one.came.get("bank_from", 0) for one in shown.sources)


def test_what_is_on_its_way_is_every_day_what_the_months_close_would_list(made: Workspace, found: MoneyMap) -> None:
    for day in _days(found):
        items = sum((row[-1] for row in made.book.rows("closing/open_items", after=day + ONE)), Decimal(0))
        assert sum(found.at(day).held.get(place, Decimal(0)) for place in ON_ITS_WAY) == items


def test_nothing_on_its_way_is_below_nothing(found: MoneyMap) -> None:
    for day in _days(found):
        assert [one for one in found.at(day).flows if one.end in ON_ITS_WAY and one.amount < 0] == []


def test_the_bank_is_every_day_what_the_statements_print(made: Workspace, found: MoneyMap) -> None:
    for day in _days(found):
        printed = {number: balance for number, _, balance, _ in made.book.rows("cash/accounts", after=day + ONE)}
        assert {one.number: one.balance for one in found.at(day).accounts} == printed


def test_drawers_hold_what_was_counted_and_cards_what_the_close_says(made: Workspace, found: MoneyMap) -> None:
    counted = made.book.rows_of("select business_day, sum(counted) from base.placed_cash_counts group by all")
    assert {day: found.at(day).held["till"] for day, _ in counted} == dict(counted)
    last = found.last
    assert last is not None
    assert found.at().claims["stored"] == made.closing.stored_value(last.replace(day=1)).total.closing


def test_a_past_day_reproduces_and_days_beyond_are_refused(found: MoneyMap) -> None:
    days, held = found.river()
    for number, day in enumerate(days):
        assert {place: sums[number] for place, sums in held.items() if sums[number] and place != "stored"} == {
            place: amount for place, amount in found.at(day).held.items() if amount
        }
    with pytest.raises(UserError, match=r"map\.no_such_day"):
        found.at(days[-1] + ONE)
    with pytest.raises(UserError, match=r"map\.since"):
        found.at(days[-2], since=days[-1])
    with pytest.raises(UserError, match=r"map\.unknown_store"):
        found.of(store="S999")


def test_what_nobody_knows_is_said(made: Workspace, found: MoneyMap) -> None:
    lacking, last = found.lacking, found.last
    assert lacking.bank_to is not None and last is not None and lacking.bank_to < last
    assert {one.stores for one in lacking.shared} == {("S001", "S002")}
    assert "stored" not in found.of(store="S001").at().claims
    whole = made.money_map()
    assert whole.due_after(last) is None and whole.owed_on(date(2000, 1, 1)) is None
    # The forecast begins where the bank ends, yet one ledger is told of one day.
    assert made.owed_by_ledger(lacking.bank_to) == whole.owed_on(last) is not None


def test_the_report_says_the_same(made: Workspace, tmp_path: Path) -> None:
    day = made.money_map().map.at()
    out = tmp_path / "map.json"
    made.reports.write("money-map", out, "zh")
    tables = json.loads(out.read_text(encoding="utf-8"))["tables"]
    places = {row["place"]: Decimal(row["map_amount"]) for row in tables[0]["rows"]}
    assert len(places) == len(day.held) and sum(places.values()) == day.places.quantize(Decimal("0.01"))
    assert made.reports.write("money-map", tmp_path / "map.xlsx", "en", store="S001") > 0
