"""Till reports, takeaway workbooks, bank statements and the chain's own tables as people and banks really write them."""

# Rows of files stand one to a line, however long.
# ruff: noqa: E501, PLR0917

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_book import Book, Read
from acceptance_tables import bank, csv_file, waimai, waimai_row, xlsx_file

Reader = Callable[[Path], list[Read]]


def one(found: list[Read]) -> Read:
    assert len(found) == 1
    told = (
        found[0].reading.outcome,
        found[0].reading.code,
        found[0].reading.facts,
        found[0].reading.problems,
        found[0].reading.headers,
    )
    assert found[0].reading.outcome == "read", told
    return found[0]


def D(*figures: str) -> list[Decimal]:
    return [Decimal(figure) for figure in figures]


# ------------------------------------------------------------------------------------------------ banks
PAYER = "深圳市财付通支付科技有限公司"
# Movements: day, clock, amount, balance after it.
MOVES = [
    ("2026-03-10", "09:30:00", "1,250.40", "11,250.40"),
    ("2026-03-10", "10:00:00", "-300.00", "10,950.40"),
    ("2026-03-11", "08:05:09", "29.82", "10,980.22"),
]


def layouts() -> dict[str, tuple[list[list[str]], Callable[..., dict[str, str]]]]:
    """Per layout: rows above the header, and the cells of one movement by column name (in the order of the columns)."""

    def two(out: str, into: str, **names: str) -> Callable[..., dict[str, str]]:
        def cells(columns: list[str], day: str, clock: str, amount: str, left: str, number: str) -> dict[str, str]:
            plain = amount.lstrip("-")
            return {out: plain if amount.startswith("-") else "", into: "" if amount.startswith("-") else plain}

        return cells

    def flag(name: str, size: str, borrow: str = "借", lend: str = "贷") -> Callable[..., dict[str, str]]:
        return lambda columns, day, clock, amount, left, number: {
            size: amount.lstrip("-"), name: borrow if amount.startswith("-") else lend,
        }  # fmt: skip

    return {
        "icbc_01": ([["[HISTORYDETAIL]"]], lambda columns, day, clock, amount, left, number: {
            "借贷标志": "借" if amount.startswith("-") else "贷", "转出金额": amount.lstrip("-") if amount.startswith("-") else "",
            "转入金额": "" if amount.startswith("-") else amount,
        }),
        "icbc_02": ([["账号", "571900000001", "户名", "甲公司"]], two("借方发生额", "贷方发生额")),
        "icbc_04": ([["[HISTORYDETAIL]"]], two("借方发生额", "贷方发生额")),
        "ccb_01": ([["账户明细"], ["账号：571900000001"], [""], [""], [""], [""], [""]], two("发生额/元", "贷方")),
        "ccb_02": ([], two("借方发生额（支取）", "贷方发生额（收入）")),
        "ccb_03": ([["查询账号", "571900000001"], [""], [""]], two("借方发生额/元(支取)", "贷方发生额/元(收入)")),
        "cmb_01": ([["账号", "571900000001"], ["# 招商银行"]], two("借方金额", "贷方金额")),
        "abc_01": ([["账户明细"], ["账户号", "571900000001", "账户名称", "甲公司"]], two("支出金额", "收入金额")),
        "abc_01b": ([["账户号", "571900000001"]], two("支出金额", "收入金额")),
        "abc_02": ([["账户号", "571900000001"]], two("支出金额", "收入金额")),
        "boc_01": ([["查询账号[ Inquirer account number ]", "571900000001"]], lambda columns, day, clock, amount, left, number: {
            "交易类型": "往账" if amount.startswith("-") else "来账", "交易金额": amount,
            "付款人名称": "甲公司" if amount.startswith("-") else PAYER, "收款人名称": "供应商" if amount.startswith("-") else "甲公司",
            "付款人账号": "571900000001" if amount.startswith("-") else "999", "收款人账号": "888" if amount.startswith("-") else "571900000001",
        }),
        "bocom": ([["查询账号：571900000001", "户名：甲公司"]], flag("借贷标志", "发生额")),
        "cib": ([], two("借方金额（支出）", "贷方金额（收入）")),
        "pab": ([["对账单"]], two("借", "贷")),
        "cmbc": ([["账号：", "571900000001"]], two("借方发生额", "贷方发生额")),
        "spdb": ([["账号", "571900000001"], [""], [""], [""]], two("借方金额", "贷方金额")),
        "hxb": ([["账号：571900000001"]], two("支出金额", "收入金额")),
        "psbc": ([["账号：571900000001"]], two("支出金额", "收入金额")),
    }  # fmt: skip


