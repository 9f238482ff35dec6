"""What a person changes about a map: columns, words, fixed values; every change gives another map."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from pathlib import Path

from chainbrain.importers.mapped import mapping as m
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.mapped.mapping_json import LONGEST_NAME, codes_for
from chainbrain.importers.mapped.sample import Sample
from chainbrain.importers.words import CHANNELS, method_of

_DAYS = re.compile(r"[\s_\-(\uff08]*\d[\d\s_\-.~\u81f3)\uff09]*$")
_UNKNOWN = "other"
# Not needed, but without them nobody can say whose the rows are.
_ASKED = ("store", "bank_account")


@dataclass(frozen=True)
class WordQuestion:
    """What one word of a column means, and what it may mean."""

    field: str
    column: str
    word: str
    codes: tuple[str, ...]
    chosen: str


def name_for(path: Path) -> str:
    """The file's name without its ending and the days at its end: the map is for every month."""
    return _DAYS.sub("", path.stem).strip() or path.stem


def free_name(name: str, taken: Set[str]) -> str:
    """The name, with a number where another map has it."""
    numbered = (name, *(f"{name[: LONGEST_NAME - 4]} {number}" for number in range(2, 1000)))
    return next(one for one in numbered if one not in taken)


def start_of(sample: Sample, like: tuple[TableMapping, ...], name: str) -> TableMapping:
    """The map to begin with: the book's own for this header, or the proposal under the file's name."""
    if like:
        return replace(like[0], header=sample.header.names)
    return replace(sample.suggestion.mapping, name=name[:LONGEST_NAME])


def with_column(mapping: TableMapping, column: str, field: str) -> TableMapping:
    """Let a column fill a field, or none.

    No other column loses its field by that: arrow keys pass over many meanings on their way to the wanted one.
    """
    chosen = {name: filled for name, filled in mapping.columns.items() if name != column}
    chosen |= {column: field} if field else {}
    return replace(mapping, columns={name: chosen[name] for name in mapping.header if name in chosen})


def doubled(mapping: TableMapping) -> str:
    """A field that two columns fill though it takes one; empty when there is none."""
    filled = [name for name in mapping.columns.values() if name not in m.JOINED]
    return next((name for name in filled if filled.count(name) > 1), "")


def tidied(mapping: TableMapping) -> TableMapping:
    """The map without what its columns have made superfluous."""
    filled = set(mapping.columns.values())
    fixed = {name: value for name, value in mapping.fixed.items() if name not in filled}
    if mapping.way_column:
        filled.add("direction")
    words = {name: told for name, told in mapping.words.items() if name in filled and told}
    return replace(mapping, name=mapping.name.strip(), fixed=fixed, words=words)


def with_fixed(mapping: TableMapping, field: str, value: str) -> TableMapping:
    """Give all rows the same value; an empty one is none."""
    fixed = {name: kept for name, kept in mapping.fixed.items() if name != field}
    return replace(mapping, fixed=fixed | ({field: value.strip()} if value.strip() else {}))


def with_word(mapping: TableMapping, field: str, word: str, code: str) -> TableMapping:
    """Say what a word means, or leave it open; a kind that can go one way only says the direction too."""
    words = {**mapping.words, field: _with_meaning(mapping.words.get(field, {}), word, code)}
    if field == "kind" and not mapping.column("direction"):
        words["direction"] = _with_meaning(mapping.words.get("direction", {}), word, m.WAYS.get(code, ""))
    return replace(mapping, words=words)


def _with_meaning(words: Mapping[str, str], word: str, code: str) -> dict[str, str]:
    told = {known: meant for known, meant in words.items() if known != word}
    return told | ({word: code} if code else {})


def fields_of(kind: str) -> tuple[str, ...]:
    """The fields that a column of this kind may fill, in the order of the form."""
    return tuple(m.FIELDS[kind])


def fixed_fields(mapping: TableMapping) -> tuple[str, ...]:
    """The fields that want one value for all rows: no column fills them, and the map needs them or often has them."""
    asked = needed_fields(mapping) | set(mapping.fixed) | set(_ASKED)
    return tuple(name for name in m.FIXED[mapping.kind] if name in asked and name not in mapping.columns.values())


def needed_fields(mapping: TableMapping) -> frozenset[str]:
    """The fields of which a complete map fills one of each group."""
    return frozenset(name for group in mapping.needed() for name in group)


def signs_of(mapping: TableMapping) -> tuple[str, ...]:
    """The rules for signs that make sense for these columns, the chosen one among them."""
    if "money_in" not in m.FIELDS[mapping.kind]:
        return (m.SIGNED,)
    return m.SIGNS


def questions(mapping: TableMapping, words: Mapping[str, tuple[str, ...]]) -> tuple[WordQuestion, ...]:
    """The words whose meaning decides something."""
    asked = []
    for field in ("kind", "direction", "status"):
        column = mapping.way_column if field == "direction" else mapping.column(field)
        codes = codes_for(mapping.kind, field) if column else None
        if column is None or codes is None or (field == "status" and mapping.kind != "payments"):
            continue
        told = mapping.words.get(field, {})
        asked += [WordQuestion(field, column, word, codes, told.get(word, "")) for word in words.get(column, ())]
    column = mapping.column("method")
    if column is not None:
        told = mapping.words.get("method", {})
        asked += [
            WordQuestion("method", column, word, CHANNELS, told.get(word, _UNKNOWN))
            for word in words.get(column, ())
            if method_of(word) == _UNKNOWN
        ]
    return tuple(asked)
