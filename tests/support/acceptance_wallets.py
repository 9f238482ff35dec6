"""Writers of wallet files, one row at a time, straight from the descriptions of the formats."""

# Rows of files stand one to a line, however long.
# ruff: noqa: E501, PLR0917

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

Row = dict[str, object]

WX_HEAD = [
    "交易时间",
    "公众账号ID",
    "商户号",
    "特约商户号",
    "设备号",
    "微信订单号",
    "商户订单号",
    "用户标识",
    "交易类型",
    "交易状态",
    "付款银行",
    "货币种类",
    "应结订单金额",
    "代金券金额",
]
WX_BACK = ["微信退款单号", "商户退款单号", "退款金额", "充值券退款金额", "退款类型", "退款状态"]
WX_GOODS = ["商品名称", "商户数据包", "手续费", "费率"]
WX_VARIANTS = {
    "ALL": [*WX_HEAD, *WX_BACK, *WX_GOODS, "订单金额", "申请退款金额", "费率备注"],
    "SUCCESS": [*WX_HEAD, *WX_GOODS, "订单金额", "费率备注"],
    "REFUND": [*WX_HEAD, "退款申请时间", "退款成功时间", *WX_BACK, *WX_GOODS, "订单金额", "申请退款金额", "费率备注"],
    "OLD_ALL": [*WX_HEAD, *WX_BACK, *WX_GOODS],
}
_OLD = {
    "特约商户号": "子商户号", "应结订单金额": "总金额", "代金券金额": "代金券或立减优惠金额",
    "充值券退款金额": "代金券或立减优惠退款金额",
}  # fmt: skip
_SUMS = ("应结订单金额", "退款金额", "充值券退款金额", "手续费", "订单金额", "申请退款金额")
_SUM_NAMES = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
_OLD_NAMES = "总交易单数,总交易额,总退款金额,总代金券或立减优惠退款金额,手续费总金额"


def wx_sale(
    number: str, order: str, at: str, amount: str, fee: str = "0.00", mch: str = "1900000101", **more: object
) -> Row:
    row: Row = {
        "交易时间": at, "公众账号ID": "wxfd00aa", "商户号": mch, "特约商户号": "0", "设备号": "", "微信订单号": number,
        "商户订单号": order, "用户标识": f"o{number[-6:]}", "交易类型": "MICROPAY", "交易状态": "SUCCESS",
        "付款银行": "OTHERS", "货币种类": "CNY", "应结订单金额": amount, "代金券金额": "0.00", "微信退款单号": "0",
        "商户退款单号": "0", "退款金额": "0.00", "充值券退款金额": "0.00", "退款类型": "", "退款状态": "",
        "商品名称": "餐费", "商户数据包": "", "手续费": f"{Decimal(fee):.5f}", "费率": "0.60%", "订单金额": amount,
        "申请退款金额": "0.00", "费率备注": "",
    }  # fmt: skip
    return row | more


def wx_refund(number: str, order: str, at: str, amount: str, refund: str, own: str, fee: str = "0.00",
              mch: str = "1900000101", **more: object) -> Row:  # fmt: skip
    row = wx_sale(number, order, at, "0.00", fee, mch)
    row |= {
        "交易状态": "REFUND", "微信退款单号": refund, "商户退款单号": own, "退款金额": amount, "退款类型": "ORIGINAL",
        "退款状态": "SUCCESS", "申请退款金额": amount, "退款申请时间": at, "退款成功时间": at,
    }  # fmt: skip
    return row | more


def wx_text(rows: Sequence[Row], variant: str = "ALL", mark: str = "`") -> str:
    names = WX_VARIANTS[variant]
    old = variant == "OLD_ALL"
    lines = [",".join(_OLD.get(name, name) if old else name for name in names)]
    lines += [",".join(f"{mark}{row.get(name, '')}" for name in names) for row in rows]
    sums = [sum((Decimal(str(row.get(name, 0) or 0)) for row in rows), Decimal(0)) for name in _SUMS]
    figures = [str(len(rows)), *(f"{figure:.2f}" for figure in sums)]
    figures[4] = f"{sums[3]:.5f}"
    lines += [_OLD_NAMES if old else _SUM_NAMES, ",".join(mark + cell for cell in (figures[:5] if old else figures))]
    return "\r\n".join(lines) + "\r\n"


