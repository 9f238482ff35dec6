"""How inputs and figures of kept scenarios are called and written; words stand in the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from chainbrain import texts, written
from chainbrain.expansion.comparing import Line

_JOINT = " · "
_CODED = {"tax": "expansion.levy", "repayment": "expansion.repayment"}


def title(path: Sequence[str], lang: str) -> str:
    """What a line is of; the names of stores stay as they are."""
    known = texts.catalogue("vocabulary")
    for group in ("expansion.compared", "expansion.programme_input", "expansion.input", "expansion.column"):
        entry = known.get(f"{group}.{'.'.join(path)}")
        if entry is not None:
            return entry[lang]
    match tuple(path):
        case ("stores", name, *rest):
            return f"{name}{_JOINT}{title(rest, lang)}"
        case ("opens" | "candidate" as what, name):
            return f"{name}{_JOINT}{texts.word(f'expansion.compared.{what}', lang)}"
        case (one,):
            return texts.word(f"expansion.input.{one}", lang)
        case _:
            return _JOINT.join(title((part,), lang) for part in path)


def value(line: Line, number: int, lang: str) -> str:
    """One value of a line; a dash where there is none."""
    found = line.values[number]
    if found is None:
        return "—"
    match line.kind:
        case "money":
            return written.money(Decimal(found), symbol=True)
        case "share":
            return f"{written.plain(Decimal(found) * 100, 1)}%"
        case "rate":
            return rate(found)
        case "months":
            return texts.message("expansion.compared.months", lang, months=found)
        case "verdict":
            return texts.word(f"expansion.verdict.{found}", lang)
        case "yes":
            return texts.word(f"expansion.compared.{'yes' if found else 'no'}", lang)
        case _:
            return given(found, lang)


def _said(key: str, one: Any, lang: str) -> str:
    return texts.word(f"{_CODED[key]}.{one}", lang) if key in _CODED else given(one, lang)


def rate(found: str) -> str:
    """A rate of a year with two decimals; results keep four."""
    return f"{written.rounded(Decimal(found.rstrip('%')), 2)}%"


def given(found: Any, lang: str) -> str:
    """An input as people write it: lists in a row, objects with their names."""
    if isinstance(found, bool):
        return texts.word(f"expansion.compared.{'yes' if found else 'no'}", lang)
    if isinstance(found, Mapping):
        parts = (f"{title((str(key),), lang)} {_said(key, one, lang)}" for key, one in found.items() if one is not None)
        return ("；" if lang == "zh" else "; ").join(parts)
    if isinstance(found, list | tuple):
        return texts.joined([given(one, lang) for one in found], lang)
    text = str(found)
    try:
        number = Decimal(text)
    except ArithmeticError:
        return text
    # Amounts are text with two decimals; counts and months are left alone.
    return written.money(number) if "." in text else text
