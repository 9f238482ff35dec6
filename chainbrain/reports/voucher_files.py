"""Vouchers as the table that an accounting program takes, and the table of accounts to fill in and read again."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import openpyxl
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from chainbrain import texts
from chainbrain.errors import UserError, Word, system_reason
from chainbrain.reports.files import replacing
from chainbrain.vouchers import layouts
from chainbrain.vouchers.accounts import Account
from chainbrain.vouchers.journal import Voucher
from chainbrain.vouchers.layouts import Cell, Frame, Layout

_ACCOUNT: Final = {
    "role": "用途代码", "what": "用途", "detail": "渠道或账号", "store": "门店编号", "code": "科目编码",
    "name": "科目名称",
}  # fmt: skip
_COLUMN: Final = {"header": "列名", "field": "内容"}
_FORMATS: Final = {".xlsx", ".csv"}


def write_vouchers(path: Path, layout: Layout, made: Sequence[Voucher], frame: Frame) -> int:
    """Write vouchers in a layout; one sheet per legal entity, because each keeps books of its own. Returns the lines.

    Raises:
        UserError: ``vouchers.none``, ``vouchers.which_entity`` for a csv of several, ``report.unknown_format``,
            ``report.no_folder`` or ``report.not_written``.
    """
    entities = list(dict.fromkeys(one.entity for one in made))
    if not made:
        raise UserError("vouchers.none")
    if path.suffix.lower() == ".csv" and len(entities) > 1:
        names = ", ".join(entity or "-" for entity in entities)
        raise UserError("vouchers.which_entity", entities=names)
    untold = texts.word("voucher_entity.untold", frame.lang)
    alone = layout.sheet if len(entities) == 1 else None
    sheets = [
        (alone or entity or untold, layouts.rows(layout, [one for one in made if one.entity == entity], frame))
        for entity in entities
    ]
    _write(path, sheets, header=2 if layout.above else 1)
    return sum(len(one.lines) for one in made)


def write_accounts(path: Path, accounts: Iterable[Account], lang: str) -> int:
    """Write the table of accounts to fill in. Returns its rows."""
    header: list[Cell] = [name if lang == "zh" else key for key, name in _ACCOUNT.items()]
    rows: list[list[Cell]] = [
        [one.role, texts.word(f"account_role.{one.role}", lang), one.detail, one.store, one.code, one.name]
        for one in accounts
    ]
    _write(path, [(texts.word("report.voucher-accounts", lang), [header, *rows])])
    return len(rows)


def read_accounts(path: Path, standing: Iterable[Account]) -> tuple[Account, ...]:
    """The rows of a filled-in table that say something else than what stands.

    Raises:
        UserError: ``vouchers.unreadable`` or ``vouchers.lacks_column``.
    """
    held = {one.key: one for one in standing}
    found = []
    for row in _read(path, _ACCOUNT, ("role", "code")):
        one = Account(
            row["role"], row["detail"] or None, row["store"] or None, row["code"] or None, row["name"] or None
        )
        before = held.get(one.key)
        if before is None or (before.code, before.name) != (one.code, one.name):
            found.append(one)
    return tuple(found)


def read_columns(path: Path) -> list[list[str]]:
    """The columns of a layout from a table of headers and what stands below them.

    Raises:
        UserError: ``vouchers.unreadable`` or ``vouchers.lacks_column``.
    """
    return [[row["header"], row["field"]] for row in _read(path, _COLUMN, ("header", "field")) if row["header"]]


def _write(path: Path, sheets: Sequence[tuple[str, list[list[Cell]]]], header: int = 1) -> None:
    suffix = path.suffix.lower()
    if suffix not in _FORMATS:
        raise UserError("report.unknown_format", path=str(path), suffix=path.suffix, known=", ".join(sorted(_FORMATS)))
    with replacing(path) as temporary:
        if suffix == ".csv":
            with temporary.open("w", encoding="utf-8-sig", newline="") as stream:
                csv.writer(stream).writerows([_plain(cell) for cell in row] for row in sheets[0][1])
            return
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets:
            sheet = book.create_sheet("".join(letter for letter in title if letter not in r"[]:*?/\\")[:31])
            for number, row in enumerate(rows, 1):
                for place, value in enumerate(row, 1):
                    cell = sheet.cell(number, place, value)
                    if isinstance(value, str):
                        # An account number is text, and no text is ever run as a formula.
                        cell.data_type = "s"
                        cell.number_format = "@"
                    elif isinstance(value, Decimal):
                        cell.number_format = "0.00"
                    elif isinstance(value, date):
                        cell.number_format = "yyyy-mm-dd"
                    if number <= header:
                        cell.font = Font(bold=True)
            sheet.freeze_panes = f"A{header + 1}"
            for place, cells in enumerate(zip(*rows, strict=True), 1):
                widest = max(len(str(cell).encode("gb18030")) for cell in cells if cell is not None)
                letter = get_column_letter(place)
                sheet.column_dimensions[letter].width = min(48, max(8, widest + 2))
        book.save(temporary)


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _read(path: Path, names: dict[str, str], needed: Sequence[str]) -> list[dict[str, str]]:
    try:
        rows = _sheet(path) if path.suffix.lower() == ".xlsx" else _text(path)
    except OSError as cause:
        raise UserError("vouchers.unreadable", path=str(path), reason=system_reason(cause)) from cause
    except (UnicodeDecodeError, csv.Error, ValueError, KeyError) as cause:
        raise UserError("vouchers.unreadable", path=str(path), reason=Word("system.not_utf8_csv")) from cause
    header = rows[0] if rows else []
    places = {key: header.index(one) for key, name in names.items() for one in (name, key) if one in header}
    if lacking := [names[key] for key in needed if key not in places]:
        raise UserError("vouchers.lacks_column", path=str(path), columns=tuple(lacking))
    return [
        {key: row[places[key]].strip() if key in places and places[key] < len(row) else "" for key in names}
        for row in rows[1:]
        if any(cell.strip() for cell in row)
    ]


def _text(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def _sheet(path: Path) -> list[list[str]]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        return [["" if cell is None else str(cell) for cell in row] for row in rows]
    finally:
        book.close()
