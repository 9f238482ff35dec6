"""The tables that accounting programs take vouchers as: which columns, in which order, with which header.

Each says how far its columns are known. ``described``: third parties describe them in public, nobody here has tried the
program. ``assumed``: put together from the program's voucher fields, no description of the table was found. In both
cases the columns can be changed, and the screen and the README say so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain import texts
from chainbrain.errors import UserError
from chainbrain.masking import masked
from chainbrain.vouchers.journal import Voucher, VoucherLine
from chainbrain.vouchers.postings import ZERO

Cell = str | int | Decimal | date | None


@dataclass(frozen=True)
class Layout:
    """One table: its columns as (header, what stands in them: a key of ``FIELDS``, or ``=text`` for a fixed text)."""

    key: str
    known: str
    columns: tuple[tuple[str, str], ...]
    own: bool = False


@dataclass(frozen=True)
class Frame:
    """What all lines of an export share."""

    word: str
    maker: str
    lang: str = "zh"
    names: tuple[tuple[str, str], ...] = ()


def summary(voucher: Voucher, line: VoucherLine, frame: Frame) -> str:
    """What a line says it is about (摘要), at most 60 characters: more no program keeps."""
    lang = frame.lang
    channel = texts.word(f"channel.{line.channel}", lang) if line.channel else ""
    # What tells an arrival or a claim apart; merchant numbers and row kinds say nothing to a reader of books.
    detail = masked(line.detail or "") if line.role == "bank" else line.detail if "split" in line.role else ""
    parts = [f"{voucher.day:%Y-%m}", dict(frame.names).get(line.store or "") or line.store or ""]
    parts += [channel, texts.word(f"voucher.{line.fact}", lang), detail or ""]
    return " ".join(part for part in parts if part)[:60]


FIELDS: Final[dict[str, Callable[[Voucher, VoucherLine, Frame], Cell]]] = {
    "date": lambda voucher, _line, _frame: voucher.day,
    "period": lambda voucher, _line, _frame: voucher.day.month,
    "year": lambda voucher, _line, _frame: voucher.day.year,
    "word": lambda _voucher, _line, frame: frame.word,
    "number": lambda voucher, _line, _frame: voucher.number,
    "line": lambda _voucher, line, _frame: line.line,
    "attachments": lambda _voucher, _line, _frame: 0,
    "summary": summary,
    "code": lambda _voucher, line, _frame: line.code,
    "account": lambda _voucher, line, _frame: line.name,
    "debit": lambda _voucher, line, _frame: line.debit,
    "credit": lambda _voucher, line, _frame: line.credit,
    "amount": lambda _voucher, line, _frame: line.debit or line.credit,
    "direction": lambda _voucher, line, _frame: "贷" if line.credit != ZERO else "借",
    "currency": lambda _voucher, _line, _frame: "人民币",
    "currency_code": lambda _voucher, _line, _frame: "RMB",
    "rate": lambda _voucher, _line, _frame: 1,
    "maker": lambda _voucher, _line, frame: frame.maker,
    "store": lambda _voucher, line, _frame: line.store or "",
    "store_name": lambda _voucher, line, frame: dict(frame.names).get(line.store or "", ""),
    "entity": lambda voucher, _line, _frame: voucher.entity or "",
    "empty": lambda _voucher, _line, _frame: None,
}
"""What a column can hold; worded under ``voucher_field.<key>``."""

LAYOUTS: Final = (
    Layout(
        "plain",
        "own",
        (
            ("收款主体", "entity"), ("日期", "date"), ("凭证字", "word"), ("凭证号", "number"), ("分录号", "line"),
            ("摘要", "summary"), ("科目编码", "code"), ("科目名称", "account"), ("借方金额", "debit"),
            ("贷方金额", "credit"), ("门店编号", "store"), ("门店名称", "store_name"),
        ),
    ),
    # The first eight fields of 总账工具 凭证引入; what follows them may be left away when empty.
    Layout(
        "yonyou_u8",
        "described",
        (
            ("制单日期", "date"), ("凭证类别字", "word"), ("业务号", "number"), ("附单据数", "attachments"),
            ("摘要", "summary"), ("科目编码", "code"), ("金额借方", "debit"), ("金额贷方", "credit"),
        ),
    ),
    Layout(
        "yonyou_tplus",
        "assumed",
        (
            ("制单日期", "date"), ("凭证类别", "word"), ("凭证编号", "number"), ("附单据数", "attachments"),
            ("摘要", "summary"), ("科目编码", "code"), ("科目名称", "account"), ("币种", "currency"),
            ("汇率", "rate"), ("借方金额", "debit"), ("贷方金额", "credit"), ("制单人", "maker"),
        ),
    ),
    Layout(
        "kingdee_kis",
        "described",
        (
            ("日期", "date"), ("凭证字", "word"), ("凭证号", "number"), ("附单据数", "attachments"),
            ("摘要", "summary"), ("科目代码", "code"), ("科目名称", "account"), ("借方金额", "debit"),
            ("贷方金额", "credit"), ("币别", "currency_code"), ("汇率", "rate"), ("数量", "empty"), ("单价", "empty"),
            ("制单人", "maker"), ("审核人", "empty"), ("过账人", "empty"),
        ),
    ),
    Layout(
        "kingdee_cloud",
        "assumed",
        (
            ("日期", "date"), ("会计年度", "year"), ("期间", "period"), ("凭证字", "word"), ("凭证号", "number"),
            ("摘要", "summary"), ("科目编码", "code"), ("科目名称", "account"), ("币别", "currency_code"),
            ("汇率", "rate"), ("原币金额", "amount"), ("借方金额", "debit"), ("贷方金额", "credit"),
        ),
    ),
)  # fmt: skip


def rows(layout: Layout, made: Sequence[Voucher], frame: Frame) -> list[list[Cell]]:
    """The header and one row per line."""
    body = [
        [_cell(field, voucher, line, frame) for _, field in layout.columns]
        for voucher in made
        for line in voucher.lines
    ]
    return [[header for header, _ in layout.columns], *body]


def with_columns(layout: Layout, columns: Sequence[Sequence[str]] | None) -> Layout:
    """The layout with the columns people gave it."""
    if columns is None:
        return layout
    return replace(layout, columns=tuple((header, field) for header, field in columns), own=True)


def checked(layout: Layout, columns: Sequence[Sequence[str]]) -> list[list[str]]:
    """Columns as they are kept.

    Raises:
        UserError: ``vouchers.column`` for an empty header or an unknown field, ``vouchers.columns_lack`` when no column
            holds the account or the sums.
    """
    for header, field in columns:
        if not header.strip() or (field not in FIELDS and not field.startswith("=")):
            raise UserError("vouchers.column", header=header, field=field, known=", ".join(FIELDS))
    fields = {field for _, field in columns}
    if "code" not in fields or not ({"debit", "credit"} <= fields or {"amount", "direction"} <= fields):
        raise UserError("vouchers.columns_lack", layout=layout.key)
    return [[header.strip(), field] for header, field in columns]


def _cell(field: str, voucher: Voucher, line: VoucherLine, frame: Frame) -> Cell:
    return field[1:] if field.startswith("=") else FIELDS[field](voucher, line, frame)
