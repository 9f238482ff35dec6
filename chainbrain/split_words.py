"""The words and values of a table of split rules (分账规则), read and written in one place so that both ways agree."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

# The columns in the order in which a table is written; the importer takes them in any order.
COLUMNS: Final = (
    "规则名称", "门店编号", "渠道", "商品类别", "接收方", "接收方类型", "接收方账号", "基数", "方式", "数值",
    "上限比例", "生效日期", "失效日期",
)  # fmt: skip

# The first word of each code is the one that is written.
_BASES: Final = {
    "毛额": "gross", "实收": "gross", "流水": "gross", "扣退款": "after_refunds", "退款后": "after_refunds",
    "扣手续费": "after_fees", "手续费后": "after_fees", "扣佣金": "after_commission", "佣金后": "after_commission",
    "毛额不含税": "gross_untaxed", "扣退款不含税": "after_refunds_untaxed", "扣手续费不含税": "after_fees_untaxed",
    "扣佣金不含税": "after_commission_untaxed",
}  # fmt: skip
BASES: Final[Mapping[str, str]] = _BASES | {code: code for code in _BASES.values()}
WAYS: Final[Mapping[str, str]] = {
    "比例": "ratio", "ratio": "ratio", "固定": "fixed", "定额": "fixed", "fixed": "fixed", "阶梯累进": "progressive",
    "progressive": "progressive", "阶梯全额": "flat", "flat": "flat",
}  # fmt: skip
RECEIVERS: Final[Mapping[str, str]] = {
    "品牌": "brand", "品牌方": "brand", "总部": "brand", "brand": "brand", "区域": "region", "区域代理": "region",
    "大区": "region", "region": "region", "加盟商": "franchisee", "加盟": "franchisee", "franchisee": "franchisee",
    "供应商": "supplier", "供应链": "supplier", "supplier": "supplier", "员工": "staff", "店员": "staff",
    "staff": "staff", "平台": "platform", "platform": "platform",
}  # fmt: skip

Steps = Sequence[tuple[Decimal, Decimal]]
"""Tiers: from which sum of the month on, in yuan, which rate."""

_TIER: Final = re.compile(r"([0-9]+(?:\.[0-9]{1,2})?)-([0-9]+(?:\.[0-9]{1,2})?)?:([0-9]+(?:\.[0-9]{1,4})?)%")
_PERCENT: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)%")
_SHARE: Final = re.compile(r"0?\.[0-9]{1,6}|[01](?:\.0*)?")


def word_of(words: Mapping[str, str], code: str) -> str:
    """The word that a table is written with."""
    return next(word for word, meant in words.items() if meant == code)


def rate_of(text: str) -> Decimal | None:
    """``5%`` or ``0.05`` as a fraction above nothing and up to the whole, else nothing."""
    plain = re.sub(r"\s+", "", text).replace("％", "%")
    percent = _PERCENT.fullmatch(plain)
    if percent is None and not _SHARE.fullmatch(plain):
        return None
    rate = Decimal(percent[1]) / 100 if percent else Decimal(plain)
    return rate if 0 < rate <= 1 else None


def rate_text(rate: Decimal) -> str:
    """A fraction as it is written: ``5%``."""
    return f"{(rate * 100).normalize():f}%"


def tiers_of(text: str) -> tuple[tuple[Decimal, Decimal], ...] | None:
    """``0-200000:5%;200000-400000:4%;400000-:3%``, each tier with where it begins and its rate; else nothing."""
    plain = re.sub(r"\s+", "", text).replace("；", ";").replace("：", ":").replace("％", "%").rstrip(";")
    found = [_TIER.fullmatch(one) for one in plain.split(";")]
    steps, reached = [], Decimal(0)
    for number, one in enumerate(found):
        # The tiers follow each other from 0 on, and only the last is open.
        if one is None or Decimal(one[1]) != reached or (one[2] is None) != (number == len(found) - 1):
            return None
        rate = Decimal(one[3]) / 100
        if rate > 1 or (one[2] is not None and Decimal(one[2]) <= reached):
            return None
        steps.append((reached, rate))
        reached = Decimal(one[2] or 0)
    return tuple(steps)


def tiers_text(steps: Steps) -> str:
    """Tiers as they are written in a table."""
    ends = [*(f"{start.normalize():f}" for start, _ in steps[1:]), ""]
    return ";".join(
        f"{start.normalize():f}-{end}:{rate_text(rate)}" for (start, rate), end in zip(steps, ends, strict=True)
    )
