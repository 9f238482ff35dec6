"""The chain's own tables, written by people: 门店档案, 收款账户档案, 期初余额, 现金盘点, 储值变动."""

from __future__ import annotations

from typing import ClassVar, Final

import polars as pl

from chainbrain.importers import words
from chainbrain.importers.banks.account_numbers import account_number
from chainbrain.importers.base import Context
from chainbrain.importers.harvest import Columns, Harvest
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells
from chainbrain.importers.tills.table_by_hand import DATUM, NOT_MASTER, ChainTable

_OWNERSHIP: Final = {"直营": "own", "自营": "own", "直营店": "own", "own": "own"} | dict.fromkeys(
    ("加盟", "加盟店", "联营", "特许", "franchise"), "franchise"
)
_TAXPAYERS: Final = {
    "一般纳税人": "general", "一般": "general", "general": "general", "小规模纳税人": "small_scale",
    "小规模": "small_scale", "个体工商户": "small_scale", "small_scale": "small_scale",
}  # fmt: skip
_MERCHANT_KINDS: Final = {
    "普通": "ordinary", "普通商户": "ordinary", "ordinary": "ordinary", "平台": "platform", "平台商户": "platform",
    "收付通": "platform", "平台收付通": "platform", "platform": "platform",
}  # fmt: skip
_OPENING_KINDS: Final = {
    "银行": "bank", "银行存款": "bank", "钱包": "wallet", "在途": "in_transit", "在途资金": "in_transit",
    "储值负债": "stored_value", "储值": "stored_value", "应付加盟": "franchise_payable", "bank": "bank",
    "wallet": "wallet", "in_transit": "in_transit", "stored_value": "stored_value",
    "franchise_payable": "franchise_payable",
}  # fmt: skip
_STORED_VALUE_KINDS: Final = {
    "充值": "top_up", "储值": "top_up", "赠送": "bonus", "消费": "use", "支付": "use", "退卡": "refund",
    "退款": "refund",
}  # fmt: skip


class Stores(ChainTable):
    """门店档案: one row per store."""

    format = "chainbrain-stores"
    kind = "stores"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("门店编号", "门店名称"),
            (
                "城市",
                "区域",
                "经营方式",
                "开业日期",
                "关店日期",
                "营业日切",
                "面积",
                "月租金",
                "纬度",
                "经度",
                "坐标系",
                "纳税人类型",
                "业态",
                "店型",
                "城市等级",
            ),
            forbidden=(*NOT_MASTER, "商户号", "渠道", "营业日期", "支付方式", "业务类型", "余额"),
        ),
    )

    def _columns(self, cells: Cells, context: Context) -> Columns:
        # Both are the owner's own words; which tier a city has is said by nobody else.
        trade = cells.text("业态")
        trade = trade.zip_with(trade.is_not_null(), cells.text("店型"))
        return {
            "code": cells.text("门店编号", required=True),
            "name": cells.text("门店名称"),
            "city": cells.text("城市"),
            "region": cells.text("区域"),
            "ownership": cells.words("经营方式", _OWNERSHIP),
            "opened_on": cells.days("开业日期"),
            "closed_on": cells.days("关店日期"),
            "day_cutoff": cells.clocks("营业日切"),
            "area_m2": cells.yuan("面积"),
            "monthly_rent": cells.yuan("月租金"),
            "latitude": cells.numbers("纬度"),
            "longitude": cells.numbers("经度"),
            "datum": cells.words("坐标系", DATUM),
            "taxpayer": cells.words("纳税人类型", _TAXPAYERS),
            "format": trade,
            "city_tier": cells.text("城市等级"),
        }


class Accounts(ChainTable):
    """收款账户档案: which merchant number and terminal belongs to which store, at which rate, paid out where."""

    format = "chainbrain-accounts"
    kind = "accounts"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("渠道", "商户号"),
            (
                "终端号",
                "门店编号",
                "收款主体",
                "费率",
                "结算周期",
                "结算日切",
                "入账账号",
                "生效日期",
                "失效日期",
                "商户类型",
            ),
            any_of=("门店编号", "收款主体", "费率", "结算周期", "入账账号"),
            forbidden=NOT_MASTER,
        ),
    )

    def _columns(self, cells: Cells, context: Context) -> Columns:
        channel = cells.text("渠道", required=True)
        codes = words.methods(channel)
        # A channel that nobody knows would silently match nothing; 其他 is a word for what is really something else.
        cells.fault("渠道", "word", (codes == "other") & ~channel.is_in(["other", "其他", "其它"]))
        return {
            "channel": codes,
            "merchant_no": cells.identifier("商户号", required=True),
            "terminal_no": cells.identifier("终端号"),
            "store_code": cells.text("门店编号"),
            "legal_entity": cells.text("收款主体"),
            "fee_rate": cells.rates("费率"),
            "settlement_rule": cells.text("结算周期").str.replace_all(r"[\s+＋]", "").str.to_uppercase(),
            "settlement_cutoff": cells.clocks("结算日切"),
            "bank_account": account_number(cells.identifier("入账账号")),
            "valid_from": cells.days("生效日期"),
            "valid_to": cells.days("失效日期"),
            "merchant_kind": cells.words("商户类型", _MERCHANT_KINDS),
        }


