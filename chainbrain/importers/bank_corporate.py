"""Corporate bank statements in all known layouts: one line per movement, proven by the running balance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers import balance, parse
from chainbrain.importers import bank_layouts as parts
from chainbrain.importers.base import Context, Harvest, Importer, Sheet, decimal_sum
from chainbrain.importers.chain_tables import account_number
from chainbrain.importers.layout import Layout
from chainbrain.importers.table import Cells, Table

_INCOMING: Final = ("贷", "C", "来账", "收", "2")
_OUTGOING: Final = ("借", "D", "往账", "付", "1")
# First cells of lines that are no movements: sums, hints, who printed it.
_FOOTER: Final = (
    r"^(?:合计|总计|小计|汇总|本页|共计|共\d|总收入|总支出|总笔数|借方(?:合计|笔数|总)|贷方(?:合计|笔数|总)|收入(?:合计|总)|支出(?:合计|总)"
    r"|打印|注[:：]|备注[:：]|说明|温馨提示|提示|以上|期末|期初|--|\*\*)"
)
_ACCOUNT_LABEL: Final = re.compile(r"账户?号|帐户?号|卡号|account\s*number", re.IGNORECASE)
_ACCOUNT_NUMBER: Final = re.compile(r"(?<![\d.])(\d(?:[ \-]?\d){8,31})(?![\d.])")
_STATED: Final = re.compile(
    r"(?:汇总|合计|总)(收入|支出|贷方|借方)(?:金额|发生额)?(?:合计)?\s*[:：,]?\s*(-?[\d,]+\.\d{1,2})"
)


class BankCorporate(Importer):
    """The layout says which columns there are; their parts follow from the names."""

    format = "bank-corporate"
    layouts: ClassVar[tuple[Layout, ...]] = parts.LAYOUTS

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One bank line per row; money in is positive."""
        harvest = Harvest(layout=sheets[0].layout.id)
        for sheet in sheets:
            self._read_sheet(harvest, sheet, context)
        accounts = {
            account
            for frame in harvest.frames.get("bank_lines", [])
            for account in frame["bank_account"].unique().to_list()
        }
        harvest.account_no = accounts.pop() if len(accounts) == 1 else None
        return harvest

    def _read_sheet(self, harvest: Harvest, sheet: Sheet, context: Context) -> None:
        table, footer = _without_footer(sheet.table)
        cells = Cells(table, sheet.layout.columns)
        amount = _amounts(cells)
        left = cells.yuan(_one(cells, parts.BALANCE))
        moment = _moments(cells)
        account = _own_account(cells, harvest, context)
        incoming = (amount > 0).fill_null(value=False)
        frame = harvest.take(
            "bank_lines",
            cells,
            {
                "bank_account": account,
                "posted_at": moment,
                "amount": amount,
                "balance": left,
                "counterparty": _counterpart(cells, parts.NAME, "名称", incoming),
                "counterparty_account": account_number(_counterpart(cells, parts.NUMBER, "账号", incoming)),
                "memo": _memo(cells),
                "external_id": cells.identifier(_one(cells, parts.LINE_ID)),
            },
        )
        balance.check(harvest, cells, _one(cells, parts.BALANCE), amount, left, account=account.fill_null(""))
        _footer_totals(harvest, footer, amount)
        harvest.span(frame["posted_at"])
        days = frame["posted_at"].dt.date()
        spans = pl.DataFrame({"account": frame["bank_account"], "day": days}).group_by("account", maintain_order=True)
        for number, first, last in spans.agg(
            pl.col("day").min().alias("a"), pl.col("day").max().alias("b")
        ).iter_rows():
            harvest.cover("bank", None, number, first, last)


def _one(cells: Cells, names: Sequence[str]) -> str:
    """The synonym that this statement uses; the first one when it has none, which then reads as empty."""
    return next((name for name in names if cells.table.has(name)), names[0])


def _without_footer(table: Table) -> tuple[Table, pl.DataFrame]:
    names = [name for name in table.frame.columns if not name.startswith("__")]
    plain = [parse.clean(pl.col(name)) for name in names]
    first = pl.coalesce(pl.when(pl.col(name).str.strip_chars() == "--").then(pl.lit("--")).otherwise(cell)
                        for name, cell in zip(names, plain, strict=True))  # fmt: skip
    return table.split_off(first.str.contains(_FOOTER))


def _amounts(cells: Cells) -> pl.Series:
    """Signed amounts: two columns, or one with a flag, or one with its own sign and a word for the direction."""
    out, into = _one(cells, parts.OUT), _one(cells, parts.IN)
    if cells.table.has(out, into):
        paid, received = cells.yuan(out), cells.yuan(into)
        cells.fault(into, "missing", cells.text(out).is_null() & cells.text(into).is_null())
        return received.fill_null(Decimal(0)) - paid.fill_null(Decimal(0))
    size = cells.yuan(_one(cells, parts.SIGNED), required=True)
    flag_name = _one(cells, (*parts.FLAG, "交易类型"))
    flag = cells.text(flag_name, required=True).str.normalize("NFKC").str.to_uppercase()
    incoming, outgoing = _starts(flag, _INCOMING), _starts(flag, _OUTGOING)
    cells.fault(flag_name, "word", flag.is_not_null() & ~incoming & ~outgoing)
    if flag_name in parts.FLAG:
        # A negative amount beside a flag is a reversal on that side.
        return size.zip_with(incoming, -size)
    return size.abs().zip_with(incoming, -size.abs())


