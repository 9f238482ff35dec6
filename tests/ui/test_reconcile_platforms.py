"""A sale of a platform at the till tab is held against that platform, not against a wallet."""

from datetime import date
from decimal import Decimal

import pytest

from ui.theme.translator import Language
from ui.views.reconcile.items import Item, ItemKind
from ui.views.reconcile.model import Detail
from ui.views.reconcile.records import Record
from ui.views.reconcile.sums import arithmetic
from ui.views.reconcile.words import headline, proof

ZERO = Decimal(0)


def a_difference(channel: str, code: str, cause: str, record_type: str = "tender") -> Detail:
    amount = Decimal("-38.50") if code == "D01" else Decimal("38.50")
    item = Item(
        "1", ItemKind.DIFFERENCE, date(2026, 10, 8), amount, "open", channel=channel, difference_state="open",
        code=code, cause=cause, record_type=record_type,
    )  # fmt: skip
    return Detail(item)


@pytest.fixture(autouse=True)
def chinese(qapp):
    Language.set(Language.CHINESE)


@pytest.mark.parametrize(
    ("channel", "code", "cause", "title", "why"),
    [
        ("meituan", "D01", "till_only", "D01 收银有，美团外卖没有", "只在收银，美团外卖没有"),
        ("meituan", "D02", "wallet_only", "D02 美团外卖有，收银没有", "只在美团外卖"),
        ("wechat", "D01", "till_only", "D01 收银有，钱包没有", "只在收银"),
        ("wechat", "D02", "wallet_only", "D02 钱包有，收银没有", "只在钱包或平台"),
        ("eleme", "D03", "amount", "D03 金额不同", "金额不同"),
    ],
)
def test_the_words_name_the_platform(channel, code, cause, title, why):
    found = a_difference(channel, code, cause)
    assert headline(found)[0] == title
    assert proof(found).startswith(why)


@pytest.mark.parametrize(("channel", "side"), [("eleme", "淘宝闪购"), ("douyin", "抖音"), ("wechat", "钱包")])
def test_the_sum_holds_the_till_against_the_platform(channel, side, monkeypatch):
    found = a_difference(channel, "D01", "till_only")
    monkeypatch.setattr(Record, "cells", property(lambda _self: {"amount": Decimal("38.50")}))
    lines = arithmetic(Detail(found.item, records=(Record("tenders", ()),)))
    assert [(line.text, line.amount) for line in lines[:2]] == [("收银", Decimal("38.50")), (side, ZERO)]
