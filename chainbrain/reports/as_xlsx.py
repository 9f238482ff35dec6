"""A report as a styled workbook: title, period, filters, frozen header, real numbers and dates, a total row.

openpyxl lays out each sheet with one row of every style; the rows themselves are written as text columns straight into
the sheet, which is an order of magnitude faster and lets a list of a million rows through. Text goes in as inline
strings, which Excel never runs as a formula, whatever it begins with.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import polars as pl
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from chainbrain import texts
from chainbrain.reports.formula_values import with_values
from chainbrain.reports.live_chain_sheet import ChainSheets
from chainbrain.reports.tables import NUMBERS, Report, ReportColumn, ReportTable
from chainbrain.reports.xlsx_widths import as_shown, cells_wide

ROWS_A_SHEET: Final = 1_000_000
_CHUNK: Final = 50_000
_FONT: Final = "Microsoft YaHei"
_FORMATS: Final = {
    "money": "#,##0.00",
    "count": "#,##0",
    "line": "0",
    "percent": "0.00%",
    "date": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm:ss",
    "id": "@",
    "account": "@",
}
# XML 1.0 has no words for these; a till may print them all the same.
_UNPRINTABLE: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
_LONGEST_CELL: Final = 32_767
_LINK: Final = "3F4CC0"
# A sheet may hold 65,530 links; so many lines are clicked by nobody.
_LINKED: Final = 5_000


def write(report: Report, path: Path, lang: str) -> None:
    """Write all tables, each on its own sheet, long ones on several."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "ChainBrain"
    book.properties.title = report.title(lang)
    sheets = [
        _Sheet(book, report, table, part, lang)
        for table in report.tables
        for part in (range(0, max(table.rows.height, 1), ROWS_A_SHEET))
    ]
    _link(sheets)
    live = ChainSheets(book, lang)
    for number, case in enumerate(report.live, start=1):
        live.add(case, number, several=len(report.live) > 1)
    if report.live_chain is not None:
        live.add_chain(report.live_chain, report.live)
    formulas = {f"xl/worksheets/sheet{number}.xml": one.title for number, one in enumerate(book.worksheets, start=1)}
    skeleton = BytesIO()
    book.save(skeleton)
    with (
        zipfile.ZipFile(skeleton) as laid_out,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as out,
    ):
        bodies = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, start=1)}
        for item in laid_out.infolist():
            content = laid_out.read(item)
            if formulas.get(item.filename) in live.values:
                content = with_values(content.decode("utf-8"), live.values[formulas[item.filename]]).encode("utf-8")
            if item.filename not in bodies:
                out.writestr(item.filename, content)
                continue
            with out.open(item.filename, "w") as target:
                for piece in bodies[item.filename].filled(content.decode("utf-8")):
                    target.write(piece.encode("utf-8"))


def _to(sheet: str, row: int) -> Hyperlink:
    quoted = sheet.replace("'", "''")
    return Hyperlink(ref="", location=f"'{quoted}'!A{row}")


def _link(sheets: Sequence[_Sheet]) -> None:
    """Let the cells of linked columns lead to the rows that are meant."""
    firsts = {sheet.table.name: sheet for sheet in reversed(sheets)}
    for sheet in sheets:
        for link in sheet.table.links:
            keys = [key for key, _ in link.by]
            lines: dict[tuple[object, ...], int] = {}
            if link.by and link.table in firsts:
                there = firsts[link.table].table.rows.select(key for _, key in link.by)
                for number, values in enumerate(there.iter_rows()):
                    lines.setdefault(values, number)
            for number, row in enumerate(sheet.table.rows.slice(sheet.start, _LINKED).iter_rows(named=True)):
                target = firsts.get(link.table or str(row[link.column]))
                place = lines.get(tuple(row[key] for key in keys)) if keys else None
                if target is not None and row[link.column] is not None and (place is not None or not keys):
                    sheet.lead(number, link.column, target, place)


