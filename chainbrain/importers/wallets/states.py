"""What the state of a transaction says: that its money moved, that it did not, or nothing that can be relied on."""

from __future__ import annotations

from typing import Final

import polars as pl

from chainbrain.importers.tables.table import Cells

UNPAID: Final = r"失败|关闭|取消|撤销|未支付|待(?:买家|对方)?(?:付款|支付)|超时"
"""No money moved: never paid, failed, or given up before it was paid."""

# 已退款 stands on what was paid before. A buyer's money that waits for the goods to arrive has left the buyer.
_MOVED: Final = (
    r"^(?:(?:信用卡|花呗|借呗|白条)?(?:交易|支付|付款|收款|退款|还款|转账|提现|充值|缴费|代付|转入|转出|存入|取出|买入|卖出|申购"
    r"|购买|赎回|冻结|解冻)(?:成功|完成)"
    r"|(?:朋友|对方)?已(?:收钱|收款|领取|退还)|(?:提现)?已到账"
    r"|已(?:存入|转入)零钱通?|已(?:支付|付款|转账|完成|发货|收货)|已(?:全额|部分)?退款"
    r"|(?:等待|待)(?:卖家|商家|买家|对方)?(?:确认收货|收货|发货))(?:[(（￥¥].*)?$"
)
# What is said of a refund that was not made tells nothing about the money that was paid before.
_REFUND_NOT_MADE: Final = r"退款\S*(?:失败|关闭|取消|撤销)"
_ON_ITS_WAY: Final = r"^(?:等待|待)"


def check(cells: Cells, name: str, income: pl.Series, amount: pl.Series) -> None:
    """Rows whose state does not say whether the money moved are faults: they would count it, or leave it out, by guess.

    Args:
        cells: the rows.
        name: the column with the state.
        income: which rows are money that comes in; while the goods are on their way, it has not come yet.
        amount: as printed; of nothing it does not matter whether it moved.
    """
    status = cells.text(name)
    counts = (amount != 0).fill_null(value=True)
    cells.fault(name, "missing", status.is_null() & counts)
    unpaid = status.str.contains(UNPAID) & ~status.str.contains(_REFUND_NOT_MADE)
    cells.fault(name, "state", ~(moved(status, income) | unpaid) & counts)


def moved(status: pl.Series, income: pl.Series | bool) -> pl.Series:
    """Which states say that the money moved; an empty one does not tell."""
    return status.str.contains(_MOVED) & ~(status.str.contains(_ON_ITS_WAY) & income)
