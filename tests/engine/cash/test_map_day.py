"""One day of the money map from rows made by hand: every source comes to the sum of where it ended."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from chainbrain.cash.mapday import Flow, day_of
from chainbrain.map_desk import OwedSum, owed_by_ledger

DAY, SINCE = date(2026, 6, 10), date(2026, 6, 1)
BANK = "571900000001"


def _day(*rows: tuple[str, str | None, str, str, str]):  # type: ignore[no-untyped-def]
    return day_of(DAY, SINCE, [(a, b, c, Decimal(d), Decimal(e)) for a, b, c, d, e in rows])


def test_a_source_is_what_lay_there_and_came_and_ends_where_it_went() -> None:
    found = _day(
        ("wechat", None, "opening", "500", "0"),
        ("wechat", None, "gross", "100", "1000"),
        ("wechat", None, "fees", "0", "3.8"),
        ("wechat", BANK, "received", "0", "900"),
        ("wechat", None, "wallet", "600", "96.2"),
        ("bank", BANK, "bank_opening", "200", "0"),
        ("bank", BANK, "bank_from", "0", "900"),
        ("bank", BANK, "bank_out", "0", "1050"),
        ("bank", BANK, "bank", "200", "-150"),
    )
    wechat, bank = found.sources[1], found.sources[0]
    assert (wechat.before, wechat.total) == (600, 1600)
    assert (bank.before, bank.begun, bank.came) == (200, 200, {"bank_from": 900})
    assert found.flows == (
        Flow("bank", "bank", Decimal(50)), Flow("bank", "bank_out", Decimal(1050)),
        Flow("wechat", "arrived", Decimal(900), BANK), Flow("wechat", "fees", Decimal("3.8")),
        Flow("wechat", "wallet", Decimal("696.2")),
    )  # fmt: skip
    assert found.held == {"wallet": Decimal("696.2"), "bank": Decimal(50)} and found.gap == 0
    assert [(one.balance, one.arrived) for one in found.accounts] == [(50, 900)]


def test_what_came_below_nothing_has_gone() -> None:
    """A channel that took more back than it gave paid out of its sales; a drawer that was over received."""
    found = _day(
        ("meituan", None, "gross", "0", "100"),
        ("meituan", None, "other", "0", "-30"),
        ("meituan", None, "platform", "0", "70"),
        ("cash", None, "till_sales", "0", "40"),
        ("cash", None, "till_over", "0", "-2"),
        ("cash", None, "till", "0", "38"),
        ("douyin", None, "written_off", "0", "-5"),
        ("douyin", None, "platform", "0", "5"),
    )
    assert {(one.source, one.end): one.amount for one in found.flows} == {
        ("meituan", "other"): 30, ("meituan", "platform"): 70, ("cash", "till_over"): 2, ("cash", "till"): 38,
        ("douyin", "platform"): 5,
    }  # fmt: skip
    assert {one.key: one.came for one in found.sources} == {
        "cash": {"till_sales": 40}, "douyin": {"written_off": 5}, "meituan": {"gross": 100},
    }  # fmt: skip
    assert found.gap == 0


def test_a_balance_that_nobody_knows_is_none() -> None:
    found = _day(("bank", BANK, "bank_in", "0", "70"), ("bank", BANK, "bank_moved", "0", "70"))
    assert found.held == {"bank_moved": 70} and found.accounts[0].balance is None
    assert found.claims == {} and found.gap == 0


def test_what_stores_are_owed_and_what_they_owe_stand_apart() -> None:
    def ledger() -> list[SimpleNamespace]:
        rows = ((5, "S1", "900.00"), (6, "S1", "120.50"), (6, "S2", "80.00"), (6, "S3", "-70.00"), (7, "S1", "5.00"))
        return [
            SimpleNamespace(month=date(2026, month, 1), store=store, closing=Decimal(amount))
            for month, store, amount in rows
        ]

    # A store that owes something sets nothing off: it is another one.
    june = date(2026, 6, 20)
    assert owed_by_ledger(ledger, june) == OwedSum(june, Decimal("200.50"), Decimal("70.00"))
    assert owed_by_ledger(ledger, date(2026, 8, 2)) == OwedSum(date(2026, 7, 31), Decimal("5.00"), Decimal("0.00"))
    assert owed_by_ledger(ledger, date(2026, 4, 30)) is None
    assert owed_by_ledger(list, june) is None