COLUMNS = {
    "icbc_01": "凭证号 对方账号 交易时间 借贷标志 对方单位 对方行号 用途 摘要 附言 回单个性化信息 余额 转出金额 转入金额 本方账号",
    "icbc_02": "日期 交易类型 对方户名 对方账号 摘要 借方发生额 贷方发生额 余额",
    "icbc_04": "凭证号 本方账号 对方账号 交易时间 借/贷 借方发生额 贷方发生额 对方行号 摘要 用途 对方单位名称 余额 个性化信息",
    "ccb_01": "记账日期 交易时间 凭证种类 凭证号 发生额/元 贷方 余额/元 钞汇标志 对方户名 对方账号 摘要 备注 账户明细编号-交易流水号 企业流水号 本方账号 本方账户名称 本方账户开户机构",
    "ccb_02": "账号 账户名称 交易时间 借方发生额（支取） 贷方发生额（收入） 余额 币种 对方户名 对方账号 对方开户机构 记账日期 摘要 备注 账户明细编号-交易流水号 企业流水号 凭证种类 凭证号",
    "ccb_03": "交易时间 借方发生额/元(支取) 贷方发生额/元(收入) 余额 币种 对方户名 对方账号 对方开户机构 记账日期 摘要 备注 账户明细编号-交易流水号 企业流水号 凭证种类 凭证号 交易介质编号",
    "cmb_01": "交易日 交易时间 起息日 交易类型 借方金额 贷方金额 余额 用途 流水号 流程实例号 业务名称 业务参考号 业务摘要 其它摘要 收(付)方分行名 收(付)方名称 收(付)方账号 收(付)方开户行行号 收(付)方开户行名 收(付)方开户行地址 母(子)公司账号分行名 母(子)公司账号 母(子)公司名称 信息标志 有否附件信息 冲账标志 扩展摘要 交易分析码 票据号 商务支付订单号 内部编号",
    "abc_01": "交易时间 收入金额 支出金额 账户余额 交易行名 对方省市 对方账号 对方户名 交易用途 摘要 会计日期",
    "abc_01b": "交易时间 收入金额 支出金额 账户余额 对方账号 对方户名 交易用途 对方开户行 摘要 交易说明",
    "abc_02": "交易日期 交易时间戳 收入金额 支出金额 本次余额 手续费总额 交易方式 交易行名 交易类别 对方省市 对方账号 对方户名 交易说明 交易摘要 交易附言 交易凭证号 交易日志号 账簿号 账簿名称",
    "boc_01": "交易类型 业务类型 付款人开户行号 付款人开户行名 付款人账号 付款人名称 收款人开户行行号 收款人开户行名 收款人账号 收款人名称 交易日期 交易时间 交易货币 交易金额 交易后余额 起息日期 汇率 交易流水号",
    "bocom": "交易时间 摘要 凭证种类 凭证号码 企业业务编号 发生额 币种 余额 对方账号 对方户名 借贷标志 卡号",
    "cib": "银行流水号 账号 户名 凭证代号 币种 现/转 借方金额（支出） 贷方金额（收入） 账户余额 摘要 对方账号 对方户名 对方银行 对方行号 记账日期 交易时间 用途 备注",
    "pab": "交易日期 账号 借 贷 账户余额 对方账户 对方账户名称 交易流水号 单位结算卡号 摘要 用途",
    "cmbc": "交易时间 交易流水号 借方发生额 贷方发生额 账户余额 凭证号 客户附言 对方账号 对方账号名称 对方开户行",
    "spdb": "交易日期 交易时间 账务日 凭证号 借方金额 贷方金额 余额 对方账号 对方户名 对方行名 交易流水号 摘要 备注",
    "hxb": "序号 交易日期 交易时间 支出金额 收入金额 余额 对方账号 对方户名 对方行名 核心流水号 交易描述 摘要 凭证号码 明细标注 记账日期",
    "psbc": "交易日期 交易时间 支出金额 收入金额 余额 对方账号 对方户名 对方行名 用途 附言 摘要 交易流水号",
}  # fmt: skip
# Layouts whose 交易时间 carries the whole moment because no column says the day.
WHOLE = ("icbc_01", "icbc_04", "ccb_02", "ccb_03", "abc_01", "abc_01b", "bocom", "cmbc", "cib")


