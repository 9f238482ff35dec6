"""Writes what formulas come to into the XML of a sheet: openpyxl writes formulas without values.

Programs that only look (previews, protected view) would show nothing; spreadsheets work it out again when they open it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape


def with_values(xml: str, values: Mapping[str, Any]) -> str:
    """The XML of a sheet with what each formula comes to."""

    def filled(found: re.Match[str]) -> str:
        head, at, formula = found.groups()
        value = values.get(at)
        if value is None:
            return found[0]
        if isinstance(value, str):
            return f'{head[:-1]} t="str">{formula}<v>{escape(value)}</v>'
        return f"{head}{formula}<v>{value}</v>"

    return re.sub(r'(<c r="([A-Z]+\d+)"[^>]*>)(<f>[^<]*</f>)(?:<v ?/>|<v></v>)', filled, xml)
