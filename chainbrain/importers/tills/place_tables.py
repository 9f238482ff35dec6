"""What people know about the places around their stores: 竞品门店, 需求点, 客源分布."""

from __future__ import annotations

from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.base import Context
from chainbrain.importers.harvest import Columns
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells
from chainbrain.importers.tills.table_by_hand import DATUM, ChainTable

_WHERE: Final = ("纬度", "经度", "坐标系")
# Words that only candidates, stores and payments have.
_NOT_THESE: Final = ("订单号", "预计成熟月销", "门店名称", "营业日切", "金额", "余额")


def _needed(cells: Cells, name: str) -> pl.Series:
    """A number that identifies the row: empty is a fault."""
    cells.text(name, required=True)
    return cells.numbers(name)


def _where(cells: Cells) -> Columns:
    """A point; without the name of its datum it would lie some hundred metres off, so that is asked for."""
    north, east = _needed(cells, "纬度"), _needed(cells, "经度")
    cells.fault("纬度", "out_of_range", north.is_not_null() & (north.abs() > 90))
    cells.fault("经度", "out_of_range", east.is_not_null() & (east.abs() > 180))
    return {"latitude": north, "longitude": east, "datum": cells.words("坐标系", DATUM, required=True)}


class Competitors(ChainTable):
    """竞品门店: shops of others that draw the same customers."""

    format = "chainbrain-competitors"
    kind = "competitors"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None, ("名称", *_WHERE, "品牌"), ("类型", "面积或吸引力", "吸引力", "面积"),
            forbidden=(*_NOT_THESE, "门店编号", "权重", "人数"),
        ),
    )  # fmt: skip

    def _columns(self, cells: Cells, context: Context) -> Columns:
        size = cells.yuan("面积或吸引力")
        for other in ("吸引力", "面积"):
            size = size.zip_with(size.is_not_null(), cells.yuan(other))
        cells.fault("面积或吸引力", "out_of_range", size.is_not_null() & (size <= 0))
        return {
            "name": cells.text("名称", required=True),
            "brand": cells.text("品牌"),
            "kind": cells.text("类型"),
            **_where(cells),
            "attraction": size,
        }


class DemandPoints(ChainTable):
    """需求点: where people live or work, and how many."""

    format = "chainbrain-demand"
    kind = "demand_points"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(None, (*_WHERE, "权重"), ("名称",), forbidden=(*_NOT_THESE, "门店编号", "品牌")),
    )

    def _columns(self, cells: Cells, context: Context) -> Columns:
        weight = cells.yuan("权重", required=True)
        cells.fault("权重", "out_of_range", weight.is_not_null() & (weight < 0))
        return {"name": cells.text("名称"), **_where(cells), "weight": weight}


class CustomerOrigins(ChainTable):
    """客源分布: how many customers of a store live at a point; no names, no telephone numbers."""

    format = "chainbrain-origins"
    kind = "customer_origins"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(None, ("门店编号", *_WHERE, "人数"), (), forbidden=(*_NOT_THESE, "品牌", "权重")),
    )

    def _columns(self, cells: Cells, context: Context) -> Columns:
        count = _needed(cells, "人数")
        cells.fault("人数", "out_of_range", count.is_not_null() & ((count < 1) | (count != count.floor())))
        return {
            "store_code": cells.text("门店编号", required=True),
            **_where(cells),
            "customers": count.cast(pl.Int64, strict=False),
        }