def statement(layout: str, *, numbers: bool = True, newest_first: bool = False) -> list[list[str]]:
    above, amounts = layouts()[layout]
    columns = COLUMNS[layout].split()
    body = []
    for number, (day, clock, amount, left) in enumerate(MOVES, 1):
        compact = day.replace("-", "")
        found = {
            **dict.fromkeys(("交易日期", "日期", "交易日", "记账日期", "账务日", "会计日期", "起息日", "起息日期"), compact if layout != "icbc_02" else day),
            "交易时间": f"{compact} {clock}" if layout in WHOLE else clock, "交易时间戳": f"{day} {clock}",
            **dict.fromkeys(("余额", "账户余额", "本次余额", "交易后余额", "余额/元"), left),
            **dict.fromkeys(("对方户名", "对方单位", "对方单位名称", "对方账户名称", "对方账号名称", "收(付)方名称"), PAYER),
            **dict.fromkeys(("账号", "本方账号", "卡号"), "571900000001"), "摘要": "跨行转账", "序号": str(number), "凭证号": "0",
            **amounts(columns, day, clock, amount, left, number),
        }  # fmt: skip
        if numbers:
            named = ("交易流水号", "银行流水号", "账户明细编号-交易流水号", "核心流水号", "交易日志号", "流水号")
            found |= dict.fromkeys(named, f"LS{number:05d}")
        body.append([found.get(name, "") for name in columns])
    header = [f"{name}[ Some English ]" if layout == "boc_01" else name for name in columns]
    if layout == "ccb_01":
        header[columns.index("贷方")] = ""
        sub = [""] * len(columns)
        sub[columns.index("发生额/元")], sub[columns.index("贷方")] = "借方", "贷方"
        return [*above, header, sub, *(reversed(body) if newest_first else body)]
    return [*above, header, *(reversed(body) if newest_first else body)]


@pytest.mark.parametrize("layout", sorted(COLUMNS))
def test_every_bank_layout(tmp_path: Path, read: Reader, layout: str) -> None:
    amounts = []
    for number, how in enumerate(({}, {"newest_first": True}, {"numbers": False})):
        rows = statement(layout, **how)
        path = tmp_path / f"{number}.dat"
        made = csv_file(path, rows, "gb18030") if number else xlsx_file(path, {"Sheet1": rows})
        found = one(read(made))
        assert found.format == f"bank-corporate/{layout}"
        assert found.reading.control_total == "agrees", found.reading.controls
        frame = found.frames["bank_lines"].sort("balance")
        amounts.append(frame["amount"].to_list())
        assert set(frame["bank_account"].to_list()) == {"571900000001"}
        assert PAYER in frame["counterparty"].to_list()
        assert {moment.date() for moment in frame["posted_at"]} == {date(2026, 3, 10), date(2026, 3, 11)}
    assert amounts == [D("-300.00", "29.82", "1250.40")] * 3


@pytest.mark.parametrize("layout", sorted(COLUMNS))
def test_a_digit_altered_in_any_bank_layout(tmp_path: Path, read: Reader, layout: str) -> None:
    rows = [[cell.replace("29.82", "28.82") if cell == "29.82" else cell for cell in row] for row in statement(layout)]
    assert rows != statement(layout)
    assert one(read(csv_file(tmp_path / "a.csv", rows))).reading.control_total == "differs"


def test_two_equal_movements_of_one_day_without_numbers_or_clock_stay_two(book: Book) -> None:
    first = bank(
        book.folder / "a.csv",
        [("2026-03-10", "5.00", "甲", "x"), ("2026-03-10", "-5.00", "甲", "x"), ("2026-03-10", "5.00", "甲", "x")],
    )
    assert book.take(first)[0]["rows"]["new"] == 3
    again = bank(book.folder / "b.csv", [("2026-03-10", "5.00", "甲", "x"), ("2026-03-10", "-5.00", "甲", "x"), ("2026-03-10", "5.00", "甲", "x"),
                                         ("2026-03-11", "7.00", "乙", "")], newest_first=True)  # fmt: skip
    assert book.take(again)[0]["rows"] == {"new": 1, "seen": 3, "suspect": 0, "broken": 0}


# ------------------------------------------------------------------------------------------------ takeaway
A1 = "3001122334455667788"


