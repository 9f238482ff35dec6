"""分账规则: which receiver gets which share of which stores' sales, from when to when; written by people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import ClassVar

import polars as pl

from chainbrain import split_words
from chainbrain.importers import words
from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.staged_types import RATE, YUAN
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tills.table_by_hand import without_totals


class SplitRules(Importer):
    """One rule per row; a share, an amount an order, or tiers of a month's sum."""

    format = "chainbrain-split-rules"
    streams = True
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("规则名称", "接收方", "基数", "方式", "数值"),
            ("门店编号", "上限比例", "生效日期", "失效日期", "渠道", "接收方账号", "接收方类型", "商品类别"),
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One rule per row; a value that does not fit its way is a broken row."""
        harvest = Harvest()
        for sheet in sheets:
            cells = without_totals(sheet)
            way = cells.words("方式", split_words.WAYS, required=True)
            value = cells.text("数值", required=True)
            rate, fixed, tiers = _shares(value), parse.yuan(value, 2), _tiers(value)
            fits = (
                ((way == "ratio") & rate.is_not_null())
                | ((way == "fixed") & (fixed > 0))
                | (way.is_in(["progressive", "flat"]) & tiers.is_not_null())
            ).fill_null(value=False)
            cells.fault("数值", "split_value", way.is_not_null() & value.is_not_null() & ~fits)
            cap = cells.rates("上限比例")
            cells.fault("上限比例", "rate", (cap <= 0) | (cap > 1))
            channel = words.methods(cells.text("渠道"))
            cells.fault("渠道", "word", channel == "other")
            category = cells.text("商品类别")
            # Tiers go by the month's sum of all sales.
            cells.fault("商品类别", "split_category", category.is_not_null() & way.is_in(["progressive", "flat"]))
            first, last = cells.days("生效日期"), cells.days("失效日期")
            cells.fault("失效日期", "day_order", last <= first)
            harvest.take(
                "split_rules",
                cells,
                {
                    "name": cells.text("规则名称", required=True),
                    "store_code": cells.text("门店编号"),
                    "channel": channel,
                    "category": category,
                    "receiver": cells.text("接收方", required=True),
                    "receiver_kind": cells.words("接收方类型", split_words.RECEIVERS),
                    "receiver_account": cells.identifier("接收方账号"),
                    "basis": cells.words("基数", split_words.BASES, required=True),
                    "way": way,
                    "rate": rate.zip_with(way == "ratio", cells.nothing(RATE)),
                    "fixed": fixed.zip_with(way == "fixed", cells.nothing(YUAN)),
                    "tiers": tiers.zip_with(way.is_in(["progressive", "flat"]), cells.nothing(pl.String)),
                    "cap": cap,
                    "valid_from": first,
                    "valid_to": last,
                },
            )
        return harvest


def _shares(value: pl.Series) -> pl.Series:
    """Shares above nothing and up to the whole."""
    found = parse.rates(value)
    return found.set(~((found > 0) & (found <= 1)).fill_null(value=False), None)


def _tiers(value: pl.Series) -> pl.Series:
    """``0-200000:5%;200000-400000:4%;400000-:3%`` as JSON, each tier with where it begins and its rate; else null."""
    known = {text: _tier_list(text) for text in value.drop_nulls().unique()}
    return value.replace_strict(known, return_dtype=pl.String)


def _tier_list(text: str) -> str | None:
    steps = split_words.tiers_of(text)
    if steps is None:
        return None
    return json.dumps([{"from": f"{start:.2f}", "rate": f"{rate:.6f}"} for start, rate in steps])
