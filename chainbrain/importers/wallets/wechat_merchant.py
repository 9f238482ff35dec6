"""Trade bills (交易账单) of the WeChat Pay merchant site: one row per payment or refund."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest, decimal_sum
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Dialect, Layout
from chainbrain.importers.tables.summary import summary_of
from chainbrain.importers.tables.table import Cells

_REQUIRED: Final = (
    "交易时间",
    "商户号",
    "微信订单号",
    "商户订单号",
    "交易状态",
    "付款银行",
    "应结订单金额",
    "手续费",
    "费率",
)
_HEAD: Final = (
    "交易时间", "公众账号ID", "商户号", "特约商户号", "设备号", "微信订单号", "商户订单号", "用户标识", "交易类型",
    "交易状态", "付款银行", "货币种类", "应结订单金额", "代金券金额",
)  # fmt: skip
_REFUND: Final = ("微信退款单号", "商户退款单号", "退款金额", "充值券退款金额", "退款类型", "退款状态")
_GOODS: Final = ("商品名称", "商户数据包", "手续费", "费率")
_ALIASES: Final = {
    "特约商户号": ("子商户号",),
    "应结订单金额": ("总金额",),
    "代金券金额": ("企业红包金额", "代金券或立减优惠金额"),
    "充值券退款金额": ("企业红包退款金额", "代金券或立减优惠退款金额"),
}
_DIALECT: Final = Dialect(quoted=False, marked=True, ends=("总交易单数",))

# Summary column → the column it sums; names before and after 2018.
_TOTALS: Final = {
    "应结订单总金额": "应结订单金额", "总交易额": "应结订单金额", "退款总金额": "退款金额",
    "总退款金额": "退款金额", "充值券退款总金额": "充值券退款金额", "总代金券或立减优惠退款金额": "充值券退款金额",
    "总企业红包退款金额": "充值券退款金额", "手续费总金额": "手续费", "订单总金额": "订单金额",
    "申请退款总金额": "申请退款金额",
}  # fmt: skip
# Bills of successful payments only, or of refunds only, do not vouch for the day.
_COMPLETE: Final = ("ALL", "OLD_ALL")
_GIVEN_BACK: Final = ("REFUND", "REVOKED")


def _layout(name: str, columns: tuple[str, ...], required: tuple[str, ...], forbidden: tuple[str, ...]) -> Layout:
    return Layout(name, (*_REQUIRED, *required), columns, forbidden=forbidden, aliases=_ALIASES, dialect=_DIALECT)


class WechatMerchantTrade(Importer):
    """The bill of one merchant number and day (or up to 31 days); a snapshot that is never corrected later."""

    format = "wechat-merchant-trade"
    streams = True
    layouts: ClassVar[tuple[Layout, ...]] = (
        _layout(
            "ALL",
            (*_HEAD, *_REFUND, *_GOODS, "订单金额", "申请退款金额", "费率备注"),
            ("退款金额", "订单金额"),
            ("退款申请时间",),
        ),
        _layout("SUCCESS", (*_HEAD, *_GOODS, "订单金额", "费率备注"), ("订单金额",), ("退款金额",)),
        _layout(
            "REFUND",
            (*_HEAD, "退款申请时间", "退款成功时间", *_REFUND, *_GOODS, "订单金额", "申请退款金额", "费率备注"),
            ("退款申请时间", "退款金额"),
            (),
        ),
        _layout("OLD_ALL", (*_HEAD, *_REFUND, *_GOODS), ("退款金额",), ("订单金额", "退款申请时间")),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One payment per row; the summary line is the control total."""
        layout, table = sheets[0].layout, sheets[0].table
        cells = Cells(table, layout.columns)
        status = cells.text("交易状态", required=True)
        cells.fault("交易状态", "word", ~status.is_in(["SUCCESS", *_GIVEN_BACK]))
        cells.foreign("货币种类")
        back = status.is_in(_GIVEN_BACK)
        sums = {
            name: cells.yuan(name, 5 if name == "手续费" else 2, empty_is_zero=True) for name in set(_TOTALS.values())
        }
        settled, refunded = sums["应结订单金额"], sums["退款金额"]
        # A reversal (撤销) prints no refund amount on some sites: it takes back the whole order.
        taken_back = refunded.zip_with((refunded != 0) | (status != "REVOKED"), settled)
        asked = cells.moments("退款申请时间")
        paid = cells.moments("交易时间", required=True)
        moment = paid.zip_with(~(back & asked.is_not_null()), asked)
        own, sub = cells.text("商户号"), _no_zero(cells.text("特约商户号"))
        merchant = sub.zip_with(sub.is_not_null(), own)
        cells.fault("商户号", "missing", merchant.is_null())
        device = cells.text("设备号")
        harvest = Harvest(layout=layout.id)
        frame = harvest.take(
            "payments",
            cells,
            {
                "channel": "wechat",
                "merchant_no": merchant,
                "terminal_no": device,
                # Tills often send the store's own number as the device.
                "store_hint": device,
                "external_id": cells.identifier("微信订单号", required=True),
                "merchant_order_no": cells.identifier("商户订单号"),
                "refund_id": _no_zero(cells.identifier("微信退款单号")),
                "merchant_refund_no": _no_zero(cells.identifier("商户退款单号")),
                "occurred_at": moment,
                "kind": pl.select(pl.when(back).then(pl.lit("refund")).otherwise(pl.lit("payment"))).to_series(),
                "amount": settled.zip_with(~back, -taken_back),
                "order_amount": sums["订单金额"] if table.has("订单金额") else settled,
                "fee": sums["手续费"],
                "printed_rate": cells.rates("费率"),
                "status_text": status,
                "cancelled": False,
                "payer_hash": parse.salted(cells.text("用户标识"), context.salt),
            },
        )
        _control(harvest, cells, sums)
        harvest.span(frame["occurred_at"])
        merchants = frame["merchant_no"].unique().sort().to_list()
        harvest.belongs_to(merchants)
        if layout.id in _COMPLETE:
            harvest.cover_span("wallet", "wechat", merchants)
        return harvest


def _no_zero(column: pl.Series) -> pl.Series:
    """Numbers where the bill prints 0 for none."""
    return column.zip_with(
        (column != "0").fill_null(value=True), pl.repeat(None, column.len(), dtype=pl.String, eager=True)
    )


def _control(harvest: Harvest, cells: Cells, sums: dict[str, pl.Series]) -> None:
    rows = cells.height + len(cells.table.misshapen)
    stated = summary_of(cells.table.tail, "总交易单数")
    if not stated:
        # Every bill ends with its summary; without it the end of the file is missing.
        harvest.total("总交易单数", Decimal(0), rows)
        harvest.facts["summary"] = "missing"
        return
    for name, value in stated.items():
        if name == "总交易单数":
            harvest.total(name, value, rows)
        elif name in _TOTALS and (cells.table.has(_TOTALS[name]) or value):
            harvest.total(name, value, decimal_sum(sums[_TOTALS[name]]))
