"""What the bills of delivery platforms have in common: kinds of rows, moments, sums that must add up, payouts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Final

import polars as pl

from chainbrain.importers.harvest import Harvest, decimal_sum
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.table import Cells, Table

GIVEN_BACK: Final = r"退单|退款|退货|退回|部分退|冲减|售后|逆向"
NOT_A_SALE: Final = (
    r"赔|保险|推广|广告|流量|津贴|充值|罚|违规|补偿|调账|扣款|佣金|服务费|激励|奖励|募捐|运费险|活动费|CPS"
)
_LISTED_BILLS: Final = 50
_BETWEEN: Final = "\x1f"
_TOTALS: Final = ("合计", "总计", "小计", "总合计")


def without_totals(table: Table, names: Sequence[str]) -> tuple[Table, pl.DataFrame]:
    """The table without the rows whose first cells say that they are sums, and those rows."""
    there = [name for name in names if table.has(name)]
    return table.split_off(
        pl.any_horizontal(pl.col(name).str.strip_chars(parse.BLANKS).is_in(_TOTALS) for name in there)
    )


def check_total(harvest: Harvest, totals: pl.DataFrame, name: str, summed: pl.Series) -> None:
    """Compare a column with the last total row below it, where there is one."""
    if name in totals.columns and totals.height:
        stated = parse.yuan(totals.select(parse.clean(pl.col(name))).to_series())[-1]
        harvest.total(f"合计 {name}", stated, decimal_sum(summed))


def kinds(back: pl.Series, other: pl.Series) -> pl.Series:
    """``refund``, ``adjustment`` or ``payment``."""
    kind = pl.when(back).then(pl.lit("refund")).when(other).then(pl.lit("adjustment")).otherwise(pl.lit("payment"))
    return pl.select(kind).to_series()


def says(text: pl.Series, pattern: str) -> pl.Series:
    """Whether a word contains one of these; an empty cell does not."""
    return text.str.contains(pattern).fill_null(value=False)


def is_true(mask: pl.Series) -> pl.Series:
    """A mask without nulls."""
    return mask.fill_null(value=False)


def directed(cells: Cells, name: str, incoming: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Amounts with the sign of the direction beside them, and as printed.

    Some exports sign what goes out as well; an amount with a sign that came in says two things at once and is a fault.
    """
    plain = cells.yuan(name, required=True)
    incoming = is_true(incoming)
    cells.fault(name, "sign_contradicts", incoming & (plain < 0))
    return plain.abs().zip_with(incoming, -plain.abs()), plain


def first_known(*columns: pl.Series) -> pl.Series:
    """Per row the first cell that is not empty."""
    found = columns[0]
    for column in columns[1:]:
        found = found.zip_with(found.is_not_null(), column)
    return found


def midnight(day: pl.Series) -> pl.Series:
    """Days as moments."""
    return day.cast(pl.Datetime("us"))


def added(cells: Cells, names: Sequence[str]) -> pl.Series:
    """Amount columns added up; those that are empty or not there count as nothing."""
    total = cells.yuan(names[0], empty_is_zero=True)
    for name in names[1:]:
        total = total + cells.yuan(name, empty_is_zero=True)
    return total


def unexplained(gap: pl.Series, cells: Cells, rarer: Sequence[str]) -> pl.Series:
    """Where a sum does not come out, and none of the rarer items explains it: one, two, or all of them."""
    explained = gap == 0
    parts = [cells.yuan(name, empty_is_zero=True) for name in rarer if cells.table.has(name)]
    parts = [part for part in parts if (part != 0).any()]
    for part in parts:
        explained = explained | (gap == part)
    for one, other in combinations(parts, 2):
        explained = explained | (gap == one + other)
    if parts:
        explained = explained | (gap == sum(parts[1:], parts[0]))
    return ~is_true(explained)


def check_identity(
    harvest: Harvest, cells: Cells, name: str, stated: pl.Series, *, gap: pl.Series, bad: pl.Series
) -> None:
    """Note rows that do not add up by themselves as one control total, with the line of the first."""
    bad = is_true(bad) & cells.sound()
    if bad.any():
        total = decimal_sum(stated.filter(bad))
        harvest.total(name, total, total - decimal_sum(gap.filter(bad)))
        harvest.facts["identity_line"] = str(cells.lines.filter(bad)[0])
        harvest.facts["identity_rows"] = str(int(bad.sum()))


