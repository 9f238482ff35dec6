"""Writes corporate statements per account and month: cmb_01 as a workbook, ccb_02 as GB18030 text."""

from __future__ import annotations

import polars as pl

from chainbrain.demo.bank import Bank
from chainbrain.demo.files import Exports, lines, moment, plain_yuan, yuan
from chainbrain.demo.orders import DAY
from chainbrain.demo.stores import BankAccount, Chain, Month
from chainbrain.demo.workbook import Column, Sheet, workbook

FOLDER = "银行"
_CMB_TEXT = (
    "交易日,交易时间,起息日,交易类型,借方金额,贷方金额,余额,用途,流水号,流程实例号,业务名称,业务参考号,"
    "业务摘要,其它摘要,收(付)方分行名,收(付)方名称,收(付)方账号,收(付)方开户行行号,收(付)方开户行名,"
    "收(付)方开户行地址,母(子)公司账号分行名,母(子)公司账号,母(子)公司名称,信息标志,有否附件信息,冲账标志,"
    "扩展摘要,交易分析码,票据号,商务支付订单号,内部编号"
)
_CMB = _CMB_TEXT.split(",")
_CCB = (
    "账号,账户名称,交易时间,借方发生额（支取）,贷方发生额（收入）,余额,币种,对方户名,对方账号,对方开户机构,"
    "记账日期,摘要,备注,账户明细编号-交易流水号,企业流水号,凭证种类,凭证号"
)


def write(chain: Chain, out: Exports, bank: Bank) -> None:
    """Write one statement per account and month."""
    for account in chain.accounts:
        own = bank.lines.filter(pl.col("account") == account.index)
        before = account.opening
        for month in chain.months:
            rows = own.filter((pl.col("at") // DAY).is_between(month.first, month.after, closed="left"))
            if not rows.height:
                continue
            closing = int(rows["balance"][-1])
            if account.layout == "cmb_01":
                file, sheet = _cmb(chain, out, account, rows, month=month, before=before)
            else:
                file, sheet = _ccb(chain, out, account, rows, month.label), ""
            came, left = rows.filter(pl.col("amount") > 0)["amount"], rows.filter(pl.col("amount") < 0)["amount"]
            controls: dict[str, object] = {
                "期初余额": plain_yuan(before),
                "贷方合计": plain_yuan(int(came.sum())),
                "借方合计": plain_yuan(-int(left.sum())),
                "期末余额": plain_yuan(closing),
            }
            out.note(file, sheet, f"bank-corporate/{account.layout}", rows.height, **controls)
            before = closing


def _money() -> tuple[pl.Expr, pl.Expr]:
    """Out (借方) and in (贷方); the other one stays empty."""
    amount = pl.col("amount")
    return (
        pl.when(amount < 0).then(yuan(-amount)).otherwise(pl.lit("")),
        pl.when(amount > 0).then(yuan("amount")).otherwise(pl.lit("")),
    )


def _cmb(
    chain: Chain, out: Exports, account: BankAccount, rows: pl.DataFrame, *, month: Month, before: int
) -> tuple[str, str]:
    """Oldest first, eight rows above the header in row 9."""
    left, came = _money()
    number = pl.concat_str(pl.lit("K"), moment(chain, "at", "%y%m%d"), (pl.col("nid") + 700_000).cast(pl.String))
    values: dict[str, pl.Expr | str] = {
        "交易日": moment(chain, "at", "%Y%m%d"),
        "交易时间": moment(chain, "at", "%H:%M:%S"),
        "起息日": moment(chain, "at", "%Y%m%d"),
        "交易类型": pl.col("short"),
        "用途": pl.col("memo"),
        "流水号": number,
        "业务摘要": pl.col("short"),
        "收(付)方名称": pl.col("party"),
        "收(付)方账号": pl.col("party_no"),
        "信息标志": "1",
        "有否附件信息": "N",
    }
    money = {"借方金额": left, "贷方金额": came, "余额": yuan("balance")}
    columns = [
        Column(name, money[name], number=True) if name in money else Column(name, values.get(name, "")) for name in _CMB
    ]
    above = [
        ["招商银行账户交易明细"],
        ["账号", account.number],
        ["账户名称", account.holder],
        ["币种", "人民币"],
        ["起始日期", f"{chain.day(month.first):%Y-%m-%d}"],
        ["终止日期", f"{chain.day(month.after - 1):%Y-%m-%d}"],
        ["期初余额", plain_yuan(before)],
        ["交易笔数", str(rows.height)],
    ]
    sheet = Sheet("交易明细", columns, rows, above=above)
    file = f"{FOLDER}/招商银行_{account.number[-4:]}_{month.label}.xlsx"
    out.write(file, workbook([sheet]))
    out.place("bank", rows["nid"], file, line=sheet.first_row, sheet=sheet.name)
    return file, sheet.name


def _ccb(chain: Chain, out: Exports, account: BankAccount, rows: pl.DataFrame, label: str) -> str:
    """Newest first, header in the first line."""
    left, came = _money()
    shown = rows.reverse()
    cells = shown.select(
        a=pl.lit(account.number),
        b=pl.lit(account.holder),
        c=moment(chain, "at", "%Y%m%d %H:%M:%S"),
        d=pl.when(pl.col("amount") < 0).then(left).otherwise(pl.lit("0.00")),
        e=pl.when(pl.col("amount") > 0).then(came).otherwise(pl.lit("0.00")),
        f=yuan("balance"),
        g=pl.lit("人民币元"),
        h="party",
        i="party_no",
        j=pl.lit(""),
        k=moment(chain, "at", "%Y%m%d"),
        m="memo",
        n="short",
        o=pl.concat_str(
            (pl.col("nid") + 1).cast(pl.String), pl.lit("-3305"), (pl.col("nid") * 7_919 + 10**9).cast(pl.String)
        ),
        p=pl.lit(""),
        q=pl.lit(""),
        r=pl.lit(""),
    )
    file = f"{FOLDER}/建设银行_{account.number[-4:]}_{label}.csv"
    out.write(file, ("\r\n".join([_CCB, *lines(cells)]) + "\r\n").encode("gb18030"))
    out.place("bank", shown["nid"], file, line=2)
    return file
