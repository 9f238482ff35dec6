"""What a table beside the steps is: its columns and rows, what adds up, and what a figure of it opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ui.models import Column, Kind
from ui.theme.translator import translate
from ui.views.parts.columns import yuan as yuan_column


@dataclass(frozen=True)
class Opening:
    """What a figure opens: a list with filters, or another screen."""

    name: str
    filters: dict[str, object]
    screen: bool = False


@dataclass(frozen=True)
class Roll:
    """One table.

    Attributes:
        key: its name.
        title: its heading; ``note`` the formula beside it.
        columns: what it shows; ``totals`` those that add up.
        opens: takes a row and a column and returns what is behind the figure.
        empty: what it says without rows.
    """

    key: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[Any, ...]
    totals: tuple[str, ...] = ()
    opens: Callable[[Any, str], Opening | None] = lambda _row, _key: None
    empty: str = ""


@dataclass(frozen=True)
class Line:
    """A row of figures by column, with what it belongs to."""

    cells: dict[str, Any]
    about: Any = None

    def __getattr__(self, name: str) -> Any:
        """The figure of a column."""
        try:
            return self.cells[name]
        except KeyError as cause:
            raise AttributeError(name) from cause


def text(key: str, title: str, width: float = 0, kind: Kind = Kind.TEXT) -> Column:
    """A column of words, days or counts; ``title`` is the source of its head."""
    return Column(key, lambda: translate(title), lambda row: getattr(row, key), kind, width=width, least=84)


def yuan(key: str, title: str, *, bold: bool = False) -> Column:
    """A column of amounts in full."""
    return yuan_column(key, lambda: translate(title), width=108, bold=bold)


def proof() -> Column:
    """The last column of a roll-forward: whether it agrees with the things behind it."""
    return Column("proven", lambda: "", _proven, Kind.STATE, width=96, whole=True)


def _proven(row: Any) -> tuple[str, str]:
    if row.proven is None:
        return "excluded", translate("Cannot be proven")
    return ("matched", translate("Agrees")) if row.proven else ("difference", translate("Does not agree"))
