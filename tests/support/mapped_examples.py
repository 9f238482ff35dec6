"""Tables that no importer knows, and the maps a person would make for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from chainbrain.importers.mapped import mapping_json
from chainbrain.importers.mapped.mapping import TableMapping


@dataclass(frozen=True)
class Example:
    """A file and its map."""

    text: str
    given: dict[str, Any]

    @property
    def mapping(self) -> TableMapping:
        return mapping_json.parse(self.given)

    def altered(self, **changes: Any) -> TableMapping:
        return mapping_json.parse({**self.given, **changes})


SHOUQIANBA: Final = Example(
    "收钱吧 交易流水 2026-04\n"
    "收钱吧订单号,商户订单号,终端号,门店,交易时间,交易类型,total_amount,手续费,备注\n"
    "7895000000000000001,A-1,T1,南山店,2026-04-03 12:31:05,收款,3800,23,\n"
    "7895000000000000002,A-2,T1,南山店,2026-04-03 12:32:05,收款,1200,7,少糖\n"
    "7895000000000000003,A-2,T1,南山店,2026-04-03 18:40:00,退款,1200,-7,\n"
    "7895000000000000004,A-3,T1,南山店,2026-04-04 09:00:59,收款,三十八,23,\n"
    "合计,,,,,,6200,23,\n",
    {
        "version": 1,
        "name": "收钱吧流水",
        "kind": "payments",
        "header": [
            "收钱吧订单号", "商户订单号", "终端号", "门店", "交易时间", "交易类型", "total_amount", "手续费", "备注",
        ],
        "columns": {
            "收钱吧订单号": "external_id", "商户订单号": "merchant_order_no", "终端号": "terminal_no", "门店": "store",
            "交易时间": "occurred_at", "交易类型": "kind", "total_amount": "amount", "手续费": "fee",
        },
        "sign": "word",
        "unit": "fen",
        "fixed": {"channel": "shouqianba", "merchant_no": "M1"},
        "words": {"kind": {"收款": "payment", "退款": "refund"}, "direction": {"收款": "in", "退款": "out"}},
        "leave_out": ["合计"],
        "control": "手续费",
    },
)  # fmt: skip

BANK_TWO_COLUMNS: Final = Example(
    "某某农商银行 账户明细,,,,,\n"
    "账号：6228 4800 1234 5678,,,,,\n"
    "入账日,时刻,来账金额,往账金额,结存,往来单位,附注\n"
    "02/04/2026,093000,127.90,,1127.90,甲公司,货款\n"
    '02/04/2026,103000,,"1,500.00",-372.10,乙公司,房租\n'
    "03/04/2026,113000,2000.05,,1627.95,丙公司,货款\n",
    {
        "version": 1,
        "name": "农商行",
        "kind": "bank_lines",
        "header": ["入账日", "时刻", "来账金额", "往账金额", "结存", "往来单位", "附注"],
        "columns": {
            "入账日": "posted_at", "时刻": "clock", "来账金额": "money_in", "往账金额": "money_out",
            "结存": "balance", "往来单位": "counterparty", "附注": "memo",
        },
        "sign": "two_columns",
        "dates": "day_first",
    },
)  # fmt: skip

BANK_SIGNED: Final = Example(
    "记账时间\t变动金额\t可用余额\t对手\t说明\n"
    "2026-04-02 11:00:00\t-20.00\t1087.90\t乙公司\t手续费\n"
    "2026-04-02 10:00:00\t127.90\t1107.90\t甲公司\t货款\n",
    {
        "version": 1,
        "name": "村镇银行",
        "kind": "bank_lines",
        "header": ["记账时间", "变动金额", "可用余额", "对手", "说明"],
        "columns": {
            "记账时间": "posted_at", "变动金额": "amount", "可用余额": "balance", "对手": "counterparty",
            "说明": "memo",
        },
        "sign": "signed",
        "fixed": {"bank_account": "6217 0001"},
    },
)  # fmt: skip

TILL: Final = Example(
    "单号;门店代码;开单时间;付款方式;付款金额;类型;终端流水\n"
    "1001;S001;2026-04-02 12:00:00;微信;38.00;销售;W1\n"
    "1001;S001;2026-04-02 12:30:00;微信;8.00;退货;W1\n"
    "1002;S001;2026-04-02 12:05:00;现金;12.50;销售;\n"
    "1003;S002;2026-04-02 12:06:00;店长请客;20.00;销售;\n",
    {
        "version": 1,
        "name": "老收银机",
        "kind": "tenders",
        "header": ["单号", "门店代码", "开单时间", "付款方式", "付款金额", "类型", "终端流水"],
        "columns": {
            "单号": "order_no", "门店代码": "store", "开单时间": "paid_at", "付款方式": "method",
            "付款金额": "amount", "类型": "direction", "终端流水": "reference",
        },
        "sign": "word",
        "words": {"direction": {"销售": "in", "退货": "out"}, "method": {"店长请客": "coupon"}},
    },
)  # fmt: skip

EXAMPLES: Final = {
    "shouqianba": SHOUQIANBA, "bank_two": BANK_TWO_COLUMNS, "bank_signed": BANK_SIGNED, "till": TILL,
}  # fmt: skip