def check_bills(harvest: Harvest, name: str, bills: pl.DataFrame, dues: pl.DataFrame) -> None:
    """The bill of every store and day against the dues of its rows; where any differ, each of those by name.

    Both have the columns ``store``, ``day`` and ``amount``.
    """
    stated = bills.group_by("store", "day").agg(pl.col("amount").sum().alias("stated"))
    summed = dues.group_by("store", "day").agg(pl.col("amount").sum().alias("summed"))
    both = stated.join(summed, on=["store", "day"], how="full", coalesce=True).with_columns(
        pl.col("stated", "summed").fill_null(0)
    )
    wrong = both.filter(pl.col("stated") != pl.col("summed")).sort("store", "day")
    for store, day, bill, due in wrong.head(_LISTED_BILLS).iter_rows():
        harvest.total(f"{name} {store or ''} {day or ''}".strip(), bill, due)
    if wrong.is_empty():
        harvest.total(name, decimal_sum(both["stated"]), decimal_sum(both["summed"]))


def whole_orders(cells: Cells, name: str, keys: Sequence[pl.Series]) -> tuple[pl.Series, pl.DataFrame]:
    """Rows that are one record together: the mask of each record's first row, and the groups for ``over``.

    A record with an unreadable row has no amount at all, so its other rows are broken with it.

    Args:
        cells: the table; every column that a record needs must have been read.
        name: the column that a row is named by when another row of its order broke.
        keys: what rows of one record have in common.
    """
    groups = pl.DataFrame([key.alias(f"k{number}") for number, key in enumerate(keys)])
    names = groups.columns
    sound = cells.sound()
    groups = groups.with_columns(sound.alias("sound"))
    spoilt = groups.select((pl.col("sound") & ~pl.col("sound").all().over(names)).alias("spoilt")).to_series()
    cells.fault(name, "order_incomplete", spoilt)
    cells.close()
    first = groups.select(pl.struct(names).is_first_distinct()).to_series()
    return first, groups.drop("sound")


def over(groups: pl.DataFrame, column: pl.Series) -> pl.Series:
    """The sum of a column over each group, on every row of it."""
    names = groups.columns
    return groups.with_columns(column.alias("v")).select(pl.col("v").sum().over(names)).to_series()


def size_of(groups: pl.DataFrame) -> pl.Series:
    """How many rows each row's group has."""
    return groups.select(pl.len().over(groups.columns).cast(pl.Int64)).to_series()


def derive_payouts(
    harvest: Harvest,
    cells: Cells,
    columns: dict[str, pl.Series | str],
    record: Sequence[pl.Series],
    due: pl.Series,
    *,
    folded: tuple[pl.Series, pl.Series] | None = None,
) -> None:
    """Settlement rows from order rows that name their payout: each record as its part of what is due.

    The parts are kept by what tells records apart, never as sums: exports overlap, and sums would then count twice or
    leave out what only one of them has. A store and day with a row that could not be read has no known sum: no
    settlement row, and nobody vouches for it.

    Args:
        harvest: takes the settlement rows and the coverage.
        cells: the order rows, counted before.
        columns: the columns of ``settlement_rows`` but its amount; ``merchant_no`` and ``bill_day`` are columns.
        record: what tells the records of one bill apart, as it does their payments.
        due: what each record pays.
        folded: where rows are folded, each record's first row and how many it has.
    """
    keys = pl.DataFrame([value.alias(name) for name, value in columns.items() if isinstance(value, pl.Series)])
    known = cells.sound() & ~_doubtful(cells, keys)
    known = known if folded is None else known & folded[0]
    named = pl.DataFrame([value.cast(pl.String).fill_null("").alias(str(place)) for place, value in enumerate(record)])
    part = named.select(pl.concat_str(pl.all(), separator=_BETWEEN)).to_series()
    lines = {} if folded is None else {"rows": folded[1]}
    made = harvest.add("settlement_rows", cells, {**columns, "part": part, "amount": due, **lines}, keep=known)
    channel = columns["channel"]
    assert isinstance(channel, str)
    harvest.cover_days("platform", channel, made["merchant_no"], made["bill_day"])


def _doubtful(cells: Cells, keys: pl.DataFrame) -> pl.Series:
    """Rows whose store and day may also be those of a row that could not be read."""
    found = pl.repeat(bool(cells.table.misshapen), cells.height, dtype=pl.Boolean, eager=True)
    for pair in keys.filter(~cells.sound()).select("merchant_no", "bill_day").unique().iter_rows():
        same = pl.repeat(True, cells.height, dtype=pl.Boolean, eager=True)
        for name, value in zip(("merchant_no", "bill_day"), pair, strict=True):
            same = same if value is None else same & is_true(keys[name] == value)
        found = found | same
    return found
