"""Alipay's business bill (业务明细) and its summary per store (汇总), two members of one zip."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest, decimal_sum
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Dialect, Layout
from chainbrain.importers.tables.table import Cells
from chainbrain.importers.tills.table_by_hand import TOTAL_WORDS
from chainbrain.importers.wallets.alipay_preamble import Remarks, remarks_of

_COLUMNS: Final = (
    "支付宝交易号", "商户订单号", "业务类型", "商品名称", "创建时间", "完成时间", "门店编号", "门店名称", "操作员",
    "终端号", "对方账户", "订单金额（元）", "商家实收（元）", "支付宝红包（元）", "集分宝（元）",
    "支付宝优惠（元）", "商家优惠（元）", "券核销金额（元）", "券名称", "商家红包消费金额（元）",
    "卡消费金额（元）", "退款批次号/请求号", "服务费（元）", "分润（元）", "备注",
)  # fmt: skip
_WANTED: Final = (
    "支付宝交易号", "商户订单号", "业务类型", "创建时间", "完成时间", "门店编号", "终端号", "对方账户",
    "订单金额（元）", "商家实收（元）", "支付宝优惠（元）", "商家优惠（元）", "卡消费金额（元）",
    "退款批次号/请求号", "服务费（元）", "分润（元）",
)  # fmt: skip

# Name and remark are free text without quotes. The two moments in a row fix where the name ends; counted from there the
# amounts stand at known places, and whatever is left at the end is the remark. A line with words where amounts belong
# is not one line with commas but two that ran into each other.
_MOMENT: Final = r"\s*\d{4}[-/]\d{1,2}[-/]\d{1,2}[ T]\d{1,2}:\d{2}(?::\d{2})?\s*"
_WORDS: Final = r",([^,]*)"
_AMOUNT: Final = r",(\s*[+-]?[0-9.]*\s*)"
_TRAP: Final = (
    rf"^([^,]*),([^,]*),([^,]*),(.*?),({_MOMENT}),({_MOMENT}|\s*)" + _WORDS * 5 + _AMOUNT * 7 + _WORDS + _AMOUNT * 2
    + _WORDS + _AMOUNT * 2 + r",(.*)$"
)  # fmt: skip


def _repair(lines: pl.Series, width: int) -> pl.DataFrame:
    """Cut lines whose product name or remark contains commas."""
    names = [f"f{number}" for number in range(width)]
    if width != len(_COLUMNS):
        return pl.DataFrame({name: pl.Series([None] * lines.len(), dtype=pl.String) for name in names})
    cut = lines.str.extract_groups(_TRAP).struct.unnest()
    cut.columns = names
    return cut


class AlipayMerchantTrade(Importer):
    """One row per payment or refund; refunds are negative in the same columns."""

    format = "alipay-merchant-trade"
    streams = True
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("支付宝交易号", "商户订单号", "业务类型", "完成时间", "商家实收（元）", "服务费（元）", "订单金额（元）"),
            _COLUMNS,
            aliases={"支付宝交易号": ("交易号",), "退款批次号/请求号": ("退款批次号",)},
            dialect=Dialect(quoted=False, comment="#", repair=_repair),
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One payment per row, one split line per row with 分润."""
        table = sheets[0].table
        cells = Cells(table, _WANTED)
        remarks = remarks_of(table)
        kind = cells.words("业务类型", {"交易": "payment", "退款": "refund"}, required=True)
        amount = cells.yuan("商家实收（元）", required=True)
        fee = _charge(cells, kind, "服务费（元）", 5)
        split = _charge(cells, kind, "分润（元）", 2)
        done, made = cells.moments("完成时间"), cells.moments("创建时间")
        moment = done.zip_with(done.is_not_null(), made)
        cells.fault("完成时间", "missing", moment.is_null())
        number = cells.identifier("支付宝交易号", required=True)
        harvest = Harvest(account_no=remarks.account)
        # A bill that was opened and saved again may have lost its comment lines; its stores still say whose it is.
        merchant = remarks.account or "alipay"
        store = cells.text("门店编号")
        frame = harvest.take(
            "payments",
            cells,
            {
                "channel": "alipay",
                "merchant_no": merchant,
                "terminal_no": cells.text("终端号"),
                "store_hint": store,
                "external_id": number,
                "merchant_order_no": cells.identifier("商户订单号"),
                "merchant_refund_no": cells.identifier("退款批次号/请求号"),
                "occurred_at": moment,
                "kind": kind,
                "amount": amount,
                "order_amount": cells.yuan("订单金额（元）"),
                "fee": fee,
                "status_text": cells.text("业务类型"),
                "cancelled": False,
                "payer_hash": parse.salted(cells.text("对方账户"), context.salt),
            },
        )
        if (split != 0).any():
            harvest.add(
                "split_lines",
                cells,
                {
                    "channel": "alipay", "merchant_no": merchant, "payment_external_id": number, "amount": split,
                    "status": "success", "occurred_at": moment,
                },
                keep=split != 0,
            )  # fmt: skip
        _control(harvest, cells, kind, remarks)
        harvest.span(frame["occurred_at"])
        harvest.first_day = remarks.first_day or harvest.first_day
        harvest.last_day = remarks.last_day or harvest.last_day
        harvest.cover_span("wallet", "alipay", [merchant])
        return harvest

    def compare_with(self, harvest: Harvest, others: Sequence[tuple[str, Harvest]]) -> None:
        """The summary member of the same archive states the sums of each store."""
        summaries = [other for name, other in others if name == AlipayMerchantTradeSummary.format]
        if len(summaries) != 1 or "payments" not in harvest.frames:
            return
        stated, mine = summaries[0].notes, harvest.notes
        wrong = [name for name, figure in stated.items() if mine.get(name, _NOTHING) != figure]
        for name in wrong[:_LISTED_STORES] or [name for name in stated if name.startswith("合计 ")]:
            harvest.total(name, stated[name], mine.get(name, _NOTHING))


