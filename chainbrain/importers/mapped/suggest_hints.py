"""Names and words that hint at what a column of an unknown table is; hints only, the contents have the last word."""

from __future__ import annotations

import re
from typing import Final

from chainbrain.importers.banks import bank_layouts as bank
from chainbrain.importers.tables.fold import fold
from chainbrain.importers.tills import till_tables
from chainbrain.importers.wallets import wechat_fundflow


def _names(*names: str) -> frozenset[str]:
    return frozenset(fold(name) for name in names)


# Names that are known from documents: 收钱吧's interface (sn, client_sn, terminal_sn, total_amount in fen), the bank
# statements and tables that have importers. `net_amount` of 收钱吧 is what refunds have left of the amount, no net.
_SHOUQIANBA_FEN: Final = _names("total_amount", "net_amount")
SHOUQIANBA: Final = _names("收钱吧订单号", "sn", "client_sn", "terminal_sn", "payway", "total_amount", "net_amount")
IN_FEN: Final = re.compile(r"\(分\)|单位:?分|_fen$|^fen|金额分$")

EXACT: Final[dict[str, frozenset[str]]] = {
    "external_id": _names("收钱吧订单号", "sn", "资金流水单号", "账务流水号", *bank.LINE_ID),
    "merchant_order_no": _names("商户订单号", "client_sn", "商户流水号", "商户单号"),
    "terminal_no": _names("终端号", "terminal_sn", "终端编号"),
    "amount": _names("total_amount", "收支金额(元)", "支付金额", "实收金额", *bank.SIGNED),
    "money_in": _names("收入金额（+元）", *bank.IN),
    "money_out": _names("支出金额（-元）", *bank.OUT),
    "direction": _names("收支类型", "收/支", *bank.FLAG),
    "balance": _names("账户结余(元)", *bank.BALANCE),
    "posted_at": _names("记账时间", *bank.DAY),
    "clock": _names(*bank.CLOCK),
    "counterparty": _names(*bank.NAME),
    "counterparty_account": _names(*bank.NUMBER),
    "memo": _names(*bank.MEMO),
    "bank_account": _names(*bank.OWN),
    "order_no": _names(*(name for name in till_tables.Orders.layouts[0].required if name.startswith("订单"))),
    "business_day": _names("营业日期", "营业日"),
    "list_amount": _names("应收金额", "原价", "订单原价"),
    "method": _names("支付方式", "付款方式", "收款方式", "结算方式"),
}

# The same by parts of names, the more telling first. What a name means depends on the kind that is proposed.
PATTERNS: Final[tuple[tuple[str, str], ...]] = (
    ("printed_rate", r"费率|fee_?rate"),
    ("fee", r"手续费|服务费|佣金|fee"),
    ("balance", r"余额|结余|结存|balance"),
    ("net", r"到账金额|净额|净收|实际到账|入账金额|结算金额|商家应收"),
    ("money_in", r"(收入|贷方|转入|存入|来账|入账)(金额|发生额)?"),
    ("money_out", r"(支出|借方|转出|支取|往账|出账)(金额|发生额)?"),
    ("list_amount", r"应收|原价|标价"),
    ("amount", r"金额|实收|发生额|amount|money|变动额"),
    ("direction", r"收支|借贷|方向|进出"),
    ("kind", r"(交易|业务|收支|流水|账务)?类型|交易类别|type"),
    ("status", r"状态|status|结果"),
    ("method", r"(支付|付款|收款|结算)方式|支付渠道|pay_?way|payment_?method"),
    ("refund_id", r"退款(单号|流水|编号)"),
    ("merchant_order_no", r"(商户|外部|商家)(订单|流水|单)号|out_?trade_?no|client_?sn"),
    ("counterparty_account", r"对(方|手)(账号|账户|卡号)|往来账号"),
    ("bank_account", r"(本方|我方)?(账号|卡号)$"),
    ("counterparty", r"对(方|手)|往来(单位|户名)?|付款(人|方)|收款(人|方)|户名"),
    ("memo", r"摘要|附(言|注)|用途|备注|说明|memo|remark"),
    ("merchant_no", r"商户(号|编号)|mch_?id|merchant_?(no|id)"),
    ("terminal_no", r"终端|设备(号|编号)|terminal"),
    ("store", r"门店|店铺|分店|store|shop"),
    ("settlement_ref", r"结算(单|批次)"),
    ("pays_on", r"(到账|打款|付款)(日|时间)"),
    ("bill_day", r"(账单|结算|清算|归账)(日|时间)"),
    ("business_day", r"营业日"),
    ("order_no", r"订单(号|编号)|单号$|order_?(no|id|sn)"),
    (
        "external_id",
        r"(交易|平台|支付|渠道|系统|银行)?(流水|订单|单)(单)?(号|编号)|交易号|trade_?no|transaction_?id|_id$",
    ),
    ("reference", r"凭证号|参考号|终端流水"),
    ("payer", r"openid|买家|顾客|会员"),
    ("clock", r"时刻|时间|clock|time"),
    ("time", r"时间|日期|日$|time|date|时刻"),
)
COMPILED: Final = tuple((field, re.compile(pattern)) for field, pattern in PATTERNS)

# What words of a column say. Looked for in this order: 退款手续费 is a fee given back, 退款 a refund.
KIND_WORDS: Final = (
    ("fee_return", re.compile(r"退(还|回).*手续费|手续费.*退")),
    ("refund", re.compile(r"退款|退货|撤销|冲正|refund|revoke", re.IGNORECASE)),
    ("split_return", re.compile(r"分账(回退|退回)")),
    ("split", re.compile(r"分账|分润")),
    ("fee", re.compile(r"手续费|服务费|收费")),
    ("withdrawal", re.compile(r"提现|划款|出款|结算到")),
    ("top_up", re.compile(r"充值")),
    ("transfer", re.compile(r"转账")),
    ("payment", re.compile(r"收款|支付|消费|付款|销售|交易|收入|pay|sale", re.IGNORECASE)),
)
LEDGER_WORDS: Final = wechat_fundflow.KINDS
DIRECTION_WORDS: Final = (
    ("out", re.compile(r"支出|支取|支$|^付|^借|退|出|往账|out|^D$|^-$", re.IGNORECASE)),
    ("in", re.compile(r"收|贷|入|来账|销售|支付|消费|in|^C$|^\+$", re.IGNORECASE)),
)
# 未完成 before 完成. A payment that was given back (已退款) may stand beside a refund of its own or not: a person says.
STATE_WORDS: Final = (
    (
        "cancelled",
        re.compile(
            r"取消|关闭|撤销|撤单|失败|作废|拒绝|驳回|超时|过期|异常|冲正|未|待|不成功|(支付|处理|进行|确认)中"
            r"|cancel|close|fail|void|revoke|reject|expire|unpaid|not_?pay|pending|paying|process|wait|error",
            re.IGNORECASE,
        ),
    ),
    (
        "done",
        re.compile(
            r"成功|完成|已支付|已付款?$|已收款?$|已结[算清账]|已到账|已入账|^正常$|success|^paid$|finish|complete|done",
            re.IGNORECASE,
        ),
    ),
)
TOTAL_WORDS: Final = ("合计", "总计", "小计", "总合计", "汇总", "共计")


def is_fen_name(name: str) -> bool:
    """Whether the name itself says that its figures are fen."""
    folded = fold(name)
    return folded in _SHOUQIANBA_FEN or IN_FEN.search(folded) is not None
