"""Statements of personal bank accounts and cards (银行个人账户流水) that small shops are run with, bank by bank."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from chainbrain.importers.banks import bank_statement
from chainbrain.importers.banks.bank_statement import Parts
from chainbrain.importers.banks.stated_sums import SUM_LINES
from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.tables.layout import Dialect, Layout
from chainbrain.importers.tables.quotes import loosely_quoted

PARTS: Final = Parts(
    out=("记账金额(支出)", "取出金额", "支出"),
    into=("记账金额(收入)", "存入金额", "收入"),
    # Cards post another currency's purchase in yuan: the posted amount counts, not the one at the till.
    signed=("入账币种/金额", "结算金额", "入账金额", "交易金额", "金额"),
    flag=("借贷",),
    day=("交易日期", "记账日期"),
    clock=("交易时间", "记账时间"),
    balance=("余额", "账户余额", "联机余额", "本次余额"),
    name=("对方户名", "对手信息", "对方账户名", "交易对手名称"),
    number=("对方账号", "对方账户", "对方卡号/账号", "交易对手账号"),
    memo=(
        "摘要", "交易摘要", "客户摘要", "交易名称", "交易类型", "交易描述", "交易说明", "交易详情", "附言", "交易附言",
        "交易场所", "交易地点",
    ),
    line_id=("日 志 号",),
    own=("借记卡号", "卡末四位"),
    currency=("记账币种", "结算币种", "入账货币", "币种", "币别", "货币"),
    whole=False,
)  # fmt: skip


def _bank(name: str, required: str, others: str = "", role: str = "") -> Layout:
    needed = tuple(word.replace("_", " ") for word in required.split())
    columns = (*needed, *(word.replace("_", " ") for word in others.split()))
    return Layout(name, needed, columns, dialect=Dialect(ends=SUM_LINES, comment="#", repair=loosely_quoted), role=role)


_ICBC: Final = "交易日期 记账金额(收入) 记账金额(支出) 记账币种 余额"
_ICBC_MORE: Final = "摘要 交易场所 交易国家或地区简称 交易金额(收入) 交易金额(支出) 交易币种 对方户名"

LAYOUTS: Final = (
    _bank("icbc_debit_v1", f"{_ICBC} 钞/汇", _ICBC_MORE),
    _bank("icbc_debit_v2", f"{_ICBC} 钞/汇 交易详情", f"{_ICBC_MORE} 对方账户"),
    _bank("icbc_credit", f"{_ICBC} 记账日期", _ICBC_MORE, role="credit"),
    _bank("ccb", "交易日期 记账日 支出 收入 账户余额 交易地点", "交易时间 币种 摘要 对方账号 对方户名"),
    _bank("cmb_debit", "记账日期 货币 交易金额 联机余额 对手信息", "交易摘要 客户摘要"),
    _bank("abc_debit", "交易日期 交易金额 本次余额 对手信息", "交易时间 交易摘要 日_志_号 交易渠道 交易附言"),
    _bank(
        "boc_debit",
        "记账日期 币别 金额 余额 交易名称 对方账户名",
        "记账时间 渠道 网点名称 附言 对方卡号/账号 对方开户行 借记卡号",
    ),
    _bank("bocom_debit", "交易日期 借贷 交易金额 余额 对方户名", "序号 交易时间 交易类型 对方账号 交易地点 摘要"),
    _bank("bocom_credit", "交易日期 交易说明 入账币种/金额", "记账日期 交易币种/金额", role="credit"),
    _bank("spdb_debit", "交易日期 存入金额 取出金额 余额 交易对手名称", "顺序号 交易类型 交易对手账号 附言"),
    _bank("citic_credit", "交易日期 入账日期 交易描述 结算币种 结算金额", "卡末四位 交易币种 交易金额", role="credit"),
    _bank("cgb_credit", "交易日期 入账日期 交易摘要 入账金额 入账货币", "交易金额 交易货币", role="credit"),
)


class BankPersonal(Importer):
    """Found by its header only: banks change the titles of their files, and some print none."""

    format = "bank-personal"
    layouts: ClassVar[tuple[Layout, ...]] = LAYOUTS

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One bank line per row; money in is positive, on credit cards too."""
        return bank_statement.read(sheets, PARTS, context)