def _starts(text: pl.Series, words: Sequence[str]) -> pl.Series:
    found = pl.repeat(False, text.len(), dtype=pl.Boolean, eager=True)
    for word in words:
        found = found | text.str.starts_with(word).fill_null(value=False)
    return found


def _moments(cells: Cells) -> pl.Series:
    """Day and time of day, from one column or two; some banks print the whole moment as 交易时间."""
    clock_name, day_name = _one(cells, parts.CLOCK), _one(cells, parts.DAY)
    clock_text = cells.text(clock_name)
    whole = parse.moments(clock_text)
    days = parse.days(cells.text(day_name))
    clock = parse.clocks(_compact(clock_text.zip_with(whole.is_null(), cells.nothing(pl.String))))
    joined = pl.select(
        days.cast(pl.Datetime("us")) + clock.cast(pl.Duration("us")).fill_null(pl.duration(microseconds=0))
    ).to_series()
    found = whole.zip_with(whole.is_not_null(), joined)
    where = day_name if cells.table.has(day_name) else clock_name
    cells.fault(where, "moment", found.is_null())
    cells.fault(clock_name, "clock", clock_text.is_not_null() & whole.is_null() & clock.is_null())
    return found


def _compact(text: pl.Series) -> pl.Series:
    """``170709`` and ``9.05.01`` as ``17:07:09`` and ``9:05:01``."""
    digits = text.str.replace(r"^(\d{2})(\d{2})(\d{2})$", "${1}:${2}:${3}")
    return digits.str.replace(r"^(\d{1,2})\.(\d{2})\.(\d{2})(?:\.\d+)?$", "${1}:${2}:${3}")


def _own_account(cells: Cells, harvest: Harvest, context: Context) -> pl.Series:
    """The statement's own account: a column, or a line above the table, or the file's name."""
    own = _one(cells, parts.OWN)
    column = account_number(cells.identifier(own)) if cells.table.has(own) else cells.nothing(pl.String)
    stated = _account_above(cells.table) or _account_in_name(context.name)
    if stated is None and bool(column.is_null().all()) and cells.height:
        # Two statements of one bank without a number are taken for the same account; the reading says so.
        harvest.facts["account"] = "missing"
        stated = harvest.layout or "bank"
    return (
        column.fill_null(stated)
        if stated is not None
        else column.fill_null(strategy="forward").fill_null(strategy="backward")
    )


def _account_above(table: Table) -> str | None:
    for row in table.preamble:
        for number, cell in enumerate(row):
            if not _ACCOUNT_LABEL.search(cell):
                continue
            behind = " ".join([cell, *row[number + 1 :][:2]])
            found = _ACCOUNT_NUMBER.search(behind)
            if found:
                return re.sub(r"[ \-]", "", found[1])
    return None


def _account_in_name(name: str) -> str | None:
    # A run of digits as long as an account, not a date or a moment.
    found = re.search(r"(?<!\d)(\d{15,25})(?!\d)", name)
    return found[1] if found else None


def _counterpart(cells: Cells, names: Sequence[str], suffix: str, incoming: pl.Series) -> pl.Series:
    if cells.table.has(f"付款人{suffix}", f"收款人{suffix}"):
        # 来账 came from the payer, 往账 went to the payee.
        return cells.text(f"付款人{suffix}").zip_with(incoming, cells.text(f"收款人{suffix}"))
    return cells.text(_one(cells, names))


def _memo(cells: Cells) -> pl.Series:
    """All remarks that are there, each once, in the order of their columns' weight."""
    there = [cells.text(name) for name in parts.MEMO if cells.table.has(name)]
    if not there:
        return cells.nothing(pl.String)
    frame = pl.DataFrame([column.alias(f"m{number}") for number, column in enumerate(there)])
    joined = pl.concat_list(pl.all()).list.drop_nulls().list.unique(maintain_order=True).list.join(" ")
    return frame.select(pl.when(joined != "").then(joined)).to_series()


def _footer_totals(harvest: Harvest, footer: pl.DataFrame, amount: pl.Series) -> None:
    """Sums that some banks print below the table."""
    incoming = amount > 0
    for cells in footer.drop([name for name in footer.columns if name.startswith("__")]).iter_rows():
        text = " ".join(cell or "" for cell in cells)
        for word, figure in _STATED.findall(text):
            stated = parse.figure(figure)
            side = incoming if word in ("收入", "贷方") else ~incoming
            if stated is not None:
                harvest.total(
                    f"汇总{word}金额", abs(stated), abs(decimal_sum(amount.filter(side.fill_null(value=False))))
                )
