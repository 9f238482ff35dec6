"""What a statement prints below its rows: sums of both sides, hints, who printed it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import polars as pl

from chainbrain.importers.files.textfile import split_line
from chainbrain.importers.harvest import Harvest, decimal_sum
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.fold import fold
from chainbrain.importers.tables.table import Table

# First cells of lines that are no movements: sums, hints, who printed it.
_FOOTER: Final = (
    r"^(?:合计|总计|小计|汇总|本页|共计|共\d|总收入|总支出|总笔数|借方(?:合计|笔数|总)|贷方(?:合计|笔数|总)|收入(?:合计|总)|支出(?:合计|总)"
    r"|[一-鿿]{2,4}合计|打印|注[:：]|备注[:：]|说明|温馨提示|提示|以上|期末|期初|--|\*\*)"
)
_STATED: Final = re.compile(
    r"(?:汇总|合计|总)(收入|支出|贷方|借方)(?:金额|发生额)?(?:合计)?\s*[:：,]?\s*(-?[\d,]+\.\d{1,2})"
)
# 收入合计: 5笔，共12,345.67元
_COUNTED: Final = re.compile(r"(收入|支出|贷方|借方)合计\s*[:：]?\s*\d+\s*笔[,，]?\s*共?\s*(-?[\d,]+\.\d{1,2})")
_SUM_LINES: Final = ("人民币合计", "合计金额", "合计", "总计")
SUM_LINES: Final = (*_SUM_LINES, "外币合计", "美元合计", "以上数据")
"""First cells that end a statement in text form."""


@dataclass(frozen=True)
class StatedSums:
    """The sums that some banks print below the table, held against its rows.

    Attributes:
        into: the column of money in.
        out: the column of money out.
    """

    into: str
    out: str

    def compare(self, harvest: Harvest, table: Table, footer: pl.DataFrame, amount: pl.Series) -> None:
        """Note every sum that is printed below a table beside what its rows add up to.

        Args:
            harvest: where they are noted.
            table: the table without its footer.
            footer: the rows that ``without_footer`` split off.
            amount: signed, money in is positive.
        """
        incoming = (amount > 0).fill_null(value=False)
        sums = {True: decimal_sum(amount.filter(incoming)), False: -decimal_sum(amount.filter(~incoming))}
        shown = footer.drop([name for name in footer.columns if name.startswith("__")])
        for text in (
            *(" ".join(cell or "" for cell in row) for row in shown.iter_rows()),
            *(line for _, line in table.tail),
        ):
            for word, figure in (*_STATED.findall(text), *_COUNTED.findall(text)):
                stated = parse.figure(figure)
                if stated is not None:
                    harvest.total(f"汇总{word}金额", abs(stated), abs(sums[word in ("收入", "贷方")]))
        names = [fold(name) for name in table.header]
        for _, line in table.tail:
            row = [cell.strip() for cell in split_line(line, ",")]
            if row[0] not in _SUM_LINES:
                continue
            for name, side in ((self.into, True), (self.out, False)):
                place = names.index(fold(name)) if fold(name) in names else len(row)
                stated = parse.figure(row[place]) if place < len(row) and row[place] else None
                if stated is not None:
                    harvest.total(f"{row[0]} {name}", abs(stated), sums[side])


def without_footer(table: Table) -> tuple[Table, pl.DataFrame]:
    """The table without the lines that are no movements, and these lines."""
    names = [name for name in table.frame.columns if not name.startswith("__")]
    plain = [parse.clean(pl.col(name)) for name in names]
    first = pl.coalesce(pl.when(pl.col(name).str.strip_chars() == "--").then(pl.lit("--")).otherwise(cell)
                        for name, cell in zip(names, plain, strict=True))  # fmt: skip
    return table.split_off(first.str.contains(_FOOTER))
