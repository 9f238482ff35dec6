"""What tills call the ways to pay."""

from __future__ import annotations

import polars as pl
import pytest

from chainbrain.importers import words
from chainbrain.importers.tills.till_tables import order_channels


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("微信", "wechat"), ("微信支付", "wechat"), ("扫码-微信支付", "wechat"), ("WeChat Pay", "wechat"),
        ("支付宝（花呗）", "alipay"),
        ("现金", "cash"), ("储值卡", "stored_value"), ("会员余额", "stored_value"), ("微信储值", "stored_value"),
        ("美团代金券", "coupon"), ("抖音团购核销", "coupon"), ("优惠券", "coupon"),
        ("美团外卖", "meituan"), ("饿了么", "eleme"),
        ("淘宝闪购", "eleme"), ("银行卡", "card"), ("刷卡", "card"), ("银联商务", "chinaums"), ("云闪付", "unionpay"),
        ("抖音", "douyin"), ("京东秒送", "jd"), ("对公转账", "bank"), ("wechat", "wechat"), ("ＡＬＩＰＡＹ", "alipay"),
        ("赊账", "other"), ("", "other"), ("other", "other"),
    ],
)  # fmt: skip
def test_method(word: str, code: str) -> None:
    assert words.method_of(word) == code


def test_every_code_is_its_own_word() -> None:
    assert [words.method_of(code) for code in words.CHANNELS] == list(words.CHANNELS)


def test_only_an_order_that_is_called_so_tops_a_card_up() -> None:
    said = [
        "会员充值",
        "储值",
        "充值",
        "会员",
        "会员卡",
        "余额支付",
        "储值卡支付",
        "礼品卡",
        "美团外卖",
        "收银台",
        None,
    ]
    assert order_channels(pl.Series(said)).to_list() == [
        *["stored_value"] * 3,
        *["other"] * 5,
        "meituan",
        "other",
        "other",
    ]