def wx_bill(path: Path, rows: Sequence[Row], variant: str = "ALL", encoding: str = "utf-8") -> Path:
    path.write_bytes(wx_text(rows, variant).encode(encoding))
    return path


FUND = "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号"


def wx_fund(path: Path, rows: Sequence[tuple[str, str, str, str, str, str]], opening: str = "0.00",
            newest_first: bool = False, encoding: str = "utf-8-sig") -> Path:  # fmt: skip
    """Rows: moment, business number, line number, kind, signed amount, voucher."""
    balance, lines, totals = Decimal(opening), [], {"收入": [0, Decimal(0)], "支出": [0, Decimal(0)]}
    for at, business, line, kind, amount, voucher in rows:
        signed = Decimal(amount)
        balance += signed
        side = "收入" if signed >= 0 else "支出"
        totals[side][0] += 1
        totals[side][1] += abs(signed)
        lines.append(",".join(f"`{cell}" for cell in (
            at, business, line, kind, kind, side, f"{abs(signed):.2f}", f"{balance:.2f}", "system", "", voucher,
        )))  # fmt: skip
    if newest_first:
        lines.reverse()
    inn, out = totals["收入"], totals["支出"]
    tail = ["资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额",
            f"`{len(rows)},`{inn[0]},`{inn[1]:.2f},`{out[0]},`{out[1]:.2f}"]  # fmt: skip
    path.write_bytes("\r\n".join([FUND, *lines, *tail, ""]).encode(encoding))
    return path


ALI = [
    "支付宝交易号",
    "商户订单号",
    "业务类型",
    "商品名称",
    "创建时间",
    "完成时间",
    "门店编号",
    "门店名称",
    "操作员",
    "终端号",
    "对方账户",
    "订单金额（元）",
    "商家实收（元）",
    "支付宝红包（元）",
    "集分宝（元）",
    "支付宝优惠（元）",
    "商家优惠（元）",
    "券核销金额（元）",
    "券名称",
    "商家红包消费金额（元）",
    "卡消费金额（元）",
    "退款批次号/请求号",
    "服务费（元）",
    "分润（元）",
    "备注",
]
_TABBED = ("支付宝交易号", "商户订单号", "业务类型", "门店编号", "门店名称", "操作员", "终端号", "对方账户",
           "商家红包消费金额（元）", "退款批次号/请求号")  # fmt: skip


def ali_sale(number: str, order: str, at: str, amount: str, fee: str = "0.00", store: str = "", **more: object) -> Row:
    """``fee`` as charged, positive; the file prints it negative."""
    row: Row = dict.fromkeys(ALI, "0.00") | {
        "支付宝交易号": number, "商户订单号": order, "业务类型": "交易", "商品名称": "奶茶", "创建时间": at,
        "完成时间": at, "门店编号": store, "门店名称": "", "操作员": "", "终端号": "", "对方账户": f"*三(138****{number[-4:]})",
        "订单金额（元）": amount, "商家实收（元）": amount, "券名称": "", "退款批次号/请求号": "", "备注": "",
        "服务费（元）": f"{-Decimal(fee):.2f}",
    }  # fmt: skip
    return row | more


def ali_refund(number: str, order: str, at: str, amount: str, batch: str, fee: str = "0.00", made: str = "",
               store: str = "", **more: object) -> Row:  # fmt: skip
    """``amount`` and ``fee`` as given back, positive."""
    row = ali_sale(number, order, at, f"{-Decimal(amount):.2f}", "0.00", store)
    row |= {
        "业务类型": "退款",
        "退款批次号/请求号": batch,
        "服务费（元）": f"{Decimal(fee):.2f}",
        "创建时间": made or at,
    }
    return row | more


