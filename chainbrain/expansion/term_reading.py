"""Reads the lists inside a scenario; what cannot be right is refused by its path, as in ``rent_steps[1].month``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from chainbrain.errors import UserError
from chainbrain.expansion import bounds, fields
from chainbrain.expansion.loans import Loan
from chainbrain.expansion.terms import Channel, Credit, Crew, Item, Levy, Step, Tax

_Given = Mapping[str, object]
_T = TypeVar("_T")
_MOST_LOANS: Final = 10


def items(field: str, value: object) -> tuple[Item, ...]:
    """The parts of the investment."""

    def one(at: str, given: _Given) -> Item:
        return Item(
            fields.text(f"{at}.name", given.get("name", "")),
            _money(at, given, "amount", bounds.LARGEST_INVESTMENT),
            fields.whole(f"{at}.month", given.get("month", 0), 0, bounds.LONGEST_LIFE),
        )

    return _listed(field, value, ("name", "amount", "month"), one)


def steps(field: str, value: object) -> tuple[Step, ...]:
    """Amounts from months on, the earliest first; no month twice."""

    def one(at: str, given: _Given) -> Step:
        month = fields.whole(f"{at}.month", _needed(at, given, "month"), 1, bounds.LONGEST_LIFE)
        return Step(month, _money(at, given, "amount", bounds.LARGEST_MONTH))

    read = _listed(field, value, ("month", "amount"), one)
    _differing(field, "month", [step.month for step in read])
    return tuple(sorted(read, key=lambda step: step.month))


def crews(field: str, value: object) -> tuple[Crew, ...]:
    """Labour by the sales of a month, the lowest first; no level twice."""

    def one(at: str, given: _Given) -> Crew:
        level = _money(at, given, "sales", bounds.LARGEST_MONTH)
        return Crew(level, _money(at, given, "amount", bounds.LARGEST_MONTH))

    read = _listed(field, value, ("sales", "amount"), one)
    _differing(field, "sales", [crew.sales for crew in read])
    return tuple(sorted(read, key=lambda crew: crew.sales))


def channels(field: str, value: object) -> tuple[Channel, ...]:
    """The ways to sell; their shares make the whole."""

    def one(at: str, given: _Given) -> Channel:
        return Channel(
            fields.text(f"{at}.name", given.get("name", "")),
            fields.share(f"{at}.share", _needed(at, given, "share")),
            fields.share(f"{at}.commission", given.get("commission") or 0),
            days(f"{at}.settlement_days", given.get("settlement_days") or 0),
        )

    read = _listed(field, value, ("name", "share", "commission", "settlement_days"), one)
    whole = sum((channel.share for channel in read), Decimal(0))
    if read and whole != 1:
        raise fields.refuse(field, f"{(whole * 100).normalize():f}%", "expansion.shares_not_whole")
    return read


def taxes(field: str, value: object) -> tuple[Tax, ...]:
    """Rules of tax; two of a kind must not hold in the same month."""

    def one(at: str, given: _Given) -> Tax:
        kind = _needed(at, given, "tax")
        if kind not in tuple(Levy):
            raise fields.refuse(f"{at}.tax", kind)
        levy = Levy(str(kind))
        for name in ("surcharge", "free_up_to"):
            if levy is not Levy.VAT and given.get(name) is not None:
                raise UserError("expansion.field_conflict", field=f"{at}.{name}", other=f"{at}.tax")
        first, last = (_month(f"{at}.{name}", given.get(name)) for name in ("from", "to"))
        if first and last and last < first:
            raise fields.refuse(f"{at}.to", given["to"])
        free = given.get("free_up_to")
        return Tax(
            levy,
            fields.share(f"{at}.rate", _needed(at, given, "rate")),
            fields.share(f"{at}.surcharge", given.get("surcharge") or 0),
            None if free is None else fields.amount(f"{at}.free_up_to", free, bounds.LARGEST_MONTH),
            first,
            last,
            fields.text(f"{at}.source", given.get("source") or ""),
        )

    read = _listed(field, value, ("tax", "rate", "surcharge", "free_up_to", "from", "to", "source"), one)
    for n, later in enumerate(read):
        for other, earlier in enumerate(read[:n]):
            apart = (earlier.last and later.first and earlier.last < later.first) or (
                later.last and earlier.first and later.last < earlier.first
            )
            if later.levy is earlier.levy and not apart:
                raise UserError("expansion.field_conflict", field=f"{field}[{n}]", other=f"{field}[{other}]")
    return read


def financing(field: str, value: object) -> tuple[Credit, ...]:
    """Loans for the store."""
    read: list[Credit] = []
    for n, given in enumerate(_list(field, value, _MOST_LOANS)):
        at = f"{field}[{n}]"
        found = fields.mapping(at, given)
        terms = {name: inside for name, inside in found.items() if name != "name"}
        loan = Loan.parse(terms, f"{at}.")
        fields.amount(f"{at}.amount", loan.amount, bounds.LARGEST_INVESTMENT)
        read.append(Credit(fields.text(f"{at}.name", found.get("name") or ""), loan))
    return tuple(read)


def days(field: str, value: object) -> Decimal:
    """Days until sales are in the bank, with at most one decimal."""
    read = fields.decimal_of(field, value)
    if not 0 <= read <= bounds.LONGEST_LAG:
        largest = f"{bounds.LONGEST_LAG:f}"
        raise fields.refuse(field, value, "expansion.field_out_of_range", smallest="0", largest=largest)
    if read != round(read, 1):
        raise fields.refuse(field, value)
    return round(read, 1)


def _listed(field: str, value: object, names: tuple[str, ...], one: Callable[[str, _Given], _T]) -> tuple[_T, ...]:
    read: list[_T] = []
    for n, given in enumerate(_list(field, value, bounds.MOST_ENTRIES)):
        at = f"{field}[{n}]"
        found = fields.mapping(at, given)
        for name in found:
            if name not in names:
                raise UserError("expansion.field_unknown", field=f"{at}.{name}", known=", ".join(names))
        read.append(one(at, found))
    return tuple(read)


def _list(field: str, value: object, most: int) -> list[object]:
    if not isinstance(value, list | tuple) or len(value) > most:
        raise fields.refuse(field, value)
    return list(value)


def _needed(at: str, given: _Given, name: str) -> object:
    if given.get(name) is None:
        raise UserError("expansion.field_missing", field=f"{at}.{name}")
    return given[name]


def _money(at: str, given: _Given, name: str, largest: Decimal) -> Decimal:
    return fields.amount(f"{at}.{name}", _needed(at, given, name), largest)


def _month(field: str, value: object) -> date | None:
    return None if value is None else fields.month(field, value)


def _differing(field: str, name: str, values: list[int] | list[Decimal]) -> None:
    for n, value in enumerate(values):
        if value in values[:n]:
            raise fields.refuse(f"{field}[{n}].{name}", value, "expansion.field_twice")
