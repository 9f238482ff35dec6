"""Column maps as JSON, as ``resources/mapping/mapping.schema.json`` describes them; errors name the place."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from chainbrain.errors import UserError, system_reason
from chainbrain.importers.limits import Limits
from chainbrain.importers.mapped import mapping as m
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.tables.fold import fold
from chainbrain.importers.words import CHANNELS

LONGEST_NAME: Final = 60
_LONGEST_TEXT: Final = 200
_MOST_WORDS: Final = 500
_LARGEST_FILE: Final = 1_000_000
_NEEDED: Final = ("version", "name", "kind", "header", "columns")
_KNOWN: Final = (
    *_NEEDED, "header_rows", "sign", "unit", "fee", "dates", "fixed", "words", "leave_out", "control", "preferred",
    "account",
)  # fmt: skip


def read_file(path: Path) -> TableMapping:
    """Read a map from a file.

    Raises:
        UserError: ``mapping.unreadable`` or one of those of ``parse``.
    """
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise UserError("mapping.unreadable", path=str(path), reason=f"> {_LARGEST_FILE} bytes")
        given = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as cause:
        raise UserError("mapping.unreadable", path=str(path), reason=system_reason(cause)) from cause
    except (ValueError, RecursionError) as cause:
        raise UserError("mapping.unreadable", path=str(path), reason=str(cause)) from cause
    return parse(given)


def loads(text: str) -> TableMapping:
    """A map as the book keeps it; one that lacks what is asked today still names its tables, and breaks their rows."""
    return _parsed(json.loads(text))


def dumps(mapping: TableMapping, *, indent: int | None = None) -> str:
    """A map as text; the same map gives the same text."""
    return json.dumps(as_json(mapping), ensure_ascii=False, indent=indent)


def as_json(mapping: TableMapping) -> dict[str, Any]:
    """The map as JSON writes it and ``parse`` reads it back."""
    written: dict[str, Any] = {
        "version": m.VERSION,
        "name": mapping.name,
        "kind": mapping.kind,
        "header": list(mapping.header),
        "header_rows": mapping.header_rows,
        "columns": dict(mapping.columns),
        "sign": mapping.sign,
        "unit": mapping.unit,
        "fee": mapping.fee,
        "fixed": dict(mapping.fixed),
        "words": {name: dict(words) for name, words in mapping.words.items()},
        "leave_out": list(mapping.leave_out),
        "preferred": mapping.preferred,
    }
    optional = {"dates": mapping.dates, "control": mapping.control, "account": mapping.account}
    return written | {name: value for name, value in optional.items() if value is not None}


def parse(given: object) -> TableMapping:
    """Read a map as it stands in JSON; what is not understood is refused, because a guess would be a wrong figure.

    Raises:
        UserError: ``mapping.missing``, ``mapping.unknown_name``, ``mapping.not_of_kind``, ``mapping.not_one_of``,
            ``mapping.no_such_column``, ``mapping.filled_twice``, ``mapping.lacks``, ``mapping.version``; ``where`` is
            the JSON path.
    """
    return check(_parsed(given))


def _parsed(given: object) -> TableMapping:
    top = _object("$", given)
    for name in top:
        if name not in _KNOWN:
            raise UserError("mapping.unknown_name", where=f"$.{name}", known=", ".join(_KNOWN))
    for name in _NEEDED:
        if name not in top:
            raise UserError("mapping.missing", where=f"$.{name}")
    if top["version"] != m.VERSION or isinstance(top["version"], bool):
        raise UserError("mapping.version", where="$.version", value=str(top["version"]), known=str(m.VERSION))
    kind = _one_of("$.kind", top["kind"], tuple(m.FIELDS))
    header = tuple(
        _text(f"$.header[{number}]", name, empty=True) for number, name in enumerate(_list("$.header", top["header"]))
    )
    _check_header(header)
    columns = _columns(_object("$.columns", top["columns"]), kind, header)
    return TableMapping(
        name=_text("$.name", top["name"], longest=LONGEST_NAME),
        kind=kind,
        header=header,
        columns=columns,
        header_rows=_header_rows(top.get("header_rows", 1)),
        sign=_one_of("$.sign", top.get("sign", m.SIGNED), m.SIGNS if "money_in" in m.FIELDS[kind] else (m.SIGNED,)),
        unit=_one_of("$.unit", top.get("unit", "yuan"), m.UNITS),
        fee=_one_of("$.fee", top.get("fee", m.FEES[0]), m.FEES),
        dates=None if top.get("dates") is None else _one_of("$.dates", top["dates"], m.DATES),
        fixed=_fixed(_object("$.fixed", top.get("fixed", {})), kind, columns),
        words=_words(_object("$.words", top.get("words", {})), kind),
        leave_out=_leave_out(_list("$.leave_out", top.get("leave_out", []))),
        control=None if top.get("control") is None else _column("$.control", top["control"], header),
        preferred=_switch("$.preferred", top.get("preferred", False)),
        account=None if top.get("account") is None else _text("$.account", top["account"], longest=LONGEST_NAME),
    )


def check(made: TableMapping) -> TableMapping:
    """The map itself, when nothing that its kind needs is lacking.

    Raises:
        UserError: ``mapping.lacks``, ``mapping.needs_words``, ``mapping.needs_direction``, ``mapping.filled_twice``.
    """
    filled = [name for name in made.columns.values() if name not in m.JOINED]
    for column, name in made.columns.items():
        if filled.count(name) > 1 or name in made.fixed:
            raise UserError("mapping.filled_twice", where=f"$.columns.{column}", value=name)
    for group in made.lacking():
        raise UserError("mapping.lacks", where="$.columns", fields=", ".join(group), kind=made.kind)
    if made.sign == m.WORDED and not made.words.get("direction"):
        raise UserError("mapping.needs_words", where="$.words.direction", field="direction")
    if made.undirected():
        raise UserError("mapping.needs_direction", where="$.words.direction", words=made.undirected())
    return made


def _check_header(header: Sequence[str]) -> None:
    if not 2 <= len(header) <= Limits().columns:
        raise UserError("mapping.not_of_kind", where="$.header", wanted=f"2–{Limits().columns}")
    folded: dict[str, int] = {}
    for number, name in enumerate(header):
        if name and fold(name) in folded:
            raise UserError("mapping.filled_twice", where=f"$.header[{number}]", value=name)
        folded[fold(name)] = number


def _columns(given: Mapping[str, object], kind: str, header: tuple[str, ...]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for name, filled in given.items():
        where = f"$.columns.{name}"
        known = _column(where, name, header)
        target = _one_of(where, filled, tuple(m.FIELDS[kind]))
        if target in columns.values() and target not in m.JOINED:
            raise UserError("mapping.filled_twice", where=where, value=target)
        columns[known] = target
    return columns


def _fixed(given: Mapping[str, object], kind: str, columns: Mapping[str, str]) -> dict[str, str]:
    fixed = {}
    for name, value in given.items():
        where = f"$.fixed.{name}"
        if name not in m.FIXED[kind]:
            raise UserError("mapping.unknown_name", where=where, known=", ".join(m.FIXED[kind]))
        if name in columns.values():
            raise UserError("mapping.filled_twice", where=where, value=name)
        fixed[name] = _one_of(where, value, CHANNELS) if name in ("channel", "method") else _text(where, value)
    return fixed


def codes_for(kind: str, name: str) -> tuple[str, ...] | None:
    """What words of a field can mean; ``None`` when the field is not made of words."""
    if m.FIELDS[kind].get(name) != m.WORD:
        return None
    if name in ("channel", "method"):
        return CHANNELS
    return m.WORD_CODES[name if name == "direction" else f"{name}:{kind}"]


def _words(given: Mapping[str, object], kind: str) -> dict[str, dict[str, str]]:
    read: dict[str, dict[str, str]] = {}
    for name, words in given.items():
        where = f"$.words.{name}"
        codes = codes_for(kind, name)
        if codes is None:
            known = [field for field in m.FIELDS[kind] if codes_for(kind, field)]
            raise UserError("mapping.unknown_name", where=where, known=", ".join(known))
        pairs = _object(where, words)
        if len(pairs) > _MOST_WORDS:
            raise UserError("mapping.not_of_kind", where=where, wanted=f"≤ {_MOST_WORDS}")
        read[name] = {word: _one_of(f"{where}.{word}", code, codes) for word, code in pairs.items()}
    return read


def _leave_out(given: Sequence[object]) -> tuple[str, ...]:
    return tuple(_text(f"$.leave_out[{number}]", word) for number, word in enumerate(given))


def _column(where: str, given: object, header: tuple[str, ...]) -> str:
    """The header's own spelling of a column."""
    name = _text(where, given)
    found = next((known for known in header if known and fold(known) == fold(name)), None)
    if found is None:
        raise UserError("mapping.no_such_column", where=where, column=name)
    return found


