"""What the fields of a scenario mean together: what one follows from others, and which cannot both be given."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from chainbrain.errors import UserError
from chainbrain.money import half_up

_NEEDED: Final = ("capex", "ramp", "mature_monthly_sales", "gross_margin", "rent", "labour")
_EITHER: Final = (("rent_steps", "rent_rise"), ("labour_steps", "labour_by_sales"))


def completed(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as read, with those that follow from others; what contradicts itself is refused.

    Raises:
        UserError: ``expansion.field_missing``, ``field_conflict``, ``field_out_of_range``,
            ``floor_needs_opening_cash`` or ``tax_needs_months``.
    """
    found = dict(values)
    items, channels = found.get("capex_items", ()), found.get("channels", ())
    if items:
        _follows(found, "capex", sum((item.amount for item in items), Decimal("0.00")), "capex_items")
    if channels:
        # Six decimals, as everywhere in the simulation; a mix of shares may have more.
        commission = half_up(sum((one.share * one.commission for one in channels), Decimal(0)), 6)
        _follows(found, "platform", commission, "channels")
        # What waits for the bank is what a channel does not keep, so that is what its days are weighed by.
        left = [(one.share * (1 - one.commission), one.days) for one in channels]
        waiting, kept = sum((part * days for part, days in left), Decimal(0)), sum(part for part, _ in left)
        days = half_up(waiting / kept, 1) if kept else Decimal(0)
        if any(one.days for one in channels):
            _follows(found, "settlement_days", days, "channels")
    for name in _NEEDED:
        if name not in found:
            raise UserError("expansion.field_missing", field=name)
    for first, second in _EITHER:
        if found.get(first) and found.get(second):
            raise UserError("expansion.field_conflict", field=second, other=first)
    if "contribution" not in found:
        margin, other, platform = (found.get(name, Decimal(0)) for name in _CONTRIBUTION)
        found["contribution"] = max(Decimal(margin - other - platform), Decimal(0))
    _check_months(found)
    _check_chain(found)
    return found


def _follows(found: dict[str, Any], name: str, value: Decimal, source: str) -> None:
    if found.get(name) not in (None, value):
        raise UserError("expansion.field_conflict", field=name, other=source)
    found[name] = value


def _check_months(found: Mapping[str, Any]) -> None:
    life = found.get("life_months", 36)
    if found.get("delay_months", 0) and found["delay_months"] >= life:
        raise _late("delay_months", found["delay_months"], life - 1)
    for n, item in enumerate(found.get("capex_items", ())):
        if item.month > life:
            raise _late(f"capex_items[{n}].month", item.month, life)
    dated = any(tax.first or tax.last for tax in found.get("taxes", ()))
    if dated and found.get("opening_month") is None:
        raise UserError("expansion.tax_needs_months", field="opening_month")


def _check_chain(found: dict[str, Any]) -> None:
    chain = found.get("chain")
    if chain is not None:
        _follows(found, "opening_cash", chain.opening, "chain.opening_cash")
        opening = found.get("opening_month")
        if opening is not None:
            chain.lead(opening.replace(year=opening.year - (opening.month == 1), month=(opening.month - 2) % 12 + 1))
    if found.get("cash_floor") is not None and found.get("opening_cash") is None:
        raise UserError("expansion.floor_needs_opening_cash", field="opening_cash")


def _late(field: str, value: int, largest: int) -> UserError:
    return UserError("expansion.field_out_of_range", field=field, value=str(value), smallest="0", largest=str(largest))


_CONTRIBUTION: Final = ("gross_margin", "other_variable", "platform")
