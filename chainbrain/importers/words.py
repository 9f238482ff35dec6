"""The words tills and bookkeepers use for channels, states and kinds, and the code each one means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

import polars as pl

from chainbrain.importers.tables import parse

CHANNELS: Final = (
    "wechat", "alipay", "unionpay", "card", "cash", "stored_value", "coupon", "meituan", "eleme", "jd", "douyin",
    "pinduoduo", "youzan", "weixin_shop", "shouqianba", "lakala", "chinaums", "allinpay", "lcsw", "leshua",
    "ikudot", "bank", "other",
)  # fmt: skip

# Looked for in this order in the word a till prints: what is left of 扫码-微信支付 decides, but 美团券 is a voucher and
# 微信储值 is stored value, so those come first.
_METHODS: Final = (
    ("stored_value", r"储值|充值|会员卡|会员余额|余额支付|礼品卡|预付卡|钱包余额|^会员$|stored"),
    ("coupon", r"券|抵用|团购|核销|兑换|优惠码|coupon|voucher"),
    ("meituan", r"美团|meituan"),
    ("eleme", r"饿了么|饿百|淘宝闪购|星选|eleme"),
    ("jd", r"京东|达达|^jd$"),
    ("douyin", r"抖音|来客|douyin"),
    ("pinduoduo", r"拼多多|多多|pinduoduo"),
    ("youzan", r"有赞|youzan"),
    ("weixin_shop", r"微信小店|视频号|weixin_shop"),
    ("wechat", r"微信|财付通|weixin|wechat|wxpay|^wx$"),
    ("alipay", r"支付宝|花呗|口碑|alipay|^zfb$"),
    ("unionpay", r"云闪付|银联二维码|银联扫码|^银联$|unionpay"),
    ("shouqianba", r"收钱吧|shouqianba"),
    ("lakala", r"拉卡拉|lakala"),
    ("chinaums", r"银联商务|全民付|chinaums"),
    ("allinpay", r"通联|收银宝|allinpay"),
    ("lcsw", r"利楚|扫呗|lcsw"),
    ("leshua", r"乐刷|leshua"),
    ("ikudot", r"ikudot"),
    ("card", r"刷卡|银行卡|信用卡|借记卡|储蓄卡|pos机|visa|mastercard|^card$"),
    ("cash", r"现金|cash|^人民币"),
    ("bank", r"转账|对公|汇款|银行|^bank$"),
)
_COMPILED: Final = tuple((code, re.compile(pattern)) for code, pattern in _METHODS)

_STATES: Final = {
    "completed": "已完成 完成 已结账 已结帐 已支付 已付款 已付 交易完成 交易成功 已收款 成功 正常 completed paid",
    "refunded": "已退款 全部退款 全额退款 已退单 退单 整单退款 已退 退款 已全额退款 refunded",
    "partly_refunded": "部分退款 已部分退款 部分退 部分退单 部分退菜 partly_refunded",
    "cancelled": "已取消 取消 订单取消 已撤单 撤单 已作废 作废 已撤销 已关闭 交易关闭 cancelled",
    "open": "未结账 未支付 待支付 未付款 待付款 进行中 挂单 已下单 待接单 已接单 制作中 配送中 待自提 open",
}
ORDER_STATES: Final[Mapping[str, str]] = {word: code for code, words in _STATES.items() for word in words.split()}

YES_NO: Final[Mapping[str, str]] = {
    **dict.fromkeys(("是", "Y", "y", "YES", "Yes", "yes", "TRUE", "True", "true", "1", "退款", "已退款", "有"), "yes"),
    **dict.fromkeys(
        ("否", "N", "n", "NO", "No", "no", "FALSE", "False", "false", "0", "支付", "正常", "无", "收款"), "no"
    ),
}


def method_of(word: str) -> str:
    """The channel code of one word; ``other`` when nothing is known about it."""
    plain = unicodedata.normalize("NFKC", word).strip().casefold()
    if plain in CHANNELS:
        return plain
    return next((code for code, pattern in _COMPILED if pattern.search(plain)), "other")


def channel_of(word: str) -> str | None:
    """The channel that a person means; nothing for a word that is no channel, which would silently match no row."""
    found = method_of(word)
    return found if found != "other" or word.strip().casefold() in ("other", "其他", "其它") else None


def methods(column: pl.Series) -> pl.Series:
    """Channel codes of a column of words; only the distinct words are looked at."""
    distinct = column.drop_nulls().unique()
    return parse.translated(column, {word: method_of(word) for word in distinct}, "other")