@pytest.mark.parametrize("note", [True, False])
def test_takeaway_orders_refunds_and_what_is_no_sale(tmp_path: Path, read: Reader, note: bool) -> None:
    rows = [
        waimai_row("90001", A1, "2026-03-10", "24.92", "43.80", "2.00", "-14.00", "-6.88", "-2.07"),
        waimai_row("90001", A1[:-1] + "9", "2026-03-10", "0.00", "30.00", "1.00", "-", "-", "-", state="订单取消"),
        waimai_row("90001", A1, "2026-03-10", "-10.00", kind="退款", back="2026-03-10 15:00:00"),
        waimai_row("90001", "-", "2026-03-10", "-5.00", kind="推广费用"),
        waimai_row("90001", "-", "2026-03-10", "-1.20", kind="保险"),
    ]
    found = one(read(waimai(tmp_path / "w.xls", rows, {"2026-03-10": "2026-03-13"}, note)))
    assert found.format == "meituan-waimai"
    frame = found.frames["payments"]
    assert frame["kind"].to_list() == ["payment", "payment", "refund", "adjustment", "adjustment"]
    assert [amount - fee for amount, fee in zip(frame["amount"], frame["fee"], strict=True)][2:] == D(
        "-10.00", "-5.00", "-1.20"
    )
    assert frame["amount"][0] == Decimal("31.80")
    assert frame["fee"][0] == Decimal("6.88")
    assert frame["commission"][0] == Decimal("2.07")
    assert frame["cancelled"].to_list() == [False, True, False, False, False]
    assert frame["external_id"].to_list()[3:] == [None, None]
    assert found.column("settlement_rows", "amount") == D("8.72")
    assert found.column("settlement_rows", "pays_on") == [date(2026, 3, 13)]


def test_takeaway_worked_example(tmp_path: Path, read: Reader) -> None:
    """food 48, pack 2, merchant discount 6, 6.5 %, delivery 4.15: base 44.00, commission 2.86, settled 36.99."""
    rows = [waimai_row("90001", A1, "2026-03-10", "36.99", "48.00", "2.00", "-6.00", "-7.01", "-2.86")]
    frame = one(read(waimai(tmp_path / "w.xlsx", rows, {"2026-03-10": "2026-03-13"}))).frames["payments"]
    assert (frame["amount"][0], frame["fee"][0], frame["commission"][0]) == (
        Decimal("44.00"),
        Decimal("7.01"),
        Decimal("2.86"),
    )


def test_takeaway_a_bill_that_its_rows_do_not_make(tmp_path: Path, read: Reader) -> None:
    rows = [waimai_row("90001", A1, "2026-03-10", "36.99", "48.00", "2.00", "-6.00", "-7.01", "-2.86")]
    path = waimai(tmp_path / "w.xlsx", rows, {"2026-03-10": "2026-03-13"}, bills={("90001", "2026-03-10"): "39.99"})
    assert one(read(path)).reading.control_total == "differs"


def test_takeaway_two_refunds_of_one_order_and_one_order_on_two_bills(book: Book) -> None:
    rows = [waimai_row("90001", A1, "2026-03-10", "36.99", "48.00", "2.00", "-6.00", "-7.01", "-2.86"),
            waimai_row("90001", A1, "2026-03-11", "-5.00", kind="退款", back="2026-03-11 09:00:00"),
            waimai_row("90001", A1, "2026-03-11", "-7.00", kind="退款", back="2026-03-11 09:00:00"),
            waimai_row("90001", A1, "2026-03-12", "36.99", "48.00", "2.00", "-6.00", "-7.01", "-2.86")]  # fmt: skip
    pays = {"2026-03-10": "2026-03-13", "2026-03-11": "2026-03-16", "2026-03-12": "2026-03-17"}
    assert book.take(waimai(book.folder / "w.xlsx", rows, pays))[0]["rows"]["new"] == 7
    book.reconcile()
    assert book.rows("select count(*) from payments") == [(4,)]
    reasons = book.rows(
        "select reason, count(*) from row_states where record_type = 'payment' and leg = 'till' group by 1 order by 1"
    )
    assert ("superseded", 1) in reasons


# ------------------------------------------------------------------------------------------------ the till's workbook
POS_ORDERS = [
    "门店",
    "机构编码",
    "营业日期",
    "订单号",
    "经营模式",
    "订单来源",
    "用餐方式",
    "下单时间",
    "结账时间",
    "退单时间",
    "取餐号",
    "桌牌号",
    "全渠道流水号",
    "桌台区域",
    "用餐人数",
    "订单金额（元）",
    "顾客应付（元）",
    "支付合计（元）",
    "订单优惠（元）",
    "订单收入（元）",
    "结账方式",
    "订单状态",
    "退单标识",
    "菜品收入（元）",
    "预定用餐时间",
    "会员",
    "整单备注",
]
POS_TENDERS = [
    "门店",
    "机构编码",
    "订单编号",
    "支付方式",
    "支付金额（元）",
    "支付优惠（元）",
    "收入（元）",
    "支付时间",
    "是否退款",
    "状态",
    "操作人",
    "支付商户号",
    "流水号",
]


