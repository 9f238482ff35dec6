"""Column names as they are compared: the same word however a program dressed it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_BLANKS: Final = re.compile(r"[\s\ufeff\u200b]+")
# Bank of China prints 交易日期[ Transaction Date ]; the part before the bracket is the name.
_ENGLISH_TAIL: Final = re.compile(r"(?<=.)\[.*$")
# Two-row headers of the delivery platforms are flattened by some tools into 基础信息_订单号.
_GROUP: Final = re.compile(r"^基础信息_(?=.)")
_DRESS: Final = "`'\"="


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """Fold one column name: width, 帐 for 账, blanks, an English tail and a spreadsheet's signs do not matter."""
    plain = unicodedata.normalize("NFKC", name).replace("帐", "账")
    plain = _BLANKS.sub("", plain).strip(_DRESS)
    return _GROUP.sub("", _ENGLISH_TAIL.sub("", plain)).casefold()
