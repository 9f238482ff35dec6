"""What head office is split out of a franchisee's sales clears what it was owed, to the cent and store by store."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest

from chainbrain.reports.vouchers import room_of
from tests.engine.reconciliation.reconcile_book import DAY
from tests.engine.reconciliation.split_book import MERCHANT, SplitWorld

BRAND, HEAD, OWNER = "1900000009", "总部公司", "加盟公司"
MONTH = DAY.replace(day=1)
ZERO = Decimal("0.00")
Sums = dict[tuple[str | None, str, str | None], Decimal]


def _world(*, owner: str = OWNER, called: str = HEAD) -> SplitWorld:
    """S1 splits 5 % of its sales to head office: 100.00, and 40.00 of which 10.00 went back to the guest."""
    world = SplitWorld()
    world.store("S9").account("wechat", BRAND, "S9").rule("品牌费", called, "0.05", store="S1", account=BRAND)
    world.book.execute("update base.stores set ownership = 'franchise' where code = 'S1'")
    for number, entity in ((MERCHANT, owner), (BRAND, HEAD)):
        world.book.execute(
            "update base.accounts set legal_entity = $entity where merchant_no = $number", entity=entity, number=number
        )
    for number, amount in (("A1", "100.00"), ("A2", "40.00")):
        world.payment(f"T{number}", amount, fee="0.00", merchant=MERCHANT)
    world.payment("TA2", "-10.00", fee="0.00", kind="refund", refund_id="R1", merchant=MERCHANT)
    return world


def _moves(world: SplitWorld, number: str, amount: str, *, kind: str = "split", bill: bool = True) -> None:
    """One split on the bill of S1 and in both wallets."""
    if bill:
        world.split(number, BRAND, amount)
    world.book.execute("update base.split_lines set external_id = payment_external_id || amount")
    for merchant, sign in ((MERCHANT, -1), (BRAND, 1)):
        world.wallet_line(
            f"W{world.line()}", str(sign * Decimal(amount)), kind, business_id=f"{number}{amount}", merchant=merchant
        )


def _sums(world: SplitWorld) -> tuple[Sums, list[tuple[str, str | None, str | None]]]:
    world.reconcile()
    sums: Sums = defaultdict(lambda: ZERO)
    splits = []
    for voucher in room_of(world.book).journal(MONTH).vouchers:
        assert voucher.debit == voucher.credit
        for line in voucher.lines:
            sums[voucher.entity, line.role, line.store] += line.debit - line.credit
            if line.fact in {"split_received", "wallet_split"} and line.role != "transit":
                splits.append((line.fact, voucher.entity, line.store))
    return sums, splits


@pytest.mark.parametrize("bill", [True, False])
def test_what_was_split_as_agreed_leaves_nothing_open_between_the_two(*, bill: bool) -> None:
    world = _world()
    _moves(world, "TA1", "5.00", bill=bill)
    _moves(world, "TA2", "2.00", bill=bill)
    _moves(world, "TA2", "-0.50", kind="split_return", bill=bill)
    sums, splits = _sums(world)
    assert sums[HEAD, "split_income", "S1"] == Decimal("-6.50")
    assert sums[HEAD, "split_receivable", "S1"] + sums[HEAD, "split_receivable", "S9"] == ZERO
    assert sums[OWNER, "split_payable", "S1"] == ZERO
    assert sums[OWNER, "split_expense", "S1"] == Decimal("6.50")
    assert (HEAD, "split_payable", "S9") not in sums
    assert ("split_received", HEAD, "S1" if bill else "S9") in splits


def test_a_receiver_is_head_office_by_its_number_whatever_the_rule_calls_it() -> None:
    world = _world(called="品牌方")
    _moves(world, "TA1", "5.00")
    sums, _ = _sums(world)
    assert sums[HEAD, "split_receivable", "S1"] == Decimal("1.50") == -sums[OWNER, "split_payable", "S1"]


def test_a_split_bill_without_a_merchant_number_leaves_known_what_others_received() -> None:
    world = _world()
    _moves(world, "TA1", "5.00", bill=False)
    # Given back to a wallet that splits nothing itself: only the list of those that do tells whose it is.
    world.wallet_line(f"W{world.line()}", "0.50", "split_return", business_id="TA2", merchant=BRAND)
    before = _sums(world)
    assert [fact for fact, entity, _ in before[1] if entity == HEAD] == ["split_received"]
    world.split("TA9", BRAND, "1.00")
    world.book.execute("update base.split_lines set merchant_no = null, payment_external_id = 'elsewhere'")
    assert _sums(world) == before


def test_half_of_it_split_leaves_the_other_half_receivable_and_payable() -> None:
    world = _world()
    _moves(world, "TA1", "5.00")
    sums, splits = _sums(world)
    assert sums[HEAD, "split_receivable", "S1"] == Decimal("1.50") == -sums[OWNER, "split_payable", "S1"]
    assert sorted(splits) == [("split_received", HEAD, "S1"), ("wallet_split", OWNER, "S1")]


def test_money_that_moves_within_one_legal_entity_is_owed_by_nobody() -> None:
    world = _world(owner=HEAD)
    _moves(world, "TA1", "5.00")
    sums, splits = _sums(world)
    assert [fact for fact, _, _ in splits] == ["wallet_split", "wallet_split"]
    assert sum((amount for (_, role, _), amount in sums.items() if role == "split_payable"), ZERO) == ZERO
