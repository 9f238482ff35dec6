"""Whose money on its way is where payouts, openings and deposits name no merchant number: parts are the whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sales_book import SalesBook, uid

from chainbrain.cash import moneymap
from chainbrain.cash.mapday import PLACES
from chainbrain.cash.moneymap import MoneyMap
from chainbrain.database.book import Book
from chainbrain.lists import ListRoom
from chainbrain.map_desk import unknown

FIRST = date(2026, 6, 1)
ONE, OTHER = "甲公司", "乙公司"
ACCOUNTS = {ONE: "571900000001", OTHER: "571900000002"}
PAYER = "北京三快科技有限公司"
DAYS = [FIRST + timedelta(days=number) for number in range(15)]


def _line(made: SalesBook, name: str, entity: str, day: int, amount: str) -> None:
    made.row(
        "bank_lines", bank_line_id=uid("line", name), bank_account=ACCOUNTS[entity], counterparty=PAYER, memo="结算款",
        posted_at=datetime(2026, 6, 1) + timedelta(days=day), amount=Decimal(amount), file_id=uid("bank"), line=day + 1,
    )  # fmt: skip


def _payout(made: SalesBook, name: str, sold: list[tuple[str | None, str]], came: str, of: str) -> None:
    """Sales of the 3rd of June that one payout without a number holds, and what came of it on the 6th."""
    due = sum((Decimal(amount) for _, amount in sold), Decimal(0))
    for number, (store, amount) in enumerate(sold):
        made.payment(store, "meituan", DAYS[2], amount, settlement=name, number=f"{name}{number}")
    payout = uid("settlement", name)
    made.row(
        "settlements", settlement_id=payout, channel="meituan", first_day=DAYS[2], last_day=DAYS[3], gross=due, fee=0,
        net=due, expected_on=DAYS[4], file_id=uid("bills"),
    )  # fmt: skip
    _line(made, name, of, 5, came)
    match = uid("match", name)
    made.row(
        "matches", match_id=match, kind="settlement_bank", state="confirmed", stage="1", solutions=1,
        created_at=datetime(2026, 6, 20), created_by="test",
    )  # fmt: skip
    for side, kind, record, amount in (
        ("inner", "settlement", payout, due), ("outer", "bank_line", uid("line", name), Decimal(came)),
    ):  # fmt: skip
        made.row("match_members", match_id=match, side=side, record_type=kind, record_id=record, amount=amount)
    made.row(
        "differences", difference_id=uid("short", name), code="D08", state="open", amount=Decimal(came) - due,
        record_type="settlement", record_id=payout, channel="meituan",
    )  # fmt: skip


def _opened(made: SalesBook, opened: dict[str, str], deposits: dict[str, str]) -> None:
    """What was on its way to stores on the 2nd, and what came of it on the 9th; the deposits name no number."""
    for number, (store, amount) in enumerate(opened.items()):
        made.row(
            "openings", opening_id=uid("opening", store), kind="in_transit", channel="meituan", store_code=store,
            day=DAYS[1], balance=Decimal(amount), file_id=uid("openings"), line=number,
        )  # fmt: skip
    for entity, amount in deposits.items():
        _line(made, entity, entity, 8, amount)
        made.row(
            "row_states", record_type="bank_line", record_id=uid("line", entity), leg="bank", state="timing",
            reason="earlier",
        )  # fmt: skip


def _made(beyond: str) -> Book:
    made = SalesBook()
    for store, entity in (("S1", ONE), ("S2", ONE), ("S3", OTHER)):
        made.store(store).account(
            store, "meituan", f"meituan-{store}", legal_entity=entity, bank_account=ACCOUNTS[entity]
        )
    _payout(made, "own", [("S1", "90"), ("S2", "180")], "223", ONE)
    _payout(made, "both", [("S1", "50"), ("S3", "60")], "105", OTHER)
    _payout(made, "unknown", [(None, "40")], "37", ONE)
    _opened(made, {"S1": "50", "S3": "30"}, {ONE: "50", OTHER: str(30 + Decimal(beyond))})
    return made.done()


@pytest.fixture(scope="module", params=["0", "4", "8"])
def book(request: pytest.FixtureRequest) -> Iterator[tuple[Decimal, Book]]:
    """What came on the account of the other entity beyond its opening, of which 5.00 are late; and the book."""
    book = _made(request.param)
    yield Decimal(request.param), book
    book.close()


def _held(found: MoneyMap, day: date) -> dict[str, Decimal]:
    first, last = found.first, found.last
    assert first is not None and last is not None
    return dict(found.at(min(day, last)).held) if day >= first else {}


def test_what_the_entities_hold_is_what_the_chain_holds_on_every_day(book: tuple[Decimal, Book]) -> None:
    beyond, of = book
    found = moneymap.read(of)
    parts = [found.of(entity=entity) for entity in (ONE, OTHER)]
    for one in parts:
        assert [row for row in one.proof() if row[1] != row[2]] == []
    for day in DAYS[:9]:
        held = _held(found, day)
        nobodys = parts[0].nobodys(day)
        for place in PLACES:
            shares = sum((_held(one, day).get(place, Decimal(0)) for one in parts), nobodys.get(place, Decimal(0)))
            assert shares == held.get(place, 0), (day, place)
        # What came beyond what is late of its own entity may be anybody's.
        assert nobodys == ({"transit": 3, "late": -3} if beyond == 8 and day == DAYS[8] else {})
    told = [code for code, _ in unknown(parts[0], DAYS[8])]
    assert ("map.nobodys_late" in told) is (beyond == 8) and "map.nobodys" not in told


def test_a_payout_that_came_short_is_short_of_its_entity_and_less_has_arrived(book: tuple[Decimal, Book]) -> None:
    beyond, of = book
    found = moneymap.read(of)
    one, other = (found.of(entity=entity).at(DAYS[8]) for entity in (ONE, OTHER))
    # By all its receipts, by the account where they are two entities', and by the account alone.
    assert one.held["late"] == 47 + 3 and other.held.get("late", 0) == 5 - min(beyond, 5)
    assert one.ended("arrived", "meituan") == 270 - 47 + 50 + 37 + 50
    assert other.ended("arrived", "meituan") == 60 - 5 + 30 + beyond
    assert "untold" not in one.held and "untold" not in other.held


def test_the_list_behind_a_place_is_its_figure_with_every_filter(book: tuple[Decimal, Book]) -> None:
    _, of = book
    found, lists = moneymap.read(of), ListRoom(of)
    for day in (DAYS[4], DAYS[8]):
        for scope in ({}, {"entity": ONE}, {"entity": OTHER}, {"store": "S1"}):
            held = _held(found.of(**scope), day)  # type: ignore[arg-type]
            for place in ("platform", "transit", "late"):
                asked = {"channel": "meituan", "place": place, "after": day + timedelta(days=1), **scope}
                listed = lists.open("lying_at", asked)
                assert listed.total("amount") == held.get(place, 0), (day, scope, place)
                assert listed.count or not held.get(place)