def _object(where: str, given: object) -> Mapping[str, object]:
    if not isinstance(given, dict):
        raise UserError("mapping.not_of_kind", where=where, wanted="{…}")
    return given


def _list(where: str, given: object) -> Sequence[object]:
    if not isinstance(given, list):
        raise UserError("mapping.not_of_kind", where=where, wanted="[…]")
    return given


def _text(where: str, given: object, *, longest: int = _LONGEST_TEXT, empty: bool = False) -> str:
    if not isinstance(given, str) or len(given) > longest or not (given.strip() or empty):
        raise UserError("mapping.not_of_kind", where=where, wanted=f'"…" (1–{longest})')
    return given.strip()


def _one_of(where: str, given: object, known: Sequence[str]) -> str:
    if not isinstance(given, str) or given not in known:
        raise UserError("mapping.not_one_of", where=where, value=str(given), known=", ".join(known))
    return given


def _header_rows(given: object) -> int:
    if given not in (1, 2) or isinstance(given, bool) or not isinstance(given, int):
        raise UserError("mapping.not_one_of", where="$.header_rows", value=str(given), known="1, 2")
    return given


def _switch(where: str, given: object) -> bool:
    if not isinstance(given, bool):
        raise UserError("mapping.not_one_of", where=where, value=str(given), known="true, false")
    return given
