"""Own experience as text and back, so that a kept scenario rests on what was known when it was kept."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from chainbrain.errors import UserError
from chainbrain.expansion.own_stores import StoreTemplate


def written(template: StoreTemplate | None) -> str:
    """The template as JSON text; ``null`` where there was none."""
    return as_text(None if template is None else asdict(template))


def read(text: str) -> StoreTemplate | None:
    """The template that was written.

    Raises:
        UserError: ``scenario.other_template`` when a version of the program wrote it that knew other things.
    """
    content = json.loads(text, parse_float=Decimal)
    if content is None:
        return None
    try:
        made: StoreTemplate = _built(StoreTemplate, content)
    except (KeyError, TypeError, ValueError, ArithmeticError) as cause:
        raise UserError("scenario.other_template") from cause
    return made


def as_text(content: object) -> str:
    """JSON with exact decimals (as text) and days."""
    return json.dumps(content, ensure_ascii=False, default=str)


def _built(wanted: Any, value: Any) -> Any:
    """A value of the wanted type from what JSON keeps of it; the types of the fields say how."""
    if value is None:
        return None
    if is_dataclass(wanted):
        hints = typing.get_type_hints(wanted)
        given = {one.name: _built(hints[one.name], value[one.name]) for one in fields(wanted) if _has(one, value)}
        return typing.cast("Any", wanted)(**given)
    origin, inside = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in (typing.Union, types.UnionType):
        return _built(next(one for one in inside if one is not type(None)), value)
    if origin is tuple:
        kinds = inside[:1] * len(value) if len(inside) == 2 and inside[1] is Ellipsis else inside
        return tuple(_built(kind, one) for kind, one in zip(kinds, value, strict=True))
    if origin is frozenset:
        return frozenset(_built(inside[0], one) for one in value)
    if origin in (dict, Mapping):
        return {_built(inside[0], key): _built(inside[1], one) for key, one in value.items()}
    if wanted is date:
        return date.fromisoformat(value)
    return wanted(value) if isinstance(wanted, type) else value


def _has(field: Any, value: Mapping[str, Any]) -> bool:
    """Whether a field is there; one that a later version added may stay at what it is without."""
    if field.name in value:
        return True
    if field.default is MISSING and field.default_factory is MISSING:
        raise KeyError(field.name)
    return False
