"""What the deposits say about themselves: the right merchant, another one, a misspelt one, or nothing."""

from __future__ import annotations

import numpy as np
import polars as pl

from chainbrain.demo.adversary.case import Case
from chainbrain.demo.adversary.deposits import FEE, STRANGER
from chainbrain.demo.adversary.marks import LINE
from chainbrain.demo.adversary.terms import Terms
from chainbrain.demo.draws import Ints, between, chance

RIGHT, OTHER, MISSPELT, NOTHING = "right", "other", "misspelt", "nothing"
PAYERS = (
    ("财付通支付科技有限公司", "243300133"),
    ("支付宝（中国）网络技术有限公司", "215500690"),
    ("拉卡拉支付股份有限公司", "100001101"),
)
WORDS = ("财付通", "支付宝", "拉卡拉")
_PLAIN = ("", "转账", "收单结算款", "客户备付金结算")


def word(case: Case, lines: pl.DataFrame) -> pl.DataFrame:
    """Add ``memo`` and ``names`` (right, other, misspelt or nothing)."""
    rng = case.stream("memos")
    size = lines.height
    lid = lines["lid"].to_numpy()
    merchant = lines["merchant"].to_numpy()
    fee, stranger = (lines["sort"] == FEE).to_numpy(), (lines["sort"] == STRANGER).to_numpy()
    named = (chance(rng, case.knobs.memo_named, size) & ~lines["silent"].to_numpy() & ~stranger) | fee
    swapped = case.drawn("memo_swapped", size) & named & ~fee
    misspelt = case.drawn("memo_misspelt", size) & named & ~fee & ~swapped
    told = np.where(swapped, _neighbour(case.terms)[np.maximum(merchant, 0)], np.maximum(merchant, 0))
    swapped &= told != merchant
    case.marks.add("memo_swapped", LINE, lid[swapped])
    case.marks.add("memo_misspelt", LINE, lid[misspelt])
    numbers = np.array(case.terms.number, dtype=object)[told]
    wrong = np.array([number[:-2] + str((int(number[-2]) + 1) % 10) + number[-1] for number in case.terms.number])
    numbers = np.where(misspelt, wrong.astype(object)[told], numbers)
    dated = chance(rng, case.knobs.memo_dated, size)
    frame = lines.with_columns(
        number=pl.Series(numbers.tolist(), dtype=pl.String),
        word=pl.Series([WORDS[way] for way in lines["channel"].to_list()], dtype=pl.String),
        plain=pl.Series([_PLAIN[way] for way in between(rng, 0, len(_PLAIN), size).tolist()], dtype=pl.String),
        day=pl.lit(case.terms.start) + pl.duration(days=pl.col("last_day")),
        style=pl.col("merchant") % 3,
        named=pl.Series(named),
        dated=pl.Series(dated),
        names=pl.Series(
            np.where(~named, NOTHING, np.where(swapped, OTHER, np.where(misspelt, MISSPELT, RIGHT))).tolist()
        ),
    )
    compact = pl.when("dated").then(pl.col("day").dt.strftime("%Y%m%d")).otherwise(pl.lit(""))
    spoken = pl.when("dated").then(pl.col("day").dt.strftime("%Y-%m-%d")).otherwise(pl.lit(""))
    text = (
        pl.when(pl.col("sort") == FEE)
        .then(pl.format("{}月手续费 商户号{}", pl.col("day").dt.offset_by("-1mo").dt.month(), "number"))
        .when(pl.col("style") == 0)
        .then(pl.format("商户号{} {}结算款", "number", compact))
        .when(pl.col("style") == 1)
        .then(pl.format("{} {} 收单清算", "number", spoken))
        .otherwise(pl.format("{}结算{}{}", "word", "number", compact))
    )
    return frame.with_columns(memo=pl.when("named").then(text).otherwise("plain")).drop(
        "number", "word", "plain", "day", "style", "named", "dated"
    )


def _neighbour(terms: Terms) -> Ints:
    """For each merchant another one of the same account and channel, or itself where it is alone."""
    order = pl.DataFrame(
        {"merchant": np.arange(terms.size), "account": terms.account, "channel": terms.channel}
    ).with_columns(
        other=pl.col("merchant")
        .shift(-1)
        .over("account", "channel")
        .fill_null(pl.col("merchant").first().over("account", "channel"))
    )
    return np.asarray(order["other"].to_numpy(), dtype=np.int64)
