"""How inputs and figures stand in the cells of a board pack: as messages, so that each language words them itself."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from chainbrain import written
from chainbrain.errors import Word
from chainbrain.expansion.comparing import Line
from chainbrain.expansion.input_words import rate
from chainbrain.reports.tables import told

_AN_AMOUNT = 1_000
_CODED = {"tax": "expansion.levy", "repayment": "expansion.repayment"}
# A loan may be called 2027, and 3.5 days are no yuan.
_NO_AMOUNTS = frozenset({"name", "source", "settlement_days"})


def plain(value: object) -> str:
    """Anything as it is."""
    return told("board.plain", {"value": value})


def given(value: Any, field: str = "") -> str:
    """An input as JSON has it, by its name: amounts with separators, lists in a row."""
    if field in _NO_AMOUNTS:
        return plain(value)
    if isinstance(value, list):
        return plain(tuple(part for one in value for part in _parts(one)))
    return plain(_text(value))


def _parts(one: Any) -> list[str]:
    """One entry of a list: a figure, or what an object says in its order; tax and way of repaying in words."""
    if not isinstance(one, dict):
        return [_text(one)]
    return [
        Word(f"{_CODED[key]}.{said}") if key in _CODED else str(said) if key in _NO_AMOUNTS else _text(said)
        for key, said in one.items()
        if said is not None
    ]


def worded(field: str, text: Any) -> str:
    """The end of a range; that of the ramp is a multiple of what is lacking."""
    if field == "ramp":
        return f"×{Decimal(str(text).rstrip('%')) / 100:.2f}"
    return _text(text)


def shown(line: Line) -> str:
    """A figure of an answer."""
    value = line.values[0]
    if value is None:
        return plain("—")
    match line.kind:
        case "money":
            return plain(written.money(Decimal(value), symbol=True))
        case "share":
            return plain(f"{written.plain(Decimal(value) * 100, 1)}%")
        case "rate":
            return plain(rate(value))
        case "months":
            return told("expansion.compared.months", {"months": value})
        case "verdict":
            return plain(Word(f"expansion.verdict.{value}"))
        case "yes":
            return plain(Word(f"expansion.compared.{'yes' if value else 'no'}"))
        case _:
            return plain(str(value))


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{key} {_text(one)}" for key, one in value.items() if one is not None)
    if isinstance(value, list):
        return " ".join(_text(one) for one in value)
    text = str(value)
    try:
        number = Decimal(text)
    except ArithmeticError:
        return text
    # Amounts are text with two decimals, in a file that somebody wrote also whole numbers; no count is that large.
    return written.money(number) if number.is_finite() and ("." in text or abs(number) >= _AN_AMOUNT) else text