def ali_text(rows: Sequence[Row], account: str = "20881111222233340156", first: str = "2026年03月10日",
             after: str = "2026年03月11日", header: Sequence[str] = ALI) -> str:  # fmt: skip
    def cell(row: Row, name: str) -> str:
        return f"{row[name]}\t" if name in _TABBED else str(row[name])

    sides = {}
    for kind in ("交易", "退款"):
        own = [row for row in rows if row["业务类型"] == kind]
        taken = sum((Decimal(str(row["商家实收（元）"])) for row in own), Decimal(0))
        given = sum((Decimal(str(row["商家优惠（元）"])) for row in own), Decimal(0))
        sides[kind] = (len(own), taken, given)
    sold, back = sides["交易"], sides["退款"]
    lines = [
        "#支付宝业务明细查询", f"#账号：[{account}]",
        f"#起始日期：[{first} 00:00:00]   终止日期：[{after} 00:00:00]",
        "#-----------------------------------------业务明细列表----------------------------------------",
        ",".join(header), *(",".join(cell(row, name) for name in ALI) for row in rows),
        "#-----------------------------------------业务明细列表结束------------------------------------",
        f"#交易合计：{sold[0]}笔，商家实收共{sold[1]:.2f}元，商家优惠共{sold[2]:.2f}元",
        f"#退款合计：{back[0]}笔，商家实收退款共{back[1]:.2f}元，商家优惠退款共{back[2]:.2f}元",
        "#导出时间：[2026年03月12日 05:46:49]",
    ]  # fmt: skip
    return "\r\n".join(lines) + "\r\n"


class _GbkName(zipfile.ZipInfo):
    """A member whose name is written as GBK bytes without the UTF-8 flag, as Alipay's archives have it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(_GbkName(name), data, zipfile.ZIP_DEFLATED)
    return path


def ali_bill(path: Path, rows: Sequence[Row], encoding: str = "gb18030", **how: str) -> Path:
    path.write_bytes(ali_text(rows, **how).encode(encoding))  # type: ignore[arg-type]
    return path


LEDGER = [
    "账务流水号",
    "业务流水号",
    "商户订单号",
    "商品名称",
    "发生时间",
    "对方账号",
    "收入金额（+元）",
    "支出金额（-元）",
    "账户余额（元）",
    "交易渠道",
    "业务类型",
    "备注",
]


def ali_ledger(path: Path, rows: Sequence[tuple[str, str, str, str, str, str]], opening: str = "0.00",
               account: str = "2088111122223334", newest_first: bool = False, preamble: int = 4, wide: bool = False,
               negative: bool = True, first: str = "2026年03月10日", after: str = "2026年03月11日") -> Path:  # fmt: skip
    """Rows: moment, line number, business number, merchant order, kind, signed amount."""
    balance, lines, inn, out = Decimal(opening), [], [], []
    for at, line, business, order, kind, amount in rows:
        signed = Decimal(amount)
        balance += signed
        (inn if signed >= 0 else out).append(abs(signed))
        paid = "" if signed >= 0 else f"{signed if negative else -signed:.2f}"
        cells = [f"{line}\t", f"{business}\t", f"{order}\t", "餐费\t", at, "\t", f"{signed:.2f}" if signed >= 0 else "",
                 paid, f"{balance:.2f}", "支付宝", kind, ""]  # fmt: skip
        lines.append(",".join([*cells, "", "", "", ""] if wide else cells))
    if newest_first:
        lines.reverse()
    above = ["#支付宝账务明细查询", f"#账号：[{account}]", f"#起始日期：[{first} 00:00:00]   终止日期：[{after} 00:00:00]",
             "#-----账务明细列表-----"]  # fmt: skip
    header = [*LEDGER, *(["业务描述", "业务账单来源", "业务基础订单号", "业务订单号"] if wide else [])]
    below = ["#-----账务明细列表结束-----", f"#支出合计：{len(out)}笔，共{-sum(out, Decimal(0)):.2f}元",
             f"#收入合计：{len(inn)}笔，共{sum(inn, Decimal(0)):.2f}元", "#导出时间：[2026年03月12日 05:46:49]"]  # fmt: skip
    text = "\r\n".join([*above[:preamble], ",".join(header), *lines, *(below if preamble == 4 else []), ""])
    path.write_bytes(text.encode("gb18030"))
    return path
