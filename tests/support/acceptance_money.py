"""One chain with a wallet of each kind, a delivery platform and a bank account, and its ledgers."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from acceptance_tables import account, accounts, stores
from acceptance_wallets import wx_bill, wx_fund, wx_sale

A, B, P, M = "1900000101", "1900000202", "2088111122223334", "90001"
CFT, ZFB, MT = "深圳市财付通支付科技有限公司", "支付宝（中国）网络技术有限公司", "北京钱袋宝支付技术有限公司"
BANK = "571900000001"
DAY = "2026-03-10"
Money = Decimal


def wx(number: int) -> str:
    return f"42000018{number:020d}"


def master(folder: Path, *more: object, rate: str = "0.60%") -> list[Path]:
    rows = [
        account("微信", A, "S1", rate, BANK),
        account("支付宝", P, "S1", rate, BANK),
        account("美团外卖", M, "S1", "6.5%", BANK, rule="T3"),
    ]
    return [stores(folder, "S1 一号店", "S2 二号店"), accounts(folder, *rows, *more)]  # type: ignore[list-item]


def fund_of(rows: list[dict[str, object]], start: int = 9000) -> list[tuple[str, str, str, str, str, str]]:
    lines = []
    for row in rows:
        back = row["交易状态"] == "REFUND"
        number, voucher = (row["微信退款单号"], row["商户退款单号"]) if back else (row["微信订单号"], row["商户订单号"])
        amount = -Money(str(row["退款金额"])) if back else Money(str(row["应结订单金额"]))
        fee = -Money(str(row["手续费"])).quantize(Money("0.01"))
        for kind, figure in (
            ("退款" if back else "交易", amount),
            ("退还交易手续费" if back else "扣除交易手续费", fee),
        ):
            if figure:
                lines.append(
                    (str(row["交易时间"]), str(number), str(start + len(lines)), kind, f"{figure:.2f}", str(voucher))
                )
    return lines


def withdrawals(
    folder: Path, *rows: tuple[str, str, str], merchant: str = A, name: str = "f.csv", start: int = 1
) -> list[Path]:
    """A ledger of one sale per withdrawal: (moment, number, amount)."""
    sales = [
        wx_sale(wx(start + n), f"V{start + n}", f"{at[:10]} 00:10:00", amount, "0", merchant)
        for n, (at, _, amount) in enumerate(rows)
    ]
    lines = []
    for sale, (at, number, amount) in zip(sales, rows, strict=True):
        lines += [
            *fund_of([sale], start * 100 + len(lines)),
            (at, f"W{number}", number, "提现", f"-{amount}", f"B{number}"),
        ]
    return [wx_bill(folder / f"t{name}", sales), wx_fund(folder / name, lines)]
