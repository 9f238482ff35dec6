"""What people write down about money beside sales: 往来明细, 收款人档案, 门店费用, 候选门店, 资金计划."""

from __future__ import annotations

from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.banks.account_numbers import account_number
from chainbrain.importers.base import Context
from chainbrain.importers.harvest import Columns, Harvest
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells
from chainbrain.importers.tills.table_by_hand import DATUM, ChainTable
from chainbrain.plan_words import CYCLES, KINDS

_LEDGER_KINDS: Final = {
    "采购": "purchase", "进货": "purchase", "货款": "purchase", "供货": "purchase", "垫付": "advance",
    "代垫": "advance", "代付": "advance", "罚款": "penalty", "扣款": "penalty", "付款": "paid", "打款": "paid",
    "收款": "received", "回款": "received", "其他": "other", "其它": "other",
} | {word: word for word in ("purchase", "advance", "penalty", "paid", "received", "other")}  # fmt: skip
_SUBJECTS: Final = {
    "租金": "rent", "房租": "rent", "人工": "wages", "工资": "wages", "水电": "utilities", "水电费": "utilities",
    "食材物料": "materials", "物料": "materials", "食材": "materials", "原料": "materials", "原材料": "materials",
    "折旧": "depreciation", "其他": "other", "其它": "other",
} | {word: word for word in ("rent", "wages", "utilities", "materials", "depreciation", "other")}  # fmt: skip
_MONTH: Final = r"^(20\d{2})[-/.年]?(0?[1-9]|1[0-2])月?$"
_NOT_THESE: Final = ("订单号", "支付宝交易号", "微信订单号", "交易订单总笔数", "对方账号", "余额", "规则名称")


class LedgerLines(ChainTable):
    """往来明细: what head office and a store came to owe each other beside sales; positive, the kind says who owes."""

    format = "chainbrain-ledger"
    kind = "ledger_lines"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None, ("日期", "门店编号", "类型", "金额"), ("单号", "备注"), forbidden=(*_NOT_THESE, "时间", "收付主体")
        ),
    )

    def _columns(self, cells: Cells, context: Context) -> Columns:
        return {
            "store_code": cells.text("门店编号", required=True),
            "day": cells.days("日期", required=True),
            "kind": cells.words("类型", _LEDGER_KINDS, required=True),
            "amount": cells.yuan("金额", required=True),
            "reference": cells.identifier("单号"),
            "note": cells.text("备注"),
        }

    def _take(self, harvest: Harvest, cells: Cells, columns: Columns) -> None:
        frame = harvest.take(self.kind, cells, columns)
        harvest.span(frame["day"])


class Payees(ChainTable):
    """收款人档案: into which account whoever is owed money is paid, from when on."""

    format = "chainbrain-payees"
    kind = "payees"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("收款方", "户名", "账号"),
            ("开户行", "统一社会信用代码", "生效日期"),
            forbidden=(*_NOT_THESE, "金额"),
        ),
    )

    def _columns(self, cells: Cells, context: Context) -> Columns:
        return {
            "payee": cells.text("收款方", required=True),
            "holder": cells.text("户名", required=True),
            "account_no": account_number(cells.identifier("账号", required=True)),
            "bank": cells.text("开户行"),
            "credit_code": cells.text("统一社会信用代码").str.replace_all(r"[\s\-]", "").str.to_uppercase(),
            "valid_from": cells.days("生效日期"),
        }


class StoreCosts(ChainTable):
    """门店费用: what a store cost in a month, by subject."""

    format = "chainbrain-costs"
    kind = "store_costs"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(None, ("门店编号", "月份", "科目", "金额"), ("备注",), forbidden=_NOT_THESE),
    )

    def _columns(self, cells: Cells, context: Context) -> Columns:
        return {
            "store_code": cells.text("门店编号", required=True),
            "month": _months(cells, "月份"),
            "subject": cells.words("科目", _SUBJECTS, required=True),
            "amount": cells.yuan("金额", required=True),
            "note": cells.text("备注"),
        }


class Candidates(ChainTable):
    """候选门店: stores that may be opened, what each would cost and is expected to sell."""

    format = "chainbrain-candidates"
    kind = "candidates"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("名称", "预计成熟月销"),
            (
                "城市",
                "纬度",
                "经度",
                "坐标系",
                "面积",
                "月租金",
                "免租月数",
                "装修设备",
                "押金",
                "最早开业",
                "业态",
                "店型",
                "城市等级",
            ),
            forbidden=(*_NOT_THESE, "门店编号"),
        ),
    )

    def _columns(self, cells: Cells, context: Context) -> Columns:
        free, trade = cells.numbers("免租月数"), cells.text("业态")
        cells.fault("免租月数", "number", free.is_not_null() & ((free < 0) | (free != free.floor())))
        return {
            "name": cells.text("名称", required=True),
            "city": cells.text("城市"),
            "latitude": cells.numbers("纬度"),
            "longitude": cells.numbers("经度"),
            "datum": cells.words("坐标系", DATUM),
            "area_m2": cells.yuan("面积"),
            "monthly_rent": cells.yuan("月租金"),
            "free_months": free.cast(pl.Int64, strict=False),
            "capex": cells.yuan("装修设备"),
            "deposit": cells.yuan("押金"),
            "monthly_sales": cells.yuan("预计成熟月销"),
            "earliest": _months(cells, "最早开业", required=False),
            "format": trade.zip_with(trade.is_not_null(), cells.text("店型")),
            "city_tier": cells.text("城市等级"),
        }


class CashPlan(ChainTable):
    """资金计划: what will have to be paid, once or again and again; below 0 what will be received."""

    format = "chainbrain-cash-plan"
    kind = "cash_plans"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("日期", "收付主体", "类型", "金额"),
            ("周期", "截止日期", "备注"),
            forbidden=(*_NOT_THESE, "门店编号"),
        ),
    )

    def _columns(self, cells: Cells, context: Context) -> Columns:
        day, until = cells.days("日期", required=True), cells.days("截止日期")
        cells.fault("截止日期", "day_order", until < day)
        cycle = cells.words("周期", CYCLES)
        return {
            "day": day,
            "party": cells.text("收付主体", required=True),
            "kind": cells.words("类型", KINDS, required=True),
            "amount": cells.yuan("金额", required=True),
            "cycle": cycle.fill_null("once"),
            "until": until,
            "note": cells.text("备注"),
        }


def _months(cells: Cells, name: str, *, required: bool = True) -> pl.Series:
    """The first day of months as people write them: 2026-10, 202610, 2026年10月, or any day of the month."""
    text = cells.text(name, required=required)
    plain = text.str.extract(_MONTH, 1) + text.str.extract(_MONTH, 2).str.zfill(2)
    named = (plain + "01").str.to_date("%Y%m%d")
    found = named.zip_with(named.is_not_null(), parse.days(text).dt.truncate("1mo"))
    cells.fault(name, "day", text.is_not_null() & found.is_null())
    return found
