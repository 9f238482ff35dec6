"""The words of a table of planned payments (资金计划), read and written in one place so that both ways agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# The columns in the order in which a table is written; the importer takes them in any order.
COLUMNS: Final = ("日期", "收付主体", "类型", "金额", "周期", "截止日期", "备注")

# The first word of each code is the one that is written.
_KINDS: Final = {
    "工资": "wages", "租金": "rent", "房租": "rent", "税": "tax", "税款": "tax", "货款": "goods", "贷款": "loan",
    "还贷": "loan", "票据": "bill", "其他": "other", "其它": "other",
}  # fmt: skip
_CYCLES: Final = {
    "一次": "once", "每周": "weekly", "每月": "monthly", "每季": "quarterly", "每季度": "quarterly",
}  # fmt: skip
KINDS: Final[Mapping[str, str]] = _KINDS | {code: code for code in _KINDS.values()}
CYCLES: Final[Mapping[str, str]] = _CYCLES | {code: code for code in _CYCLES.values()}
