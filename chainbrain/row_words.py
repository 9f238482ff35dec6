"""Words about a row that is not written: what it says of itself, and what is known by its number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from chainbrain import texts
from chainbrain.importers.plan import Differing, Said

# Their values are codes of ours, not words of the file.
_CODED: Final = frozenset({"kind", "status"})
_FIGURE: Final = re.compile(r"-?\d+\.\d+")


def differences(code: str | None, differing: Iterable[Differing], lang: str) -> str:
    """In what a row contradicts the record of the same number: what is known, and what the file says.

    Args:
        code: why it is suspect.
        differing: the fields.
        lang: ``zh`` or ``en``.
    """
    whose = "row.other_file_has" if code == "differs_from_file" else "row.book_has"
    return texts.joined(
        (
            texts.message(
                "row.is_other" if one.field in _CODED else whose,
                lang,
                field=texts.word(f"field.{one.field}", lang),
                known=_value(one.known),
                file=_value(one.file),
            )
            for one in differing
        ),
        lang,
    )


def sayings(said: Iterable[Said], lang: str, *, but: str = "") -> str:
    """What a broken row says of itself, by the columns of its file.

    Args:
        said: the cells.
        lang: ``zh`` or ``en``.
        but: a column that is named already.
    """
    return texts.joined((f"{one.column} {one.printed}" for one in said if one.column != but), lang)


def _value(text: str | None) -> str:
    if text is None:
        return "-"
    if not _FIGURE.fullmatch(text):
        return text
    figure = Decimal(text)
    cents = figure.quantize(Decimal("0.01"))
    return f"{cents if cents == figure else figure.normalize():f}"
