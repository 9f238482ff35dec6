"""What the printed pack of a month's close shows: its head, the rolls, the two-sided bank form, places to sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from chainbrain import texts
from chainbrain.reports.tables import Report, ReportTable

_PRINTED: Final = 40
"""Lists that are longer are the workbook's; the page shows this many rows and says how many there are."""
_WHOLE: Final = {"close_stores", "voucher_sums", "close_bank", "close_proof", "close_ledger"}
_WORKBOOK_ONLY: Final = {"vouchers", "close_files", "close_shifts", "splits", "splits_findings", "splits_moved"}
_HIDDEN: Final = {"opens", "file", "line", "sha256", "due_on", "no", "content_hash"}
_WORDS: Final = {"state": "month_state"}

Printed = Callable[[ReportTable, str, str], dict[str, Any]]


def content(report: Report, lang: str, printed: Printed) -> dict[str, Any]:
    """The data of the template.

    Args:
        report: the pack.
        lang: the language of its words.
        printed: lays one table out.
    """
    head = [
        [texts.word(f"close_head.{key}", lang), texts.word(f"{_WORDS[key]}.{value}", lang) if key in _WORDS else value]
        for key, value in report.head
    ]
    signed = any(key == "signed_by" for key, _ in report.head)
    return {
        "head": head,
        "draft": "" if signed else texts.word("close_page.draft", lang),
        "workbook": texts.word("close_page.workbook", lang),
        "signs": [texts.word(f"close_sign.{key}", lang) for key in ("maker", "checker", "owner", "date")],
        "tables": [_cut(one, lang, printed) for one in report.tables if one.name not in _WORKBOOK_ONLY],
    }


def _cut(table: ReportTable, lang: str, printed: Printed) -> dict[str, Any]:
    columns = tuple(
        column
        for column in table.columns
        if column.key not in _HIDDEN and table.rows[column.key].null_count() < table.rows.height
    )
    totals = tuple(key for key in table.totals if any(column.key == key for column in columns))
    whole = replace(table, columns=columns, totals=totals)
    if table.name in _WHOLE or table.rows.height <= _PRINTED:
        return printed(whole, "", lang)
    shown = printed(replace(whole, rows=table.rows.head(_PRINTED)), "", lang)
    # The total is that of all rows, not of those that are printed.
    summed = replace(whole, rows=table.rows.clear(), totals=(), ratios=tuple(whole.total().items()))
    shown["total"] = printed(summed, "", lang)["total"]
    shown["left_out"] = texts.message(
        "report.rows_left_out", lang, shown=f"{_PRINTED:,}", rows=f"{table.rows.height:,}"
    )
    return shown
