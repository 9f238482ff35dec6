"""The tables that accounting programs take vouchers as: which columns, in which order, with which header.

Each says how far its columns are known. ``described``: third parties describe them in public, nobody here has tried the
program. ``to_fill``: the same, and what only the user's own installation knows is left empty. ``assumed``: put together
from the program's voucher fields, no description of the table was found. In all cases the columns can be changed, and
the screen and the README say so.
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
FIRST: Final = "first:"
_EVERY_LINE: Final = {"code", "debit", "credit", "amount", "direction"}


@dataclass(frozen=True)
class Layout:
    """One table: its columns as (header, what stands in them: a key of ``FIELDS``, or ``=text`` for a fixed text).

    After ``first:`` it stands on the first line of each voucher alone. ``above`` is what stands over the headers,
    ``sheet`` how the program wants the sheet of one legal entity to be called.
    """

    key: str
    known: str
    columns: tuple[tuple[str, str], ...]
    own: bool = False
    above: tuple[str, ...] = ()
    sheet: str | None = None


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
    claim = line.fact.startswith("due") and "split" in line.role
    detail = masked(line.detail or "") if line.role == "bank" else line.detail if claim else ""
    fact = "split_return" if (line.fact, line.detail) == ("wallet_split", "split_return") else line.fact
    parts = [f"{voucher.day:%Y-%m}", dict(frame.names).get(line.store or "") or line.store or ""]
    parts += [channel, texts.word(f"voucher.{fact}", lang), detail or ""]
    return " ".join(part for part in parts if part)[:60]


FIELDS: Final[dict[str, Callable[[Voucher, VoucherLine, Frame], Cell]]] = {
    "date": lambda voucher, _line, _frame: voucher.day,
    "period": lambda voucher, _line, _frame: voucher.day.month,
    "year": lambda voucher, _line, _frame: voucher.day.year,
    "word": lambda _voucher, _line, frame: frame.word,
    "word_code": lambda _voucher, _line, frame: "PRE001" if frame.word == "记" else None,
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
    # 凭证引入: public programs that write this table agree on fields and headers. The codes of 记, 人民币 and 固定汇率
    # are those that the program comes with; those of books and organisations only the installation knows.
    Layout(
        "kingdee_cloud",
        "to_fill",
        (
            ("*单据头(序号)", "first:number"), ("*(单据头)账簿#编码", "empty"), ("(单据头)账簿#名称", "empty"),
            ("*(单据头)日期", "first:date"), ("(单据头)业务日期", "first:date"), ("(单据头)会计年度", "first:year"),
            ("(单据头)期间", "first:period"), ("*(单据头)凭证字#编码", "first:word_code"),
            ("(单据头)凭证字#名称", "first:word"), ("*(单据头)凭证号", "first:number"),
            ("(单据头)附件数", "first:attachments"), ("*(单据头)核算组织#编码", "empty"), ("间隔列", "empty"),
            ("*分录(序号)", "line"), ("(分录)摘要", "summary"), ("*(分录)科目编码#编码", "code"),
            ("(分录)科目编码#名称", "account"), ("*(分录)币别#编码", "=PRE001"),
            ("*(分录)汇率类型#编码", "=HLTX01_SYS"), ("(分录)汇率", "rate"), ("(分录)原币金额", "amount"),
            ("(分录)借方金额", "debit"), ("(分录)贷方金额", "credit"),
        ),
        above=(
            "FBillHead(GL_VOUCHER)", "FAccountBookID", "FAccountBookID#Name", "FDate", "FBUSDATE", "FYEAR", "FPERIOD",
            "FVOUCHERGROUPID", "FVOUCHERGROUPID#Name", "FVOUCHERGROUPNO", "FATTACHMENTS", "FACCBOOKORGID", "*Split*1",
            "FEntity", "FEXPLANATION", "FACCOUNTID", "FACCOUNTID#Name", "FCURRENCYID", "FEXCHANGERATETYPE",
            "FEXCHANGERATE", "FAMOUNTFOR", "FDEBIT", "FCREDIT",
        ),
        sheet="凭证#单据头(FBillHead)",
    ),
)  # fmt: skip


def rows(layout: Layout, made: Sequence[Voucher], frame: Frame) -> list[list[Cell]]:
    """The header, with what stands above it, and one row per line."""
    body = [
        [_cell(field, voucher, line, frame) for _, field in layout.columns]
        for voucher in made
        for line in voucher.lines
    ]
    above: list[list[Cell]] = [list(layout.above)] if layout.above else []
    return [*above, [header for header, _ in layout.columns], *body]


def with_columns(layout: Layout, columns: Sequence[Sequence[str]] | None) -> Layout:
    """The layout with the columns people gave it."""
    if columns is None:
        return layout
    changed = tuple((header, field) for header, field in columns)
    # What stands above belongs to its headers: it stays as long as all of them are there.
    same = [header for header, _ in changed] == [header for header, _ in layout.columns]
    return replace(layout, columns=changed, own=True, above=layout.above if same else ())


def checked(layout: Layout, columns: Sequence[Sequence[str]]) -> list[list[str]]:
    """Columns as they are kept.

    Raises:
        UserError: ``vouchers.column`` for an empty header or an unknown field, ``vouchers.column_first`` for an account
            or a sum on the first line alone, ``vouchers.columns_lack`` when no column holds the account or the sums.
    """
    for header, field in columns:
        inner = field.removeprefix(FIRST)
        if not header.strip() or (inner not in FIELDS and not inner.startswith("=")):
            raise UserError("vouchers.column", header=header, field=field, known=", ".join(FIELDS))
        if inner != field and inner in _EVERY_LINE:
            raise UserError("vouchers.column_first", header=header, field=field)
    fields = {field for _, field in columns}
    if "code" not in fields or not ({"debit", "credit"} <= fields or {"amount", "direction"} <= fields):
        raise UserError("vouchers.columns_lack", layout=layout.key)
    return [[header.strip(), field] for header, field in columns]


def _cell(field: str, voucher: Voucher, line: VoucherLine, frame: Frame) -> Cell:
    if field.startswith(FIRST):
        return _cell(field.removeprefix(FIRST), voucher, line, frame) if line is voucher.lines[0] else None
    return field[1:] if field.startswith("=") else FIELDS[field](voucher, line, frame)