def pos(path: Path, code: object = "S1", single: bool = False, total_word: str = "合计") -> Path:
    order = dict.fromkeys(POS_ORDERS, "") | {
        "门店": "一号店", "机构编码": code, "营业日期": "2026/03/10", "订单号": "A001", "订单来源": "店内", "下单时间": "2026/03/10 12:00:00",
        "订单金额（元）": 82.0, "顾客应付（元）": 74.0, "支付合计（元）": 74.0, "订单优惠（元）": 8.0, "订单收入（元）": 74.0, "订单状态": "已结账",
    }  # fmt: skip
    total = dict.fromkeys(POS_ORDERS, "") | {
        "门店": total_word,
        "机构编码": "--",
        "订单金额（元）": 82.0,
        "顾客应付（元）": 74.0,
        "支付合计（元）": 74.0,
    }
    pays = [dict.fromkeys(POS_TENDERS, "") | {
        "门店": "一号店", "机构编码": code, "订单编号": "A001", "支付方式": method, "支付金额（元）": amount, "收入（元）": amount, "支付时间": "2026/03/10 12:01:00",
        "是否退款": back, "状态": "支付成功", "支付商户号": merchant, "流水号": number,
    } for method, amount, back, merchant, number in (
        ("微信支付", 50.0, "否", "1900000101", "X1"), ("会员储值", 24.0, "否", "", ""), ("微信支付", -10.0, "是", "1900000101", "X1"))]  # fmt: skip
    paid = dict.fromkeys(POS_TENDERS, "") | {"门店": total_word, "机构编码": "--", "支付金额（元）": 64.0}
    sheets = {}
    for name, columns, rows in (("订单明细", POS_ORDERS, [order, total]), ("支付明细", POS_TENDERS, [*pays, paid])):
        kept = [column for column in columns if not (single and column in ("门店", "机构编码"))]
        if single:
            rows[-1][kept[0]] = total_word
        title = ["门店:S1 营业日期:2026/03/10至2026/03/10"] if single else ["全部门店"]
        sheets[name] = [[f"{name}报表"], title, kept, *([row[column] for column in kept] for row in rows)]
    sheets["菜品明细"] = [
        ["菜品"],
        [""],
        ["门店", "机构编码", "订单编号", "菜品编码", "菜品名称", "销售数量"],
        ["一号店", code, "A001", "1", "面", 1],
    ]
    return xlsx_file(path, sheets)


@pytest.mark.parametrize("code, expected", [("S1", "S1"), (1001, "1001"), (1001.0, "1001")])
@pytest.mark.parametrize("total_word", ["合计", "--"])
def test_till_workbook(tmp_path: Path, read: Reader, code: object, expected: str, total_word: str) -> None:
    found = one(read(pos(tmp_path / "p.xls", code, total_word=total_word)))
    assert found.format == "meituan-pos"
    assert found.reading.control_total == "agrees"
    assert found.column("orders", "store_code") == [expected]
    assert found.column("orders", "amount") == D("74.00")
    assert found.column("orders", "list_amount") == D("82.00")
    assert found.column("orders", "business_day") == [date(2026, 3, 10)]
    assert found.column("tenders", "amount") == D("50.00", "24.00", "-10.00")
    assert found.column("tenders", "method") == ["wechat", "stored_value", "wechat"]
    assert found.column("tenders", "reference") == ["X1", None, "X1"]


def test_till_workbook_of_a_single_store(tmp_path: Path, read: Reader) -> None:
    found = one(read(pos(tmp_path / "p.xlsx", single=True)))
    assert found.column("orders", "store_code") == ["S1"]
    assert found.column("tenders", "store_code") == ["S1"] * 3
    assert found.reading.problems == ()
    assert found.reading.control_total == "agrees"


