"""A report as PDF: typeset from a template with the shipped fonts, numbered pages, the header on each of them."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import typst

from chainbrain import texts
from chainbrain.reports import board_page, close_page, letters, store_page, weekly_page
from chainbrain.reports.printed import cell
from chainbrain.reports.tables import NUMBERS, Report, ReportTable
from chainbrain.resources import resource

# A printed list longer than this is nobody's reading; the page says how many rows the workbook would show.
ROWS_PRINTED: Final = 2_000
# The figures that a statement tells one below the other, and those that stand out.
SUMMED: Final = frozenset(
    f"ledger_{key}"
    for key in (
        "opening", "collected", "split", "royalty", "purchases", "advances", "penalties", "other", "paid", "closing",
        "payable", "receivable", "other_side", "gap",
    )
)  # fmt: skip
STRONG: Final = frozenset({"ledger_opening", "ledger_closing"})


def write(report: Report, path: Path, lang: str) -> None:
    """Write all tables; of long ones the first ``ROWS_PRINTED`` rows, and a line that says so."""
    content: dict[str, Any] = {
        "lang": lang,
        "title": report.title(lang),
        "notes": report.notes(lang),
        "page": texts.word("report_note.page", lang),
        "empty": texts.word("report_note.empty", lang),
    }
    if report.layout in letters.ADDRESS:
        content["letters"] = [_letter(*letter, report.layout, lang) for letter in letters.of(report)]
    elif report.layout == "close":
        content |= close_page.content(report, lang, _table)
    elif report.layout == "weekly":
        content |= weekly_page.content(report, lang)
    elif report.layout == "board":
        content |= board_page.content(report, lang, _table)
    elif report.layout == "store":
        content |= store_page.content(report, lang)
    else:
        content["tables"] = [_table(table, report.title(lang), lang) for table in report.tables]
    template = f"{report.layout}.typ"
    # The typesetter reads files below its root only, so template and data are laid side by side.
    with tempfile.TemporaryDirectory(prefix="chainbrain-report-") as folder:
        root = Path(folder)
        for name in (template, "page.typ"):
            shutil.copyfile(resource("reports", name), root / name)
        (root / "data.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        typst.compile(
            str(root / template),
            output=str(path),
            format="pdf",
            root=str(root),
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(resource("fonts"))]),
        )


def _letter(head: ReportTable, rows: ReportTable, layout: str, lang: str) -> dict[str, Any]:
    """One letter: its words filled with the figures of its head, these by themselves, and the list it encloses."""
    keys, kinds = [column.key for column in head.columns], [column.kind for column in head.columns]
    facts = {key: cell(value, kind) for key, value, kind in zip(keys, head.worded(lang).row(0), kinds, strict=True)}
    parts = ("to", "number", "subject", "body", "ask", "list", "sender", "signed")
    words = {part: texts.message(f"{layout}.{part}", lang, **facts) for part in parts}
    summary = [
        [column.title(lang), facts[column.key], column.key in STRONG]
        for column in head.columns
        if column.kind == "money" and column.key in SUMMED
    ]
    return {**words, "summary": summary, "table": _table(rows, "", lang)}


def _table(table: ReportTable, title: str, lang: str) -> dict[str, Any]:
    table = replace(table, columns=tuple(column for column in table.columns if column.kind != "key"))
    shown = table.worded(lang).head(ROWS_PRINTED)
    kinds = [column.kind for column in table.columns]
    totals = table.total()
    left_out = table.rows.height - shown.height
    return {
        "title": "" if table.title(lang) == title else table.title(lang),
        "columns": [column.title(lang) for column in table.columns],
        "numbers": [kind in NUMBERS for kind in kinds],
        "rows": [[cell(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in shown.iter_rows()],
        "total": [cell(totals.get(column.key), column.kind) for column in table.columns] if totals else [],
        "total_word": texts.word("report_note.total", lang),
        "empty": texts.word("report_note.empty", lang),
        "left_out": texts.message(
            "report.rows_left_out", lang, shown=f"{shown.height:,}", rows=f"{table.rows.height:,}"
        )
        if left_out
        else "",
    }
