"""The named statements below ``queries``, and what they answered while the book stands still."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

Rows = list[tuple[Any, ...]]

QUERIES: Final = Path(__file__).parent / "queries"

_WORKING: Final = re.compile(r"(?:temp (?:table|view)|drop (?:table|view)(?: if exists)?) (\w+)")
_WRITES: Final = re.compile(r"\b(?:insert|update|delete from)\b")


@cache
def statement_text(name: str) -> str:
    """The text of ``queries/<name>.sql``."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def writes(sql: str) -> bool:
    """Whether a statement changes what a table of the book holds."""
    return _WRITES.search(sql) is not None


class Answers:
    """What named statements answered, by name and values."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], Rows] = {}

    def rows(self, name: str, params: Mapping[str, object], ask: Callable[[], Rows]) -> Rows:
        """The rows that were answered before, otherwise those that ``ask`` gives."""
        asked = (name, repr(sorted(params.items())))
        if asked not in self._rows:
            self._rows[asked] = ask()
        return list(self._rows[asked])

    def forget(self, sql: str) -> None:
        """Forget what may be another after a statement: all where it writes, else what reads its working tables."""
        if not self._rows:
            return
        tables = _WORKING.findall(sql)
        if writes(sql) or not tables:
            self._rows.clear()
        for asked in [one for one in self._rows if any(table in statement_text(one[0]) for table in tables)]:
            del self._rows[asked]
