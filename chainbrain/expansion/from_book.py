"""What a scenario may take from the book's cash forecast: the chain's cash, its floor, and the days to the bank."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from chainbrain.errors import UserError
from chainbrain.expansion import fields
from chainbrain.expansion.chain_cash import FROM_BOOK, ChainCash


@dataclass(frozen=True)
class BookCash:
    """The chain's cash as the book forecasts it.

    Attributes:
        chain: without any new store.
        floor: what the owner said must stay; nothing when nobody did.
        days: days until sales are in the bank, by what the channels took; nothing when no channel tells.
        payments: so many payments stand behind ``days``.
        forecast_months: months of ``chain`` that are forecast; the last figure is their average, carried on.
    """

    chain: ChainCash
    floor: Decimal | None
    days: Decimal | None
    payments: int
    forecast_months: int


Ask = Callable[[], BookCash]
"""Works the forecast out when something is to be taken from it; it takes seconds."""

_FLOOR: Final = "cash_floor"
_DAYS: Final = "settlement_days"


def taken(given: Mapping[str, object], ask: Ask) -> dict[str, object]:
    """A scenario of one store with the book's figures where it says ``"book"``.

    Raises:
        UserError: ``expansion.no_floor_in_book`` or ``expansion.no_days_in_book``; or what the forecast refuses.
    """
    found = dict(fields.mapping("scenario", given))
    if found.get("chain") == FROM_BOOK:
        found["chain"] = ask().chain.written()
    if found.get(_FLOOR) == FROM_BOOK:
        found[_FLOOR] = _known(ask().floor, _FLOOR, "expansion.no_floor_in_book")
    if found.get(_DAYS) == FROM_BOOK:
        found[_DAYS] = _known(ask().days, _DAYS, "expansion.no_days_in_book")
    return found


def taken_by_programme(given: Mapping[str, object], ask: Ask) -> dict[str, object]:
    """The same for a programme and the stores in it."""
    found = dict(given)
    if found.get("chain") == FROM_BOOK:
        found["chain"] = ask().chain.written()
    limits = found.get("limits")
    if isinstance(limits, Mapping) and limits.get(_FLOOR) == FROM_BOOK:
        found["limits"] = {**limits, _FLOOR: _known(ask().floor, f"limits.{_FLOOR}", "expansion.no_floor_in_book")}
    if isinstance(found.get("store"), Mapping):
        found["store"] = taken(fields.mapping("store", found["store"]), ask)
    listed = found.get("candidates")
    if isinstance(listed, list):
        found["candidates"] = [taken(one, ask) if isinstance(one, Mapping) else one for one in listed]
    return found


def _known(value: Decimal | None, field: str, code: str) -> str:
    if value is None:
        raise UserError(code, field=field)
    return f"{value:f}"
