"""Which sign rule a table follows: proven by its running balance, else told by its words and minus signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from chainbrain.errors import FileRefused
from chainbrain.importers.base import Context, Sheet
from chainbrain.importers.harvest import Harvest, decimal_sum
from chainbrain.importers.mapped import mapping as m
from chainbrain.importers.mapped.mapped_table import MappedTable
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.mapped.suggest_columns import ColumnFacts
from chainbrain.importers.mapped.suggest_reason import LIKELY, POSSIBLE, PROVEN, Reason
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Table

_FEWEST_ROWS: Final = 2
_ENOUGH_ROWS: Final = 20_000
# What a proof of signs needs; a date that cannot be read yet must not stand in its way.
_MONEY: Final = (
    "amount", "money_in", "money_out", "direction", "kind", "fee", "net", "balance", "bank_account",
)  # fmt: skip


def signs(draft: TableMapping, table: Table, facts: Mapping[str, ColumnFacts]) -> tuple[TableMapping, list[Reason]]:
    """Propose how the amount gets its sign, and how a fee is printed."""
    start = start_of(table)
    draft, reasons = _sign(draft, start, facts)
    draft, told = _fee(draft, start)
    draft, proven = _control(draft, table)
    if draft.sign != m.WORDED:
        draft = replace(
            draft,
            columns={name: filled for name, filled in draft.columns.items() if filled != "direction"},
            words={name: words for name, words in draft.words.items() if name != "direction"},
        )
    return draft, [*reasons, *told, *proven, *_ways_open(draft, facts)]


def _ways_open(draft: TableMapping, facts: Mapping[str, ColumnFacts]) -> list[Reason]:
    """The words for kinds that leave open whether money came or went."""
    column = draft.way_column
    if column is None or draft.column("direction"):
        return []
    words = tuple(word for word in facts[column].words if word not in draft.words.get("direction", {}))
    told = {"column": column, "words": words}
    return [Reason("words", "direction", "", POSSIBLE, "suggest.way_open", told)] if words else []


def start_of(table: Table) -> Table:
    """The first rows of a table: enough for a proof, and few enough that nobody waits for it."""
    if table.frame.height <= _ENOUGH_ROWS:
        return table
    rounded = {name: flags.head(_ENOUGH_ROWS) for name, flags in table.rounded.items()}
    return replace(table, frame=table.frame.head(_ENOUGH_ROWS), rounded=rounded)


def _sign(draft: TableMapping, table: Table, facts: Mapping[str, ColumnFacts]) -> tuple[TableMapping, list[Reason]]:
    candidates = _candidates(draft)
    balance = draft.column("balance")
    if balance is not None:
        holding = [sign for sign in candidates if _chain_holds(replace(draft, sign=sign), table, balance)]
        if len(holding) == 1:
            told = {"column": balance, "rows": str(table.frame.height)}
            return replace(draft, sign=holding[0]), [
                Reason("sign", "", holding[0], PROVEN, "suggest.balance_proves", told)
            ]
        if not holding:
            told = {"column": balance}
            # Words that nobody has explained yet break the chain too; without a minus sign they must say it.
            amount = draft.column("amount")
            worded = m.WORDED in candidates and amount is not None and not facts[amount].negatives
            likely = m.WORDED if worded else candidates[0]
            return replace(draft, sign=likely), [Reason("sign", "", likely, POSSIBLE, "suggest.balance_breaks", told)]
        candidates = holding
    if candidates[0] in (m.TWO_COLUMNS, m.TWO_SIGNED):
        return _two_columns(replace(draft, sign=candidates[0]), facts)
    amount = draft.column("amount")
    if amount is None:
        return draft, []
    if facts[amount].negatives:
        return replace(draft, sign=m.SIGNED), [
            Reason("sign", "", m.SIGNED, LIKELY, "suggest.negatives", {"column": amount})
        ]
    if _says_out(draft):
        words = {"column": replace(draft, sign=m.WORDED).way_column, "words": _out_words(draft)}
        return replace(draft, sign=m.WORDED), [Reason("sign", "", m.WORDED, LIKELY, "suggest.sign_words", words)]
    return replace(draft, sign=m.SIGNED), [Reason("sign", "", m.SIGNED, POSSIBLE, "suggest.sign_open")]


def _candidates(draft: TableMapping) -> list[str]:
    if draft.column("money_in") and draft.column("money_out"):
        return [m.TWO_COLUMNS, m.TWO_SIGNED]
    worded = [m.WORDED] if _says_out(draft) else []
    return [m.SIGNED, *worded, m.REVERSED] if "money_in" in m.FIELDS[draft.kind] else [m.SIGNED]


def _two_columns(draft: TableMapping, facts: Mapping[str, ColumnFacts]) -> tuple[TableMapping, list[Reason]]:
    out = draft.column("money_out") or ""
    sign = m.TWO_SIGNED if facts[out].negatives else m.TWO_COLUMNS
    told = {"in": draft.column("money_in") or "", "out": out}
    return replace(draft, sign=sign), [Reason("sign", "", sign, LIKELY, f"suggest.{sign}", told)]


def _fee(draft: TableMapping, table: Table) -> tuple[TableMapping, list[Reason]]:
    """A net amount proves how the fee is printed; one that does not fit is no net amount."""
    fee, net = draft.column("fee"), draft.column("net")
    if fee is None:
        return draft, []
    if net is not None:
        for printed in m.FEES:
            tried = replace(draft, fee=printed)
            harvest = _read(tried, table)
            wrong = sum(1 for problem in harvest.problems if problem.code == "net_differs") if harvest else 1
            if harvest is not None and not wrong and _differs_from_zero(table, fee):
                told = {"column": net, "fee": fee}
                return tried, [Reason("fee", "", printed, PROVEN, "suggest.net_proves", told)]
        draft = replace(draft, columns={name: field for name, field in draft.columns.items() if name != net})
    told = {"column": fee}
    usual = _printed(draft, table)
    if usual is None:
        return draft, [Reason("fee", "", m.FEES[0], POSSIBLE, "suggest.fee_open", told)]
    return replace(draft, fee=usual), [Reason("fee", "", usual, LIKELY, f"suggest.fee_{usual}", told)]


def _printed(draft: TableMapping, table: Table) -> str | None:
    """How the fees of sales are printed; those of refunds go the other way."""
    harvest = _read(replace(draft, fee=m.FEES[0]), table)
    frames = harvest.frames.get("payments", []) if harvest else []
    fees = [decimal_sum(frame.filter(frame["amount"] > 0)["fee"]) for frame in frames]
    total = sum(fees, Decimal(0))
    return None if not total else m.FEES[0] if total > 0 else m.FEES[1]


def _differs_from_zero(table: Table, column: str) -> bool:
    figures = parse.yuan(parse.cleaned(table.frame.select(column))[column], 5)
    return bool((figures.fill_null(Decimal(0)) != 0).any())


def _control(draft: TableMapping, table: Table) -> tuple[TableMapping, list[Reason]]:
    """The column whose sum the rows left out state."""
    if not draft.leave_out:
        return draft, []
    for field in ("amount", "money_in", "fee"):
        column = draft.column(field)
        tried = replace(draft, control=column)
        harvest = _read(tried, table) if column else None
        if harvest is not None and any(total.name == column and total.agrees for total in harvest.controls):
            return tried, [Reason("control", "", column or "", PROVEN, "suggest.control", {"column": column or ""})]
    return draft, []


def _chain_holds(draft: TableMapping, table: Table, balance: str) -> bool:
    """Whether every printed balance follows, with enough rows that this is no chance."""
    harvest = _read(draft, table)
    if harvest is None or harvest.row_count - len(harvest.problems) < _FEWEST_ROWS:
        return False
    totals = [total for total in harvest.controls if total.name == balance]
    return bool(totals) and all(total.agrees for total in totals)


def _read(draft: TableMapping, table: Table) -> Harvest | None:
    """What the map would make of the table; nothing when it cannot be read at all."""
    names = tuple(name for name in draft.header if name)
    draft = replace(draft, columns={name: filled for name, filled in draft.columns.items() if filled in _MONEY})
    try:
        return MappedTable(draft).read([Sheet(Layout(None, names, names), table)], Context(b"", ""))
    except FileRefused:
        return None


def _says_out(draft: TableMapping) -> bool:
    return replace(draft, sign=m.WORDED).way_column is not None and bool(_out_words(draft))


def _out_words(draft: TableMapping) -> tuple[str, ...]:
    return tuple(word for word, way in draft.words.get("direction", {}).items() if way == "out")
