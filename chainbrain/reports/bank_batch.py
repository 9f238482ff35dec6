"""The payment list as the table that a bank's batch transfer takes: plain header, a row a payment, chosen columns."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from openpyxl import Workbook

from chainbrain import texts
from chainbrain.errors import UserError
from chainbrain.ledger.payment_lines import PaymentLine

COLUMNS: Final = ("number", "holder", "account", "bank", "amount", "purpose", "day", "payee", "code")
"""What a column can hold; words under ``bank_batch.<key>``."""

USUAL: Final = ("number", "holder", "account", "bank", "amount", "purpose", "day")

Column = tuple[str, str]
"""The header of a column and what it holds."""


def columns_of(text: str | None, lang: str) -> tuple[Column, ...]:
    """Columns from their description, each by its word or key: ``账号=收款账号,金额``; nothing is the usual ones.

    Raises:
        UserError: ``payments.columns``.
    """
    keys = {texts.word(f"bank_batch.{key}", one): key for one in texts.LANGUAGES for key in COLUMNS}
    keys |= {key: key for key in COLUMNS}
    found = []
    for part in (text or ",".join(USUAL)).replace("，", ",").replace("＝", "=").split(","):
        title, _, said = (piece.strip() for piece in part.rpartition("="))
        if said not in keys:
            known = ", ".join(texts.word(f"bank_batch.{key}", lang) for key in COLUMNS)
            raise UserError("payments.columns", value=part.strip(), known=known)
        found.append((title or texts.word(f"bank_batch.{keys[said]}", lang), keys[said]))
    return tuple(found)


def write(
    lines: Sequence[PaymentLine], columns: Sequence[Column], path: Path, suffix: str, lang: str, *, day: date
) -> None:
    """Write payments of a day into ``path``, as a csv or a workbook; every payment has a payee.

    Raises:
        UserError: ``payments.suffix``.
    """
    rows = [[_cell(line, key, number, lang, day) for _, key in columns] for number, line in enumerate(lines, 1)]
    writer = _WRITERS.get(suffix.lower())
    if writer is None:
        raise UserError("payments.suffix", suffix=suffix)
    writer([title for title, _ in columns], rows, [key for _, key in columns], path)


def _cell(line: PaymentLine, key: str, number: int, lang: str, day: date) -> str:
    payee = line.payee
    assert payee is not None
    purpose = texts.message(
        f"payments.purpose_{line.kind}", lang, month=f"{line.month:%Y-%m}", store=line.store, rule=line.rule
    )
    return {
        "number": str(number), "holder": payee.holder, "account": payee.account_no, "bank": payee.bank or "",
        "amount": f"{line.amount:.2f}", "purpose": purpose, "day": day.isoformat(), "payee": line.name,
        "code": payee.credit_code or "",
    }[key]  # fmt: skip


def _csv(header: list[str], rows: list[list[str]], _keys: list[str], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([header, *rows])


def _xlsx(header: list[str], rows: list[list[str]], keys: list[str], path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for place, title in enumerate(header, 1):
        sheet.cell(1, place, title).data_type = "s"
    for number, row in enumerate(rows, 2):
        for place, (text, key) in enumerate(zip(row, keys, strict=True), 1):
            cell = sheet.cell(number, place)
            if key == "amount":
                cell.value, cell.number_format = Decimal(text), "0.00"
            elif key == "day":
                cell.value, cell.number_format = date.fromisoformat(text), "yyyy-mm-dd"
            else:
                # Text, so that no account is rounded and no name runs as a formula.
                cell.value, cell.data_type, cell.number_format = text, "s", "@"
    book.save(path)


_WRITERS: Final[dict[str, Callable[[list[str], list[list[str]], list[str], Path], None]]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
}
