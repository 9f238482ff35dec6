"""A store with merchant numbers of two legal entities: nobody knows whose its drawer is, so that is asked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chainbrain.reports.vouchers import room_of, untold_sentences
from chainbrain.vouchers.room import Journal
from tests.engine.reconciliation.reconcile_book import DAY, World

MONTH = DAY.replace(day=1)


def _journal(alipay: str | None, wechat: str | None = "甲") -> Journal:
    world = World().store("S1").account("wechat", "1900000001", "S1", bank="1").account("alipay", "2088001", "S1")
    for merchant, entity in (("1900000001", wechat), ("2088001", alipay)):
        world.book.execute(
            "update base.accounts set legal_entity = $entity where merchant_no = $m", entity=entity, m=merchant
        )
    world.payment("T1", "100.00", fee="0.00", merchant="1900000001")
    world.order("S1", "B1", "20.20", {"method": "cash", "amount": "20.20"})
    world.order("S1", "B2", "10.00", {"method": "cash", "amount": "10.00"})
    world.reconcile()
    return room_of(world.book).journal(MONTH)


def test_cash_of_a_store_of_two_entities_is_to_be_checked_before_it_leaves_the_house() -> None:
    journal = _journal("乙")
    assert [(one.reason, one.store, one.amount, one.items) for one in journal.to_check] == [
        ("entity_untold", "S1", Decimal("30.20"), 2)
    ]
    assert sum(one.debit for one in journal.vouchers if one.entity is None) == Decimal("30.20")
    (said,) = untold_sentences(journal, (("S1", "一号店"),), "zh")
    assert all(part in said for part in ("一号店 S1", "30.20", "收款账户档案"))
    assert "S1" in untold_sentences(journal, (), "en")[0]


@pytest.mark.parametrize("entity", ["甲", None])
def test_a_store_of_one_entity_and_a_book_that_names_none_ask_nothing(entity: str | None) -> None:
    journal = _journal(entity, entity)
    assert journal.vouchers and journal.to_check == ()
    assert untold_sentences(journal, (), "zh") == []
