"""Works out the formulas of a workbook, as a spreadsheet would: only the few functions that our sheets use."""

from __future__ import annotations

from typing import Any

from openpyxl.formula import Tokenizer
from openpyxl.workbook import Workbook

_OPERATORS = {"^": "**", "=": "==", "<>": "!="}


class Wrong:
    """#NUM! or #N/A: goes through every sum."""

    def _through(self, *_other: object) -> Wrong:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __pow__ = __rpow__ = _through


class Sheets:
    """The cells of a workbook by what they come to; ``typed`` cells take the place of those in the file."""

    def __init__(self, book: Workbook, typed: dict[tuple[str, str], Any] | None = None) -> None:
        self._book, self._typed = book, typed or {}
        self._known: dict[tuple[str, str], Any] = {}

    def value(self, sheet: str, at: str) -> Any:
        """What a cell comes to."""
        key = (sheet, at.replace("$", ""))
        if key in self._typed:
            return self._typed[key]
        if key not in self._known:
            content = self._book[sheet][key[1]].value
            is_formula = isinstance(content, str) and content.startswith("=")
            self._known[key] = self._worked_out(sheet, content) if is_formula else content
        return self._known[key]

    def _worked_out(self, sheet: str, formula: str) -> Any:
        parts = []
        for token in Tokenizer(formula).items:
            if token.type == "FUNC":
                parts.append(f"_{token.value}" if token.subtype == "OPEN" else ")")
            elif token.type == "OPERAND" and token.subtype == "RANGE":
                parts.append(f"cells({token.value!r})")
            else:
                parts.append(_OPERATORS.get(token.value, token.value))
        scope = {f"_{name}": function for name, function in _FUNCTIONS.items()}
        return eval("".join(parts), {"cells": lambda where: self._cells(sheet, where), **scope})

    def _cells(self, sheet: str, where: str) -> Any:
        if "!" in where:
            name, where = where.rsplit("!", 1)
            sheet = name.strip("'")
        if ":" not in where:
            return self.value(sheet, where)
        return [self.value(sheet, cell.coordinate) for row in self._book[sheet][where.replace("$", "")] for cell in row]


def _flat(values: tuple[Any, ...]) -> list[Any]:
    return [one for value in values for one in (value if isinstance(value, list) else [value])]


def _rate(flows: list[float], _guess: float = 0.1) -> Any:
    """The rate of a period by halving; the flows of our tests have one root above nothing at most."""

    def worth(rate: float) -> float:
        return sum(flow / (1 + rate) ** number for number, flow in enumerate(flows))

    low, high = (0.0 if worth(0.0) > 0 > worth(10.0) else -0.99), 10.0
    if (worth(low) > 0) == (worth(high) > 0):
        return Wrong()
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if (worth(middle) > 0) == (worth(low) > 0) else (low, middle)
    return (low + high) / 2


def _round(value: Any, places: int) -> float:
    """Half away from zero, as spreadsheets do."""
    size = abs(float(value)) * 10**places
    return (1 if value >= 0 else -1) * int(size + 0.5 + 1e-9) / 10**places


_FUNCTIONS: dict[str, Any] = {
    "SUM": lambda *values: sum(_flat(values)),
    "MIN": lambda *values: min(_flat(values)),
    "ROUND": _round,
    "IF": lambda test, yes, no: yes if test else no,
    "INT": lambda value: int(value // 1),
    "SIGN": lambda value: (value > 0) - (value < 0),
    "SUMXMY2": lambda one, other: sum((a - b) ** 2 for a, b in zip(one, other, strict=True)),
    "OR": lambda *tests: any(tests),
    "AND": lambda *tests: all(tests),
    "ISNUMBER": lambda value: isinstance(value, int | float),
    "IFERROR": lambda value, other: other if isinstance(value, Wrong) else value,
    "INDEX": lambda values, place: place if isinstance(place, Wrong) else values[int(place) - 1],
    "MATCH": lambda wanted, values, _exact: values.index(wanted) + 1 if wanted in values else Wrong(),
    "IRR": _rate,
}