_NOTHING: Final = Decimal(0)
_LISTED_STORES: Final = 50
_SUMMED: Final = (
    "订单金额（元）",
    "商家实收（元）",
    "支付宝优惠（元）",
    "商家优惠（元）",
    "卡消费金额（元）",
    "服务费（元）",
    "分润（元）",
)


class AlipayMerchantTradeSummary(Importer):
    """汇总: sums per store, no rows of its own; a control total for the detail bill beside it."""

    format = "alipay-merchant-trade-summary"
    confirmed = False
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("门店编号", "交易订单总笔数", "实收净额（元）"),
            ("门店名称", "退款订单总笔数", *_SUMMED),
            dialect=Dialect(quoted=False, comment="#"),
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """No records; net of each row, and the total row against the stores."""
        table = sheets[0].table
        cells = Cells(table, ("门店编号", "交易订单总笔数", "退款订单总笔数", *_SUMMED, "实收净额（元）"))
        store = cells.text("门店编号").fill_null("")
        is_total = store.is_in(TOTAL_WORDS)
        figures = {
            name: cells.yuan(name, empty_is_zero=True) for name in (*_SUMMED, "实收净额（元）") if table.has(name)
        }
        remarks = remarks_of(table)
        harvest = Harvest(account_no=remarks.account, first_day=remarks.first_day, last_day=remarks.last_day)
        parts = ("商家实收（元）", "服务费（元）", "分润（元）")
        if table.has(*parts):
            net = decimal_sum(pl.concat([figures[part].filter(~is_total) for part in parts]))
            harvest.total("实收净额（元）", decimal_sum(figures["实收净额（元）"].filter(~is_total)), net)
        for name, column in figures.items():
            if is_total.any():
                harvest.total(
                    f"合计 {name}", decimal_sum(column.filter(is_total)), decimal_sum(column.filter(~is_total))
                )
            if name in _SUMMED:
                for label, figure in zip(store.filter(~is_total), column.filter(~is_total), strict=True):
                    harvest.notes[f"{label} {name}".strip()] = figure
                harvest.notes[f"合计 {name}"] = decimal_sum(column.filter(~is_total))
        return harvest


def _charge(cells: Cells, kind: pl.Series, name: str, places: int) -> pl.Series:
    """Money charged as positive. Bills of today print charges negative; old ones print everything positive."""
    printed = cells.yuan(name, places, empty_is_zero=True)
    sale = (kind == "payment").fill_null(value=False)
    of_sales = printed.filter(sale)
    signs = (int((of_sales > 0).sum()), int((of_sales < 0).sum()))
    if not cells.table.verdicts.ask(f"old {name}", signs, lambda found: found[0] > 0 and found[1] == 0):
        return -printed
    size = printed.abs()
    return size.zip_with(sale, -size)


def _control(harvest: Harvest, cells: Cells, kind: pl.Series, remarks: Remarks) -> None:
    columns = {"商家实收": "商家实收（元）", "商家优惠": "商家优惠（元）"}
    for word, code in (("交易", "payment"), ("退款", "refund")):
        count, figures = remarks.totals.get(f"{word}合计", (None, {}))
        mine = (kind == code).fill_null(value=False)
        harvest.total(f"{word}合计", count, int(mine.sum()))
        for name, stated in figures.items():
            summed = columns.get(name.removesuffix("退款"))
            if summed is not None:
                harvest.total(f"{word}合计 {name}", stated, decimal_sum(parse.yuan(cells.text(summed)).filter(mine)))
    if not remarks.totals and cells.table.preamble:
        # Every bill with a heading ends with its totals; without them the end of the file is missing.
        harvest.total("交易合计", 0, cells.height + len(cells.table.misshapen))
        harvest.facts["summary"] = "missing"
    stores = cells.text("门店编号").fill_null("")
    for name in _SUMMED:
        if cells.table.has(name):
            column = parse.yuan(cells.text(name))
            sums = pl.DataFrame({"store": stores, "sum": column}).group_by("store").agg(pl.col("sum").sum())
            harvest.notes.update({f"{store} {name}".strip(): total or _NOTHING for store, total in sums.iter_rows()})
            harvest.notes[f"合计 {name}"] = decimal_sum(column)
