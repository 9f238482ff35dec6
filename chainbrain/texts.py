"""The words of the engine's codes and vocabulary, in Chinese and English."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Final

from chainbrain.errors import UserError, Word
from chainbrain.resources import resource

LANGUAGES: Final = ("zh", "en")
_JOINERS: Final = {"zh": "、", "en": ", "}

# Of kinds of history entry the fact that is a code, and where its words stand.
_CODED: Final = {
    "ledger": ("ledger_kind", "ledger_kind"), "collecting": ("way", "collecting"),
    "cash_item": ("plan_kind", "plan_kind"), "cash_item_removed": ("plan_kind", "plan_kind"),
    "cash_paid": ("plan_kind", "plan_kind"), "cash_received": ("plan_kind", "plan_kind"),
    "cash_unpaid": ("plan_kind", "plan_kind"),
    "store_event": ("event_kind", "event_kind"), "store_event_removed": ("event_kind", "event_kind"),
    "scenario_kept": ("scenario_kind", "expansion.kept_kind"), "decide": ("verdict", "verdict"),
}  # fmt: skip

# What the sentence of a kind goes on to say, where the entry keeps it: each fact has a text of its own.
_DETAILS: Final = {"decide": ("amount", "store", "expected_on", "note", "code")}
_ENTRY_KIND: Final = "history_kind."
_OF_GROUPS: Final = frozenset({"accept", "reject", "unmatch"})

Catalogue = dict[str, dict[str, str]]


@cache
def catalogue(folder: str) -> Catalogue:
    """All entries of ``resources/texts/<folder>/*.json``.

    Raises:
        ValueError: two files word the same key differently.
    """
    merged: Catalogue = {}
    for path in sorted(resource("texts", folder).glob("*.json")):
        for key, words in json.loads(path.read_text(encoding="utf-8")).items():
            if merged.setdefault(key, words) != words:
                raise ValueError(f"{path.name} words {key} differently")
    return merged


def word(key: str, lang: str = "zh") -> str:
    """The word for a vocabulary key such as ``channel.wechat``; the bare key when there is none."""
    entry = catalogue("vocabulary").get(key)
    return entry[lang] if entry else key.rpartition(".")[2]


def message(code: str, lang: str = "zh", /, **facts: object) -> str:
    """The sentence for a code such as ``import.unknown_format`` with its facts filled in.

    A code without words is shown as it is, with its facts: never nothing.
    """
    entry = catalogue("messages").get(code)
    told = {name: _told(value, lang) for name, value in facts.items()}
    if entry is None:
        return " ".join([code, *(f"{name}={value}" for name, value in told.items())])
    return entry[lang].format_map(_Facts(told))


def joined(parts: Iterable[object], lang: str = "zh") -> str:
    """Several things in a row, as the language writes them."""
    return _JOINERS[lang].join(str(part) for part in parts)


def entry(kind: str, facts: Mapping[str, object], lang: str = "zh") -> str:
    """The sentence for a history entry; its codes in words."""
    told = dict(facts)
    if kind in _CODED:
        name, group = _CODED[kind]
        told[name] = Word(f"{group}.{facts[name]}")
    if kind == "decide":
        told["unit"] = Word("decided.groups" if facts["verdict"] in _OF_GROUPS else "decided.rows")
        told["amount"] = f"{Decimal(str(facts.get('amount', 0))):,.2f}"
        told["code"] = f"{facts.get('code', '')} {word('difference.' + str(facts.get('code', '')), lang)}"
    more = [name for name in _DETAILS.get(kind, ()) if facts.get(name)]
    return " · ".join(message(f"history.{part}", lang, **told) for part in (kind, *(f"{kind}_{name}" for name in more)))


def check_entry_kind(kind: str | None) -> None:
    """Refuse a kind of history entry that there is not.

    Raises:
        UserError: ``history.unknown_kind``.
    """
    known = [key.removeprefix(_ENTRY_KIND) for key in catalogue("vocabulary") if key.startswith(_ENTRY_KIND)]
    if kind is not None and kind not in known:
        raise UserError("history.unknown_kind", kind=kind, known=", ".join(sorted(known)))


def error(problem: UserError, lang: str = "zh") -> str:
    """The sentence for an error."""
    return message(problem.code, lang, **problem.facts)


def _told(fact: object, lang: str) -> object:
    if isinstance(fact, Word):
        return word(fact, lang)
    return joined([_told(one, lang) for one in fact], lang) if isinstance(fact, tuple) else fact


class _Facts(dict[str, object]):
    """Facts for ``str.format_map`` that show a missing one as ``…`` instead of failing."""

    def __missing__(self, key: str) -> str:
        return "…"
