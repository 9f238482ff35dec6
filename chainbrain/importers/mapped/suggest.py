"""A proposal for a table that no importer knows: kind, columns, unit and sign, each with its reason; never applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import polars as pl

from chainbrain.importers.mapped import mapping as m
from chainbrain.importers.mapped import suggest_hints as hints
from chainbrain.importers.mapped import suggest_signs
from chainbrain.importers.mapped.mapped_table import without_totals
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.mapped.suggest_columns import ColumnFacts, facts_of, matches
from chainbrain.importers.mapped.suggest_reason import LIKELY, POSSIBLE, PROVEN, Reason, Suggestion
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.fold import fold
from chainbrain.importers.tables.table import Table
from chainbrain.importers.tables.table_header import Header
from chainbrain.importers.words import method_of

_DAY_FIRST: Final = r"^(?:1[3-9]|2\d|3[01])[/.\-]\d{1,2}[/.\-]\d{4}"
_MONTH_FIRST: Final = r"^\d{1,2}[/.\-](?:1[3-9]|2\d|3[01])[/.\-]\d{4}"
# What tells the kinds apart, and how much it says.
_TELLING: Final[dict[str, tuple[tuple[str, int], ...]]] = {
    "bank_lines": (("balance", 3), ("counterparty", 2), ("counterparty_account", 2), ("memo", 1), ("bank_account", 1)),
    "wallet_lines": (("balance", 3), ("kind", 2), ("external_id", 2), ("business_id", 1)),
    "payments": (
        ("fee", 3), ("printed_rate", 2), ("merchant_order_no", 2), ("terminal_no", 1), ("external_id", 1), ("kind", 1),
        ("status", 1), ("store", 1),
    ),
    "orders": (("list_amount", 3), ("business_day", 2), ("order_no", 2), ("status", 1), ("store", 2)),
    "tenders": (("method", 4), ("order_no", 2), ("store", 2)),
    "settlement_rows": (("bill_day", 3), ("pays_on", 3), ("payout_account", 1)),
}  # fmt: skip


def suggest(table: Table, header: Header, kind: str | None = None) -> Suggestion:
    """Propose a map for a table.

    Args:
        table: all rows below the header, raw.
        header: the header, with the names that the map will use.
        kind: the kind that a person has chosen; otherwise the most telling one.
    """
    names = [name for name in header.names if name]
    leave_out, total_reasons = _totals(table)
    clean, _ = without_totals(suggest_signs.start_of(table), leave_out)
    facts = facts_of(clean, names)
    kinds, kind_reason = _kinds(facts)
    chosen = kind or kinds[0]
    found = matches(chosen, facts)
    reasons = [replace(kind_reason, value=chosen), *total_reasons]
    reasons += [
        Reason("column", name, filled, LIKELY if how == "known" else POSSIBLE, f"suggest.name_{how}")
        for name, (filled, how) in found.items()
    ]
    draft = TableMapping(
        name="",
        kind=chosen,
        header=header.names,
        header_rows=header.height,
        columns={name: filled for name, (filled, _) in found.items()},
        leave_out=leave_out,
        fixed=_fixed(chosen, names, found),
    )
    for step in (_unit, _dates, _words):
        draft, told = step(draft, facts, clean)
        reasons += told
    draft, told = suggest_signs.signs(draft, table, facts)
    words = {name: column.words for name, column in facts.items() if column.words}
    return Suggestion(draft, (*reasons, *told), kinds, words)


def _kinds(facts: Mapping[str, ColumnFacts]) -> tuple[tuple[str, ...], Reason]:
    scores: dict[str, int] = {}
    telling: dict[str, list[str]] = {}
    for kind, features in _TELLING.items():
        filled = {field: name for name, (field, _) in matches(kind, facts).items()}
        scores[kind] = sum(weight for field, weight in features if field in filled)
        telling[kind] = [filled[field] for field, _ in features if field in filled]
    order = tuple(sorted(scores, key=lambda kind: -scores[kind]))
    sure = LIKELY if scores[order[0]] > scores[order[1]] + 1 else POSSIBLE
    seen = tuple(telling[order[0]])
    return order, Reason("kind", "", order[0], sure, "suggest.kind" if seen else "suggest.kind_open", {"columns": seen})


def _fixed(kind: str, names: list[str], found: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """The channel, where the header itself says whose table it is."""
    filled = {field for field, _ in found.values()}
    folded = {fold(name) for name in names}
    if "channel" in m.FIXED[kind] and "channel" not in filled and kind != "orders" and folded & hints.SHOUQIANBA:
        known = any("收钱吧" in name for name in folded) or len(folded & hints.SHOUQIANBA) > 1
        return {"channel": "shouqianba"} if known else {}
    return {}


def _totals(table: Table) -> tuple[tuple[str, ...], list[Reason]]:
    """Words with which the first cell of a row says that it adds up others."""
    names = [name for name in table.frame.columns if not name.startswith("__")]
    first = table.frame.select(
        pl.coalesce(pl.when(pl.col(name).str.strip_chars() != "").then(pl.col(name)) for name in names).alias("v")
    )["v"].str.strip_chars("`'\" \t")
    odd = [problem.value.strip("`'\" \t") for problem in table.misshapen]
    words = tuple(
        word
        for word in hints.TOTAL_WORDS
        if first.str.starts_with(word).any() or any(text.startswith(word) for text in odd)
    )
    if not words:
        return (), []
    return words, [Reason("leave_out", "", " ".join(words), LIKELY, "suggest.totals", {"words": words})]


def _unit(draft: TableMapping, facts: Mapping[str, ColumnFacts], _table: Table) -> tuple[TableMapping, list[Reason]]:
    """Decimals prove yuan; a name may say fen; whole figures alone prove nothing."""
    money = [facts[name] for name, field in draft.columns.items() if m.FIELDS[draft.kind][field] in (m.AMOUNT, m.FINE)]
    by_decimals = next((one for one in money if one.decimals), None)
    if by_decimals is not None:
        return draft, [Reason("unit", "", "yuan", PROVEN, "suggest.decimals", {"column": by_decimals.name})]
    by_name = next((one for one in money if hints.is_fen_name(one.name)), None)
    if by_name is not None:
        return replace(draft, unit="fen"), [
            Reason("unit", "", "fen", LIKELY, "suggest.fen_name", {"column": by_name.name})
        ]
    return draft, [Reason("unit", "", "yuan", POSSIBLE, "suggest.unit_open")] if money else []


def _dates(draft: TableMapping, facts: Mapping[str, ColumnFacts], table: Table) -> tuple[TableMapping, list[Reason]]:
    """Which part of 03/04/2026 comes first: only a day beyond the twelfth tells."""
    doubtful = [name for name in draft.columns if facts[name].two_readings > 0]
    for name in doubtful:
        cells = parse.cleaned(table.frame.select(name))[name].drop_nulls()
        day, month = (bool(cells.str.contains(pattern).any()) for pattern in (_DAY_FIRST, _MONTH_FIRST))
        if day != month:
            order = "day_first" if day else "month_first"
            example = cells.filter(cells.str.contains(_DAY_FIRST if day else _MONTH_FIRST))[0]
            facts_told = {"column": name, "example": example}
            return replace(draft, dates=order), [Reason("dates", "", order, PROVEN, "suggest.date_order", facts_told)]
    if doubtful:
        return draft, [Reason("dates", "", "", POSSIBLE, "suggest.date_open", {"column": doubtful[0]})]
    return draft, []


def _words(draft: TableMapping, facts: Mapping[str, ColumnFacts], _table: Table) -> tuple[TableMapping, list[Reason]]:
    """What the words of kinds, directions and states seem to say."""
    words: dict[str, dict[str, str]] = {}
    reasons = []
    for says in ("kind", "direction", "status"):
        name = draft.column(says)
        if name is None or (says == "status" and draft.kind != "payments"):
            continue
        words[says] = {word: code for word in facts[name].words if (code := _meaning(draft.kind, says, word))}
        open_words = tuple(word for word in facts[name].words if word not in words[says])
        code = "suggest.words_open" if open_words else "suggest.words"
        told = {"column": name, "words": open_words or tuple(words[says])}
        reasons.append(Reason("words", says, "", POSSIBLE if open_words else LIKELY, code, told))
    if not draft.column("direction"):
        words["direction"] = {word: m.WAYS[code] for word, code in words.get("kind", {}).items() if code in m.WAYS}
    for says in ("method", "channel"):
        name = draft.column(says)
        unknown = tuple(word for word in facts[name].words if method_of(word) == "other") if name else ()
        if name and unknown:
            told = {"column": name, "words": unknown}
            reasons.append(Reason("words", says, "", POSSIBLE, "suggest.words_other", told))
    return replace(draft, words={name: told for name, told in words.items() if told}), reasons


def _meaning(kind: str, field: str, word: str) -> str | None:
    if field == "status":
        return next((code for code, pattern in hints.STATE_WORDS if pattern.search(word)), None)
    if field == "direction":
        return next((code for code, pattern in hints.DIRECTION_WORDS if pattern.search(word)), None)
    codes = m.WORD_CODES[f"kind:{kind}"]
    if word in hints.LEDGER_WORDS and hints.LEDGER_WORDS[word] in codes:
        return hints.LEDGER_WORDS[word]
    return next((code for code, pattern in hints.KIND_WORDS if code in codes and pattern.search(word)), None)
