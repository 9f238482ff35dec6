"""Split bills (分账账单) of WeChat Pay: one row per part that was split off or came back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.tables.layout import Dialect, Layout
from chainbrain.importers.tables.table import Cells

_COLUMNS: Final = (
    "分账时间", "分账发起方", "分账方", "微信订单号", "微信分账/回退单号", "分账明细单号", "商户分账/回退单号",
    "订单金额", "分账接收方", "金额", "业务类型", "处理状态", "备注",
)  # fmt: skip
# The cross-border document's own words, by the words above; it spells one of them in two ways.
_ABROAD: Final = {
    "分账时间": ("create_time",), "分账发起方": ("initiator",), "分账方": ("sponsor",),
    "微信订单号": ("transaction_id",),
    "微信分账/回退单号": ("order_id",), "商户分账/回退单号": ("out_order_no",),
    "分账明细单号": ("detail_id", "detaill_id"), "分账接收方": ("receiver_account",), "金额": ("amount",),
    "业务类型": ("business_type",), "处理状态": ("status",), "备注": ("description",), "币种": ("currency",),
    "子商户号": ("sub_mchid",),
}  # fmt: skip
_DIRECTIONS: Final = {
    "分账": "out",
    "分账回退": "back",
    "回退": "back",
    "分账退回": "back",
    "profitsharing": "out",
    "return": "back",
}
_STATES: Final = {
    "成功": "success",
    "已成功": "success",
    "处理中": "processing",
    "失败": "failed",
    "success": "success",
    "processing": "processing",
}


class WechatMerchantProfitsharing(Importer):
    """Amounts are positive; 业务类型 tells a split from a return. The header words were not seen in a real file."""

    format = "wechat-merchant-profitsharing"
    streams = True
    confirmed = False
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("分账时间", "分账方", "微信订单号", "分账明细单号", "分账接收方", "金额", "业务类型"),
            _COLUMNS,
            aliases={"金额": ("分账金额", "分账金额(元)", "金额(元)"), "备注": ("分账描述",)},
            dialect=Dialect(quoted=False, marked=True, ends=("总", "分账总", "资金流水总笔数")),
        ),
        Layout(
            "cross_border",
            ("分账时间", "分账方", "微信订单号", "分账明细单号", "分账接收方", "金额", "业务类型", "币种"),
            tuple(_ABROAD),
            aliases=_ABROAD,
            dialect=Dialect(quoted=False, marked=True, ends=("总", "total")),
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One split line per row; a return is negative."""
        cells = Cells(sheets[0].table, (*_COLUMNS, "币种"))
        cells.foreign("币种")
        back = (cells.words("业务类型", _DIRECTIONS, required=True) == "back").fill_null(value=False)
        plain = cells.yuan("金额", required=True)
        harvest = Harvest(layout=sheets[0].layout.id)
        frame = harvest.take(
            "split_lines",
            cells,
            {
                "channel": "wechat",
                "merchant_no": cells.text("分账方", required=True),
                "external_id": cells.identifier("分账明细单号", required=True),
                "payment_external_id": cells.identifier("微信订单号", required=True),
                "split_no": cells.identifier("微信分账/回退单号"),
                "receiver": cells.text("分账接收方"),
                "amount": plain.zip_with(~back, -plain),
                "status": cells.words("处理状态", _STATES),
                "occurred_at": cells.moments("分账时间", required=True),
            },
        )
        harvest.span(frame["occurred_at"])
        payers = frame["merchant_no"].unique().to_list()
        harvest.belongs_to(payers)
        harvest.cover_days("split", "wechat", frame["merchant_no"], frame["occurred_at"].cast(pl.Date))
        return harvest
