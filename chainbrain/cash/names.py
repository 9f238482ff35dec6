"""Whether what is written beside a planned payment names whom a statement says was paid."""

from __future__ import annotations

import re
from typing import Final

_LATIN: Final = 4
_CHINESE: Final = 2
_COMMON: Final = (
    "货款", "采购", "材料", "物料", "食材", "原料", "费用", "付款", "支付", "转账", "汇款", "往来", "工资", "奖金",
    "社保", "房租", "租金", "物业", "水电", "水费", "电费", "押金", "定金", "尾款", "余款", "预付", "贷款", "还款",
    "利息", "税款", "税费", "报销", "其他", "公司", "门店", "总部", "供应商", "加盟商", "结算", "分账", "月结",
    "对账", "发票", "服务", "服务费", "管理费", "手续费", "本月", "上月", "餐饮", "食品", "商贸", "贸易", "科技",
    "超市", "批发", "物流", "有限公司", "代发", "代发工资", "公积金", "保证金", "装修", "设备", "维修",
)  # fmt: skip
"""Words of statements and plans that name nobody."""
_NOBODY: Final = re.compile("|".join((*sorted(_COMMON, key=len, reverse=True), "[年月日期第号本上下]")))


def names(note: str | None, payee: str) -> bool:
    """Whether a note and a payee are the same name: one stands in the other and is long enough to mean somebody."""
    said, paid = _told(note or ""), _told(payee)
    short, whole = sorted((said, paid), key=len)
    return _is_a_name(short) and short in whole


def means_somebody(text: str) -> bool:
    """Whether a text names somebody at all."""
    return _is_a_name(_told(text))


def _told(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()


def _is_a_name(name: str) -> bool:
    """Whether anything but common words is left of it: two Chinese characters, or four letters."""
    left = _NOBODY.sub("", name)
    chinese = len(re.findall(r"[\u3400-\u9fff]", left))
    return chinese >= _CHINESE or (not chinese and len(re.findall(r"[^\W\d_]", left)) >= _LATIN)
