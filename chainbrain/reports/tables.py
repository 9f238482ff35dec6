"""A report as plain tables: typed columns, rows, totals, period and filters; the writers know nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import polars as pl

from chainbrain import change_words, habit_words, texts
from chainbrain.errors import Word
from chainbrain.masking import masked
from chainbrain.reports import passed_over
from chainbrain.reports.live_case import LiveCase
from chainbrain.reports.live_chain import LiveChain

_AND: Final = {"zh": "、", "en": ", "}
_WORDED: Final = frozenset({"channel", "leg", "payments", "span", "scope", "base_why", "ownership"})
NUMBERS: Final = frozenset({"money", "count", "percent", "line"})


@dataclass(frozen=True)
class ReportColumn:
    """One column: ``key`` names it (words under ``report_column.<key>``), ``kind`` says how it is written.

    Kinds: text, entry (a step of the history, as ``kept_entry`` keeps it), names (several names or whole vocabulary
    keys, one a line), id (an external number), account (shown by its last four digits), word (a vocabulary key below
    ``words``), message (as ``told`` keeps it), sentence (why it changed, as ``change_words.told`` keeps it), money
    (yuan, two decimals), count, line (a number that is no amount), percent (a share; 0.0437 is 4.37 %), rule (of a
    payout, ``T1``), clock (minutes after midnight), date, moment, key (our own id of the row, by which the table of
    decisions names it; on no printed page).
    """

    key: str
    kind: str = "text"
    words: str = ""
    called: str = ""
    """A name that somebody gave, where no vocabulary has one."""

    def title(self, lang: str) -> str:
        """The header of the column."""
        return self.called or texts.word(f"report_column.{self.key}", lang)


@dataclass(frozen=True)
class Link:
    """Where the cells of a column lead: to another table of the report, there to the first row that is meant.

    Attributes:
        column: whose cells lead there.
        table: the name of the other table; nothing when each cell holds the name itself.
        by: columns here and there whose values are equal; without them it leads to the head.
    """

    column: str
    table: str | None = None
    by: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ReportTable:
    """One table of a report, words not yet put in; its columns are called by their keys.

    The total row sums the columns in ``totals`` and shows ``ratios`` (averages, shares) as given: they do not add up.
    """

    name: str
    columns: tuple[ReportColumn, ...]
    rows: pl.DataFrame
    totals: tuple[str, ...] = ()
    ratios: tuple[tuple[str, Decimal | int | None], ...] = ()
    links: tuple[Link, ...] = ()

    def title(self, lang: str) -> str:
        """The heading above the table and the name of its sheet."""
        return texts.word(f"report_table.{self.name}", lang)

    def total(self) -> dict[str, Decimal | int]:
        """The figures of the total row, by column."""
        row = self.rows.select(pl.col(key).sum() for key in self.totals).row(0, named=True) if self.totals else {}
        # A column without any figure has no sum either: nothing compared is not zero compared.
        empty = {key for key in row if self.rows[key].null_count() == self.rows.height > 0}
        sums: dict[str, Decimal | int] = {key: value or 0 for key, value in row.items() if key not in empty}
        return sums | {key: value for key, value in self.ratios if value is not None}

    def worded(self, lang: str) -> pl.DataFrame:
        """The rows as people read them: words for keys, accounts masked; amounts and dates keep their types."""
        return self.rows.select(_worded(column, lang) for column in self.columns)


@dataclass(frozen=True)
class Report:
    """One report: its tables in order, the days they cover and the filters they were made with.

    ``layout`` says how it is printed: as tables, as letters (one per row of the first table, with the rows of the last
    that belong to it), or as a designed page: the pack of a month's close, whose first page tells the facts of its
    ``head``, the owner's week, a page for each store, the board pack.
    """

    name: str
    tables: tuple[ReportTable, ...]
    first: date | None = None
    after: date | None = None
    base: tuple[date, date] | None = None
    filters: tuple[tuple[str, str], ...] = ()
    layout: str = "table"
    head: tuple[tuple[str, str], ...] = ()
    live: tuple[LiveCase, ...] = ()
    """Planned cases that a workbook works out by formulas."""
    live_chain: LiveChain | None = None
    """What the chain has with all of them."""

    @property
    def row_count(self) -> int:
        """The rows of all tables."""
        return sum(table.rows.height for table in self.tables)

    @property
    def main(self) -> ReportTable:
        """The table that is the report; the others sum it up or add to it."""
        return next((table for table in self.tables if table.name == self.name), self.tables[0])

    def title(self, lang: str) -> str:
        """What the report is called."""
        return texts.word(f"report.{self.name}", lang)

    def notes(self, lang: str) -> list[str]:
        """The lines under the title: period and filters."""
        lines = []
        if self.first and self.after:
            lines.append(f"{texts.word('report_note.period', lang)} {_days(self.first, self.after)}")
        if self.base:
            lines.append(f"{texts.word('report_note.base', lang)} {_days(*self.base)}")
        for key, value in self.filters:
            shown = texts.word(f"{key}.{value}", lang) if key in _WORDED else value
            shown = texts.word(f"history_kind.{value}", lang) if key == "step" else shown
            shown = passed_over.worded(value, lang) if key == "passed_over" else shown
            lines.append(f"{texts.word(f'report_filter.{key}', lang)} {shown}")
        return lines


def _days(first: date, after: date) -> str:
    return f"{first.isoformat()} – {(after - timedelta(days=1)).isoformat()}"


def _worded(column: ReportColumn, lang: str) -> pl.Expr:
    value = pl.col(column.key)
    if column.kind == "word":
        # Unknown keys stay as they are: a new code must never vanish from a report.
        keys = texts.catalogue("vocabulary")
        prefix = f"{column.words}."
        known = {key.removeprefix(prefix): words[lang] for key, words in keys.items() if key.startswith(prefix)}
        return value.cast(pl.String).replace(known) if known else value.cast(pl.String)
    if column.kind == "message":
        return value.map_elements(lambda told: _message(told, lang), return_dtype=pl.String)
    if column.kind == "entry":
        return value.map_elements(lambda kept: _entry(kept, lang), return_dtype=pl.String)
    if column.kind == "sentence":
        return value.map_elements(lambda kept: change_words.worded(kept, lang), return_dtype=pl.String)
    if column.kind == "names":
        return value.cast(pl.String).map_elements(lambda names: _named(names, lang), return_dtype=pl.String)
    if column.kind == "account":
        return value.cast(pl.String).map_elements(masked, return_dtype=pl.String)
    if column.kind == "rule":
        return value.map_elements(lambda rule: habit_words.rule(rule, lang), return_dtype=pl.String)
    if column.kind == "clock":
        return value.map_elements(lambda minutes: habit_words.cutoff(minutes, lang), return_dtype=pl.String)
    if column.kind in {"text", "id", "key"}:
        return value.cast(pl.String)
    if column.kind == "money":
        return value.cast(pl.Decimal(18, 2))
    return value


def told(code: str, facts: Mapping[str, object]) -> str:
    """A code with its facts as a cell keeps it; worded in the language that is written."""
    return json.dumps([code, {key: [isinstance(fact, Word), _plain(fact)] for key, fact in facts.items()}])


def kept_entry(kind: str, facts: Mapping[str, object]) -> str:
    """A step of the history as a cell keeps it; worded in the language that is written."""
    return json.dumps([kind, facts], ensure_ascii=False)


def _entry(kept: str, lang: str) -> str:
    kind, facts = json.loads(kept)
    return texts.entry(kind, facts, lang)


def _plain(fact: object) -> object:
    if isinstance(fact, tuple):
        return [{"word": one} if isinstance(one, Word) else one for one in fact]
    return fact if isinstance(fact, int) else str(fact)


def _message(said: str, lang: str) -> str:
    code, facts = json.loads(said)
    held = {
        key: Word(fact) if is_word else tuple(map(_part, fact)) if isinstance(fact, list) else fact
        for key, (is_word, fact) in facts.items()
        # The words of a code never repeat it.
        if key != "code"
    }
    return texts.message(code, lang, **held)


def _part(one: object) -> object:
    return Word(one["word"]) if isinstance(one, dict) else one


def _named(names: str, lang: str) -> str:
    words = texts.catalogue("vocabulary")
    return _AND[lang].join(words[name][lang] if name in words else name for name in names.splitlines())
