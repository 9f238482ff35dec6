"""What one column of a table shows and how it is painted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from PySide6.QtCore import Qt

from ui import figures

# Further roles beside Qt's own: the raw value, and the tone (a token) of one cell.
VALUE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
TONE_ROLE = VALUE_ROLE + 1
ROW_ROLE = VALUE_ROLE + 2
BOLD_ROLE = VALUE_ROLE + 3


class Kind(Enum):
    """How a column is painted and what its values are.

    ``TEXT`` str · ``KEY`` str in bold · ``MUTED`` str in text3 · ``NUMBER`` int or Decimal ·
    ``MONEY`` Decimal yuan in full · ``PERCENT`` share · ``DAY`` date · ``MOMENT`` datetime ·
    ``CHANGE`` share with triangle · ``BADGE`` (state, word) · ``STATE`` (state, word) without ground ·
    ``BAR`` float 0 to 1 · ``SPARK`` tuple of float or None · ``RANGE`` (low, mid, high, axis_low, axis_high,
    rejected) · ``STATES`` (matched, timing, difference, excluded) · ``TICK`` bool · ``LINK`` str in accent.
    """

    TEXT = "text"
    KEY = "key"
    MUTED = "muted"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    DAY = "day"
    MOMENT = "moment"
    CHANGE = "change"
    BADGE = "badge"
    STATE = "state"
    BAR = "bar"
    SPARK = "spark"
    RANGE = "range"
    STATES = "states"
    TICK = "tick"
    LINK = "link"


_RIGHT = {Kind.NUMBER, Kind.MONEY, Kind.PERCENT, Kind.CHANGE}


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        key: name used for sorting and saved layouts.
        title: returns the head in the window's language (a callable, so that it can switch).
        value: takes a row and returns the raw value.
        kind: how it is painted.
        width: px at 100 %; 0 shares the remaining room.
        text: writes the raw value; None uses the usual way of the kind.
        tone: returns a colour token for one row, empty for the usual one.
        bold: whether this cell of a row is bold; None uses the kind's own.
        places: decimals of a NUMBER.
        sortable: whether a click on the head sorts.
        right: True/False aligns against the usual side of the kind.
        tip: tooltip of one cell.
        least: px at 100 % below which an open column (width 0) does not shrink.
        narrow: px at 100 % to which the column shrinks where room lacks once no optional one is left; 0 never shrinks.
        empty: words of a cell without a value, which sorts behind all others; nothing is written without them.
        instead: such words where they depend on the row.
        whole: as wide as its longest text, for figures that must not be cut; reads every row, so for short tables.
        cut_middle: what does not fit is left out in the middle, where names of one file tell least.
        optional: hidden first, the last of them before the others, when open columns lack room.
        first_out: of the optional ones hidden before all others.
    """

    key: str
    title: Callable[[], str]
    value: Callable[[Any], Any]
    kind: Kind = Kind.TEXT
    width: float = 0
    text: Callable[[Any], str] | None = None
    tone: Callable[[Any], str] | None = None
    bold: Callable[[Any], bool] | None = None
    places: int = 0
    sortable: bool = True
    right: bool | None = None
    tip: Callable[[Any], str] | None = None
    least: float = 60
    narrow: float = 0
    optional: bool = False
    first_out: bool = False
    empty: Callable[[], str] | None = None
    instead: Callable[[Any], str] | None = None
    whole: bool = False
    cut_middle: bool = False

    @property
    def align_right(self) -> bool:
        """Whether the column's words and figures stand at the right."""
        return self.kind in _RIGHT if self.right is None else self.right

    def shown(self, row: object) -> str:
        """Return the text of one cell, also for screen readers and copying."""
        value = self.value(row)
        if value is None and self.instead is not None:
            return self.instead(row)
        if value is None:
            return self.empty() if self.empty is not None else ""
        if self.text is not None:
            return self.text(value)
        return _usual_text(self.kind, value, self.places)

    def data(self, row: object, role: int) -> object:
        """Return one cell for a Qt role."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.shown(row)
        if role == VALUE_ROLE:
            return self.value(row)
        if role == TONE_ROLE:
            return self.tone(row) if self.tone is not None else ""
        if role == BOLD_ROLE:
            return self.bold(row) if self.bold is not None else self.kind is Kind.KEY
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole and self.tip is not None:
            return self.tip(row)
        return None


def _usual_text(kind: Kind, value: Any, places: int) -> str:
    match kind:
        case Kind.MONEY:
            return figures.money(Decimal(value))
        case Kind.NUMBER:
            return figures.plain(value, places)
        case Kind.PERCENT:
            return figures.percent(value)
        case Kind.CHANGE:
            return figures.change(value)
        case Kind.BADGE | Kind.STATE:
            return str(value[1])
        case Kind.BAR:
            return figures.percent(value)
        case Kind.RANGE:
            return " / ".join(figures.plain(part) for part in value[:3])
        case Kind.STATES:
            return " / ".join(figures.plain(part) for part in value)
        case Kind.SPARK:
            last = next((part for part in reversed(value) if part is not None), None)
            return "" if last is None else figures.plain(last)
        case Kind.TICK:
            return "\u2713" if value else ""
        case Kind.DAY if isinstance(value, date):
            return figures.day(value, year=True)
        case Kind.MOMENT if isinstance(value, datetime):
            return figures.moment(value)
    return str(value)
