"""Writes plain xlsx workbooks column by column, fast enough for tens of thousands of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import polars as pl

from chainbrain.demo.archive import pack

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass(frozen=True)
class Column:
    """One column: its header, a text expression or the same text for every row; numbers are written as numbers."""

    header: str
    value: pl.Expr | str
    number: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows above the table, the header, the data, rows below."""

    name: str
    columns: Sequence[Column]
    data: pl.DataFrame
    above: Sequence[Sequence[str]] = ()
    below: Sequence[Sequence[str]] = ()

    @property
    def first_row(self) -> int:
        """Row number of the first data row."""
        return len(self.above) + 2


def letters(index: int) -> str:
    """The name of a column, counted from 0: A, B, … Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def _plain_row(number: int, cells: Sequence[str]) -> str:
    texts = (
        f'<c r="{letters(i)}{number}" t="inlineStr"><is><t>{escape(cell, quote=False)}</t></is></c>'
        for i, cell in enumerate(cells)
        if cell
    )
    return f'<row r="{number}">{"".join(texts)}</row>'


def _cell(index: int, column: Column) -> pl.Expr:
    """The XML of one column's cells; an empty text gives no cell."""
    before, after = ("<v>", "</v></c>") if column.number else ("<is><t>", "</t></is></c>")
    kind = "" if column.number else ' t="inlineStr"'
    opening, reference = pl.lit(f'<c r="{letters(index)}'), pl.col("__row")
    if isinstance(column.value, str):
        if not column.value:
            return pl.lit("")
        text = escape(column.value, quote=False)
        return pl.concat_str(opening, reference, pl.lit(f'"{kind}>{before}{text}{after}'))
    value = column.value.fill_null("")
    if not column.number:
        value = value.str.replace_all("&", "&amp;", literal=True).str.replace_all("<", "&lt;", literal=True)
    cell = pl.concat_str(opening, reference, pl.lit(f'"{kind}>{before}'), value, pl.lit(after))
    return pl.when(value == "").then(pl.lit("")).otherwise(cell)


def _sheet_xml(sheet: Sheet) -> bytes:
    rows = [_plain_row(n + 1, cells) for n, cells in enumerate(sheet.above)]
    rows.append(_plain_row(len(sheet.above) + 1, [column.header for column in sheet.columns]))
    numbered = sheet.data.with_columns(__row=(pl.int_range(pl.len()) + sheet.first_row).cast(pl.String))
    cells = [_cell(i, column) for i, column in enumerate(sheet.columns)]
    if sheet.data.height:
        lines = numbered.select(pl.concat_str(pl.lit('<row r="'), "__row", pl.lit('">'), *cells, pl.lit("</row>")))
        rows.extend(lines.to_series().to_list())
    last = sheet.first_row + sheet.data.height
    rows.extend(_plain_row(last + n, cells) for n, cells in enumerate(sheet.below))
    extent = f"A1:{letters(max(len(sheet.columns), 1) - 1)}{last - 1 + len(sheet.below)}"
    body = f'<dimension ref="{extent}"/><sheetData>{"".join(rows)}</sheetData>'
    return f'{_HEAD}<worksheet xmlns="{_MAIN}">{body}</worksheet>'.encode()


def _parts(sheets: Sequence[Sheet]) -> list[tuple[str, str]]:
    """The parts of the package around the sheets: content types, relations, the list of sheets, one style."""
    numbers = range(1, len(sheets) + 1)
    sheet_type, relations = f"{_TYPES}.worksheet+xml", f"{_PACKAGE}/relationships"
    types = "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{sheet_type}"/>' for n in numbers)
    tabs = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in zip(numbers, sheets, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_REL}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    styles_id = f"rId{len(sheets) + 1}"
    return [
        (
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{types}</Types>',
        ),
        (
            "_rels/.rels",
            f'<Relationships xmlns="{relations}">'
            f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        ),
        ("xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{tabs}</sheets></workbook>'),
        (
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{relations}">{links}'
            f'<Relationship Id="{styles_id}" Type="{_REL}/styles" Target="styles.xml"/></Relationships>',
        ),
        (
            "xl/styles.xml",
            f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
            '<fills count="2"><fill><patternFill patternType="none"/></fill>'
            '<fill><patternFill patternType="gray125"/></fill></fills>'
            '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
        ),
    ]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The bytes of a workbook with these sheets."""
    members = [(name, (_HEAD + text).encode()) for name, text in _parts(sheets)]
    members += [(f"xl/worksheets/sheet{n}.xml", _sheet_xml(sheet)) for n, sheet in enumerate(sheets, start=1)]
    return pack(members)