class _Sheet:
    """One sheet: laid out first with a row of each style, filled with the rows afterwards."""

    def __init__(self, book: Workbook, report: Report, table: ReportTable, start: int, lang: str) -> None:
        self.table, self.start = table, start
        self._rows = table.worded(lang).slice(start, ROWS_A_SHEET)
        # The total stands once, under the last part of a divided table.
        self._totals = table.total() if start + ROWS_A_SHEET >= table.rows.height else {}
        self._total_word = texts.word("report_note.total", lang)
        self._whole = book.worksheets[0].title if book.worksheets else ""
        self.sheet = book.create_sheet(_sheet_name(book, table.title(lang)))
        self._lay_out(self.sheet, report, lang)

    @property
    def first(self) -> int:
        """The row of its first line."""
        return self._first

    def lead(self, line: int, column: str, to: _Sheet, there: int | None) -> None:
        """Let a cell lead to a line of another sheet, or to its head."""
        place = next(number for number, one in enumerate(self.table.columns, 1) if one.key == column)
        cell = self.sheet.cell(self._first + line, place)
        cell.hyperlink = _to(to.sheet.title, 1 if there is None else to.first + there)

    def _lay_out(self, sheet: Worksheet, report: Report, lang: str) -> None:
        columns = self.table.columns
        title = sheet.cell(1, 1, report.title(lang))
        title.font = Font(name=_FONT, size=14, bold=True)
        name = self.table.title(lang)
        notes = [*([] if name == report.title(lang) else [name]), *report.notes(lang)]
        for row, note in enumerate(notes, start=2):
            cell = sheet.cell(row, 1, note)
            cell.data_type = "s"
            cell.font = Font(name=_FONT, size=9, color="5F687B")
        if self.table is not report.tables[0] and any(one.links for one in report.tables):
            whole = self._whole
            back = sheet.cell(len(notes) + 2, 1, f"← {whole}")
            back.hyperlink = _to(whole, 1)
            back.font = Font(name=_FONT, size=9, color=_LINK, underline="single")
            notes.append("")
        self._header = len(notes) + 3
        self._first = self._header + 1
        for place, column in enumerate(columns, start=1):
            head = sheet.cell(self._header, place, column.title(lang))
            head.font = Font(name=_FONT, size=10, bold=True)
            head.fill = PatternFill("solid", start_color="EDEFF3")
            head.border = Border(bottom=Side("thin", color="CDD2DB"))
            head.alignment = Alignment(horizontal="right" if column.kind in NUMBERS else "left", vertical="center")
            for offset, bold in ((0, False), (1, True)):
                sample = sheet.cell(self._first + offset, place)
                linked = not bold and any(link.column == column.key for link in self.table.links)
                sample.font = (
                    Font(name=_FONT, size=10, color=_LINK, underline="single")
                    if linked
                    else Font(name=_FONT, size=10, bold=bold)
                )
                sample.number_format = _FORMATS.get(column.kind, "General")
                if bold:
                    sample.border = Border(top=Side("thin", color="838C9C"))
            sheet.column_dimensions[get_column_letter(place)].width = self._width(column, lang)
        last = get_column_letter(len(columns))
        sheet.freeze_panes = f"A{self._first}"
        sheet.auto_filter.ref = f"A{self._header}:{last}{max(self._header + self._rows.height, self._first)}"
        # Ids are for the table of decisions: nobody reads them on paper.
        printed = max((place for place, column in enumerate(columns, start=1) if column.kind != "key"), default=1)
        if printed < len(columns):
            sheet.print_area = f"A1:{get_column_letter(printed)}{self._first + self._rows.height}"
        sheet.print_title_rows = f"{self._header}:{self._header}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.HeaderFooter.oddFooter = HeaderFooterItem(right=_HeaderFooterPart("&P / &N"))

    def _width(self, column: ReportColumn, lang: str) -> float:
        seen = self._rows[column.key].head(500)
        texts = [column.title(lang), *(as_shown(value, column.kind) for value in seen.drop_nulls().to_list())]
        texts += [as_shown(self._totals[column.key], column.kind)] if column.key in self._totals else []
        return min(48.0, max(8.0, max(map(cells_wide, texts)) * 1.1 + 2))

    def filled(self, laid_out: str) -> Iterator[str]:
        """The sheet's XML with the sample rows replaced by the real ones."""
        columns = self.table.columns
        styles = re.findall(rf'<c r="[A-Z]+{self._first}" s="(\d+)"', laid_out)
        total_styles = re.findall(rf'<c r="[A-Z]+{self._first + 1}" s="(\d+)"', laid_out)
        head, _, rest = laid_out.partition(f'<row r="{self._first}"')
        tail = rest[rest.index("</sheetData>") :]
        last = self._first + self._rows.height - (0 if self._totals else 1)
        yield re.sub(
            r'<dimension ref="[^"]*"', f'<dimension ref="A1:{get_column_letter(len(columns))}{last}"', head, count=1
        )
        written = self._first
        for chunk in self._rows.iter_slices(_CHUNK):
            yield _rows_xml(chunk, columns, styles, written)
            written += chunk.height
        if self._totals:
            yield self._total_row(written, total_styles)
        yield tail

    def _total_row(self, number: int, styles: Sequence[str]) -> str:
        cells = []
        for place, (column, style) in enumerate(zip(self.table.columns, styles, strict=True), start=1):
            reference = f'<c r="{get_column_letter(place)}{number}" s="{style}"'
            if column.key in self._totals:
                cells.append(f"{reference}><v>{self._totals[column.key]}</v></c>")
            elif place == 1:
                cells.append(f'{reference} t="inlineStr"><is><t>{escape(self._total_word)}</t></is></c>')
            else:
                cells.append(f"{reference}/>")
        return f'<row r="{number}">{"".join(cells)}</row>'