class Openings(ChainTable):
    """期初余额: what there was when the book starts."""

    format = "chainbrain-opening"
    kind = "openings"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("类型", "日期", "余额"),
            ("渠道或账号", "门店编号"),
            any_of=("渠道或账号", "门店编号"),
            forbidden=(*NOT_MASTER, "时间", "金额", "收支类型"),
        ),
    )

    def _columns(self, cells: Cells, context: Context) -> Columns:
        where = cells.identifier("渠道或账号")
        channel = words.methods(where)
        # One column holds either: a word for a channel, or the digits of an account.
        is_number = where.str.contains(r"\d{4,}").fill_null(value=False)
        nothing = cells.nothing(pl.String)
        kinds = cells.words("类型", _OPENING_KINDS, required=True)
        cells.fault("渠道或账号", "missing", kinds.is_in(["bank", "wallet"]) & where.is_null())
        cells.fault("渠道或账号", "word", where.is_not_null() & ~is_number & (channel == "other"))
        return {
            "kind": kinds,
            "channel": channel.zip_with((~is_number & where.is_not_null()).fill_null(value=False), nothing),
            "account_no": account_number(where).zip_with(is_number, nothing),
            "store_code": cells.text("门店编号"),
            "day": cells.days("日期", required=True),
            "balance": cells.yuan("余额", required=True),
        }


class CashCounts(ChainTable):
    """现金盘点: what was in the drawer, per store, day, shift and cashier."""

    format = "chainbrain-cash-counts"
    kind = "cash_counts"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("门店编号", "营业日期", "实点"),
            ("班次", "收银员", "备用金", "现金销售", "现金退款", "支出", "缴存"),
            forbidden=NOT_MASTER,
        ),
    )

    def _columns(self, cells: Cells, context: Context) -> Columns:
        return {
            "store_code": cells.text("门店编号", required=True),
            "business_day": cells.days("营业日期", required=True),
            "shift": cells.text("班次"),
            "cashier": cells.text("收银员"),
            "opening_float": cells.yuan("备用金", empty_is_zero=True),
            "sales": cells.yuan("现金销售", empty_is_zero=True),
            "refunds": cells.yuan("现金退款", empty_is_zero=True),
            "paid_out": cells.yuan("支出", empty_is_zero=True),
            "banked": cells.yuan("缴存", empty_is_zero=True),
            "counted": cells.yuan("实点", required=True),
        }

    def _take(self, harvest: Harvest, cells: Cells, columns: Columns) -> None:
        frame = harvest.take(self.kind, cells, columns)
        harvest.span(frame["business_day"])


class StoredValue(ChainTable):
    """储值变动: what members paid in, got on top, spent and took back; positive, the kind gives the direction."""

    format = "chainbrain-stored-value"
    kind = "stored_value_lines"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("门店编号", "时间", "类型", "金额"),
            ("本金", "赠金", "会员号", "单号"),
            forbidden=(*NOT_MASTER, "渠道或账号", "余额"),
        ),
    )

    def _columns(self, cells: Cells, context: Context) -> Columns:
        return {
            "store_code": cells.text("门店编号", required=True),
            "occurred_at": cells.moments("时间", required=True),
            "kind": cells.words("类型", _STORED_VALUE_KINDS, required=True),
            "amount": cells.yuan("金额", required=True),
            "principal": cells.yuan("本金"),
            "bonus": cells.yuan("赠金"),
            "member_hash": parse.salted(cells.text("会员号"), context.salt),
            "reference": cells.identifier("单号"),
        }

    def _take(self, harvest: Harvest, cells: Cells, columns: Columns) -> None:
        frame = harvest.take(self.kind, cells, columns)
        harvest.span(frame["occurred_at"])