# ------------------------------------------------------------------------------------------------ the chain's own tables
def test_masters_in_any_order_of_columns_with_strangers_among_them(tmp_path: Path, read: Reader) -> None:
    rows = [("备注", "门店名称", "营业日切", "门店编号", "经营方式", "店长", "开业日期", "月租金", "纬度"),
            ("", "一号店", "04:00", "S1", "直营", "王", "2024/1/5", "12,000", "30.25"), ("", "二号店", "", "0012", "加盟", "李", "", "", "")]  # fmt: skip
    for number, path in enumerate(
        (csv_file(tmp_path / "a.csv", rows, "gb18030"), xlsx_file(tmp_path / "a.xlsx", {"表": rows}))
    ):
        found = one(read(path))
        assert found.format == "chainbrain-stores", number
        assert found.column("stores", "code") == ["S1", "0012"]
        assert found.column("stores", "day_cutoff") == [time(4), None]
        assert found.column("stores", "ownership") == ["own", "franchise"]
        assert found.column("stores", "opened_on") == [date(2024, 1, 5), None]
        assert found.column("stores", "monthly_rent") == [Decimal("12000.00"), None]


def test_accounts_with_rates_times_and_channels_in_all_spellings(tmp_path: Path, read: Reader) -> None:
    rows = [("门店编号", "渠道", "商户号", "费率", "结算日切", "结算周期", "入账账号", "生效日期", "失效日期", "终端号", "收款主体", "联系人"),
            ("S1", "微信", "1900000101", "0.38%", "24:00", "D1", "5719 0000 0001", "2024-01-01", "", "", "甲", "x"),
            ("S1", "wechat", "1900000102", "0.0038", "23:00", "T+1", "571900000001", "2024-01-01", "2026-01-01", "", "甲", "x"),
            ("S2", "支付宝", "2088111122223334", "0.6%", "", "t1", "", "", "", "T1", "乙", ""),
            ("S2", "美团外卖", "90001", "6.5%", "24:00:00", "T3", "571900000001", "", "", "", "乙", "")]  # fmt: skip
    found = one(read(csv_file(tmp_path / "a.csv", rows)))
    assert found.reading.problems == ()
    assert found.column("accounts", "channel") == ["wechat", "wechat", "alipay", "meituan"]
    assert found.column("accounts", "fee_rate") == D("0.0038", "0.0038", "0.006", "0.065")
    assert found.column("accounts", "settlement_rule") == ["D1", "T1", "T1", "T3"]
    assert found.column("accounts", "settlement_cutoff") == [None, time(23), None, None]
    assert found.column("accounts", "bank_account")[:2] == ["571900000001"] * 2


def test_accounts_in_excel_with_percent_cells_numbers_and_midnight(tmp_path: Path, read: Reader) -> None:
    from openpyxl import load_workbook

    rows = [("渠道", "商户号", "门店编号", "费率", "结算日切", "生效日期"), ("微信", 1900000101, "S1", 0.0038, "24:00", datetime(2024, 1, 1)),
            ("支付宝", "2088111122223334", "S1", 0.006, time(23), datetime(2024, 1, 1))]  # fmt: skip
    path = xlsx_file(tmp_path / "a.xlsx", {"Sheet1": rows})
    opened = load_workbook(path)
    for cell in opened["Sheet1"]["D"][1:]:
        cell.number_format = "0.00%"
    opened.save(path)
    found = one(read(path))
    assert found.reading.problems == ()
    assert found.column("accounts", "merchant_no") == ["1900000101", "2088111122223334"]
    assert found.column("accounts", "fee_rate") == D("0.0038", "0.006")
    assert found.column("accounts", "settlement_cutoff") == [None, time(23)]
    assert found.column("accounts", "valid_from") == [date(2024, 1, 1)] * 2


def test_damaged_numbers_are_never_joined_on(tmp_path: Path, read: Reader) -> None:
    rows = [("订单号", "门店编号", "支付方式", "支付金额", "支付时间", "是否退款", "商户号", "流水号"),
            ("O1", "S1", "微信", "5.00", "2026-03-10 12:00:00", "否", "1900000101", "4.2E+27"),
            ("O2", "S1", "微信", "5.00", "2026-03-10 12:00:00", "否", "1900000101", "4200001800202600000000000000"),
            ("O3", "S1", "微信", "5.00", "2026-03-10 12:00:00", "否", "1900000101", "4200001800202603100000000001"),
            *((f"O{n}", "S1", "微信", "5.00", "2026-03-10 12:00:00", "否", "1900000101", f"X{n}") for n in range(4, 9))]  # fmt: skip
    found = read(csv_file(tmp_path / "a.csv", rows))[0]
    assert {problem.line for problem in found.reading.problems} == {2, 3}
    assert "4.2E+27" not in found.column("tenders", "reference")