def _rows_xml(rows: pl.DataFrame, columns: Sequence[ReportColumn], styles: Sequence[str], first: int) -> str:
    number = pl.int_range(first, first + pl.len()).cast(pl.String)
    cells = [
        _cell_xml(column, style, get_column_letter(place), number)
        for place, (column, style) in enumerate(zip(columns, styles, strict=True), start=1)
    ]
    row = pl.concat_str(pl.lit('<row r="'), number, pl.lit('">'), *cells, pl.lit("</row>"))
    return "".join(rows.select(row.alias("xml"))["xml"].to_list())


def _cell_xml(column: ReportColumn, style: str, letter: str, number: pl.Expr) -> pl.Expr:
    start = pl.concat_str(pl.lit(f'<c r="{letter}'), number, pl.lit(f'" s="{style}"'))
    value = pl.col(column.key)
    if column.kind in NUMBERS:
        content = pl.concat_str(pl.lit("><v>"), value.cast(pl.String), pl.lit("</v></c>"))
    elif column.kind == "date":
        serial = (value - date(1899, 12, 30)).dt.total_days()
        content = pl.concat_str(pl.lit("><v>"), serial.cast(pl.String), pl.lit("</v></c>"))
    elif column.kind == "moment":
        serial = (value - datetime(1899, 12, 30)).dt.total_microseconds() / 86_400_000_000
        content = pl.concat_str(pl.lit("><v>"), serial.cast(pl.String), pl.lit("</v></c>"))
    else:
        text = value.str.replace_all(_UNPRINTABLE, "").str.slice(0, _LONGEST_CELL)
        for mark, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
            text = text.str.replace_all(mark, entity, literal=True)
        content = pl.concat_str(pl.lit(' t="inlineStr"><is><t xml:space="preserve">'), text, pl.lit("</t></is></c>"))
    return pl.concat_str(start, content.fill_null("/>"))


def _sheet_name(book: Workbook, title: str) -> str:
    plain = re.sub(r"[\[\]:*?/\\]", " ", title)[:28]
    taken = {sheet.title for sheet in book.worksheets}
    names = [plain, *(f"{plain} {number}" for number in range(2, 100))]
    return next(name for name in names if name not in taken)
