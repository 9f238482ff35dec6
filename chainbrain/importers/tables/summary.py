"""Summary lines of wallet bills: a header line and a line of values below the data."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from chainbrain.importers.tables import parse
from chainbrain.importers.tables.fold import fold


def summary_of(tail: Sequence[tuple[int, str]], first: str) -> dict[str, Decimal | None]:
    """The figures of a summary whose header starts with ``first``; empty when there is none or it has no values.

    An empty value is ``None``; one that is no figure counts as 0, so that it cannot agree with rows. Both lines may
    have been through a spreadsheet, so quotes and trailing delimiters are understood.
    """
    lines = [text for _, text in tail if text.strip(" ,\t\r\n")]
    for number, text in enumerate(lines[:-1]):
        delimiter = "\t" if "\t" in text and "," not in text else ","
        names = [name.strip("`'\" \t\ufeff") for name in text.split(delimiter)]
        if fold(names[0]) != fold(first):
            continue
        values = _values(lines[number + 1], delimiter)
        pairs = zip(names, values, strict=False)
        return {name: _figure(value) for name, value in pairs if name}
    return {}


def _figure(value: str) -> Decimal | None:
    return None if not value else parse.figure(value, 5) or Decimal(0)


def _values(text: str, delimiter: str) -> list[str]:
    cells = text.split(f"{delimiter}`") if text.lstrip().startswith("`") else text.split(delimiter)
    return [cell.strip("`'\" \t\r\n") for cell in cells]
