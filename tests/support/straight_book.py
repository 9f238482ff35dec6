"""A shop whose wallet settles straight to its bank: files that tell of sales and deposits, and nothing between them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from acceptance_tables import account, accounts, bank, stores
from acceptance_wallets import wx_bill, wx_sale

from chainbrain.money import half_up
from chainbrain.workspace import Workspace

FIRST = date(2026, 3, 2)  # a Monday
DAYS = 10
NUMBERS = {"S1": "1900000101", "S2": "1900000202"}
ACCOUNT = "571900000001"
RATE = Decimal("0.0060")
_PAYER = "财付通支付科技有限公司"


def sales(n: int, store: str = "S1") -> tuple[Decimal, Decimal]:
    """The sale before noon and the one late in the evening of the n-th day; sums that nothing else gives."""
    size = 3 if store == "S2" else 1
    return size * Decimal(f"{100 + 7 * n}.{11 + n}"), size * Decimal(f"{260 + 13 * n}.{37 + n}")


def net(*amounts: Decimal) -> Decimal:
    """What is left of these when fees are taken off per payment."""
    return sum((amount - half_up(amount * RATE) for amount in amounts), Decimal(0))


def day(n: int) -> date:
    """The n-th day."""
    return FIRST + timedelta(days=n)


def straight_files(folder: Path, quiet: Sequence[str] = (), rule: str = "D1") -> list[Path]:
    """Two stores that sell at 11:00 and 23:05; their settlement days end at 23:00 and arrive a day later.

    ``quiet`` stores get no deposits. Every second memo of the others names the merchant number.
    """
    rows, lines = [], []
    for store, merchant in NUMBERS.items():
        for n in range(DAYS):
            for k, (clock, amount) in enumerate(zip(("11:00:00", "23:05:00"), sales(n, store), strict=True)):
                number, fee = f"42000018{merchant}{17 + 2 * n + k:010d}", f"{half_up(amount * RATE):.2f}"
                at = f"{day(n)} {clock}"
                rows.append(wx_sale(number, f"{store}{n}{k}", at, f"{amount:.2f}", fee, mch=merchant))
        for n in range(1, DAYS) if store not in quiet else ():
            amount = net(sales(n, store)[0], sales(n - 1, store)[1])
            memo = f"商户号{merchant}结算款" if n % 2 else "结算款"
            lines.append((f"{day(n + 1)} 09:00:00", f"{amount:.2f}", _PAYER, memo))
    rows.sort(key=lambda row: str(row["交易时间"]))
    return [
        stores(folder, "S1 一号店", "S2 二号店"),
        accounts(
            folder, *(account("wechat", number, store, bank=ACCOUNT, rule=rule) for store, number in NUMBERS.items())
        ),
        wx_bill(folder / "wechat.csv", rows),
        bank(folder / "bank.csv", sorted([*lines, ("2026-03-02 08:00:00", "-1.00", "银行", "账户管理费")]), ACCOUNT),
    ]


def straight_book(folder: Path, quiet: Sequence[str] = (), rule: str = "D1") -> Path:
    """A closed, reconciled book of these files."""
    path = folder / "made" / "book.chainbrain"
    path.parent.mkdir(parents=True)
    with Workspace.create(path) as workspace:
        workspace.imports.apply(workspace.imports.plan(straight_files(folder, quiet, rule)))
        workspace.reconcile()
    return path
