"""Every line of the corporate accounts: deposits of the channels, cash, costs, and lines nobody expected."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from chainbrain.demo import people
from chainbrain.demo.bank_differences import add_unexpected, lose_deposits
from chainbrain.demo.bank_postings import HOUR, NOBODY, Party, Postings
from chainbrain.demo.draws import chance, some, stream
from chainbrain.demo.injected import Entry, Ledger, short_payouts
from chainbrain.demo.orders import DAY
from chainbrain.demo.stores import ALIPAY, CHANNEL_WORDS, WECHAT, Chain
from chainbrain.demo.takeaway import Takeaway
from chainbrain.demo.workdays import is_workday, workday_after

_PLAIN_MEMOS = 100
"""Per mille of the channels' deposits whose memo names neither merchant nor date."""


_PAYERS = {
    WECHAT: Party("财付通支付科技有限公司", "243300133"),
    ALIPAY: Party("支付宝（中国）网络技术有限公司", "215500690"),
}
_PLATFORM = Party("北京三快在线科技有限公司", "699083910")


@dataclass(frozen=True)
class Bank:
    """``lines``: ``account``, ``at``, ``amount`` (signed fen), ``balance``, ``party``, ``party_no``, ``memo``,
    ``short`` (the bank's own word), ``link`` and ``rid`` (what the line settles), ``nid``; oldest first per account.
    ``in_transit``: (store, fen) of takeaway bills from before the window that its first days pay out.
    """

    lines: pl.DataFrame
    in_transit: tuple[tuple[int, int], ...]


def post(chain: Chain, drawn: pl.DataFrame, takeaway: Takeaway, counts: pl.DataFrame, ledger: Ledger) -> Bank:
    """Post everything that reaches or leaves the banks within the window."""
    rng = stream(chain.seed, "bank")
    out = Postings()
    _wallet_deposits(chain, drawn, rng, out)
    in_transit = _payouts(chain, takeaway, ledger, rng, out)
    _cash_deposits(chain, counts, out)
    _costs(chain, rng, out)
    add_unexpected(chain, ledger, rng, out)
    lose_deposits(chain, drawn, ledger, out)
    return Bank(_with_balances(chain, out), in_transit)


def _wallet_deposits(chain: Chain, drawn: pl.DataFrame, rng: np.random.Generator, out: Postings) -> None:
    """Withdrawals arrive the same morning."""
    plain = chance(rng, _PLAIN_MEMOS, drawn.height)
    minute = rng.integers(0, 90, drawn.height, dtype=np.int64)
    for row, (wid, merchant, date, amount) in enumerate(drawn.select("wid", "merchant", "date", "amount").iter_rows()):
        who = chain.merchants[merchant]
        word = f"{CHANNEL_WORDS[who.channel]}提现"
        memo = word if plain[row] else f"{word} 商户号{who.number} {chain.day(date):%Y%m%d}"
        at = date * DAY + 9 * HOUR + 20 * 60 + int(minute[row]) * 60 + merchant % 60
        out.add(who.bank_account, at, amount, _PAYERS[who.channel], memo, short="转账存入", link=("withdrawal", wid))


def _payouts(
    chain: Chain, takeaway: Takeaway, ledger: Ledger, rng: np.random.Generator, out: Postings
) -> tuple[tuple[int, int], ...]:
    """Payouts of the platform on T+3, some of them short (D12); the first ones are for days before the window."""
    account_of = {s.meituan_account: s.takeaway_account for s in chain.stores}
    paid = (
        takeaway.bills.group_by("account", "pay_day")
        .agg(pl.col("amount").sum(), bid=pl.col("bid").min())
        .filter((pl.col("pay_day") < chain.days) & (pl.col("amount") > 0))
        .sort("pay_day", "account")
    )
    size = paid.height
    plain = chance(rng, _PLAIN_MEMOS, size)
    short = {int(row) for row in some(rng, np.ones(size, dtype=np.bool_), short_payouts(ledger))}
    for row, (account, day, amount, bid) in enumerate(paid.select("account", "pay_day", "amount", "bid").iter_rows()):
        cut = 0
        if row in short:
            cut = min(100 * int(rng.integers(12, 60)), amount // 4)
            ledger.add(Entry("D12", None, day, -cut, "bill", bid, "payout lower than the bills it pays"))
        # A payout that was cut is always named: nothing else could tie it to its bills.
        keyed = f"美团外卖结算款 {account} {chain.day(day):%Y%m%d}"
        memo = "美团外卖结算款" if plain[row] and not cut else keyed
        at = day * DAY + 10 * HOUR + 30 * 60 + int(rng.integers(0, 60)) * 60
        out.add(account_of[account], at, amount - cut, _PLATFORM, memo, short="转账存入", link=("payout", bid))
    return _from_before(chain, takeaway, account_of, rng, out)


def _from_before(
    chain: Chain, takeaway: Takeaway, account_of: dict[str, int], rng: np.random.Generator, out: Postings
) -> tuple[tuple[int, int], ...]:
    """Bills of the last days before the window, paid out in it; only on dates that no bill of the window shares."""
    own_dates = set(takeaway.bills["pay_day"].unique().to_list())
    transit: dict[int, int] = {}
    for before in range(-6, 0):
        day = (workday_after(chain.day(before), 3) - chain.start).days
        if day < 0 or day >= chain.days or day in own_dates:
            continue
        sums: dict[str, int] = {}
        for shop in chain.stores:
            if shop.opening_day:
                continue
            amount = shop.base_orders * 620 + int(rng.integers(0, 40_000))
            transit[shop.index] = transit.get(shop.index, 0) + amount
            sums[shop.meituan_account] = sums.get(shop.meituan_account, 0) + amount
        for account, amount in sums.items():
            memo = f"美团外卖结算款 {account} {chain.day(day):%Y%m%d}"
            at = day * DAY + 10 * HOUR + 20 * 60 + (before + 6) * 60
            out.add(account_of[account], at, amount, _PLATFORM, memo, short="转账存入", link=("before", -1))
    return tuple(sorted(transit.items()))


def _main_account(chain: Chain, entity: int) -> int:
    return next(a.index for a in chain.accounts if a.entity == entity and a.pays_costs)


def _cash_deposits(chain: Chain, counts: pl.DataFrame, out: Postings) -> None:
    """Cash that stores pay in, on the day the cash count says so."""
    for cid, store, day, banked in (
        counts.filter(pl.col("banked") > 0).select("cid", "store", "day", "banked").iter_rows()
    ):
        shop = chain.stores[store]
        at = day * DAY + 15 * HOUR + (store * 7 % 60) * 60
        memo = f"现金缴存 {shop.code} {chain.day(day):%Y%m%d}"
        out.add(_main_account(chain, shop.entity), at, banked, NOBODY, memo, short="现金存入", link=("cash", cid))


def _costs(chain: Chain, rng: np.random.Generator, out: Postings) -> None:
    """Rent on the 5th, payroll on the 15th, suppliers on Mondays.

    No interest: it is money that no settlement explains, so a clean chain could not be without differences.
    """
    for index in range(chain.days):
        day = chain.day(index)
        for account in chain.accounts:
            if not account.pays_costs or not is_workday(day):
                continue
            shops = [
                s for s in chain.stores if s.entity == account.entity and not s.collected and s.opening_day <= index
            ]
            if day == workday_after(day.replace(day=4), 1):
                for shop in shops:
                    at = index * DAY + 14 * HOUR + shop.index * 60
                    landlord = Party(people.LANDLORDS[people.CITIES.index(shop.city)], "80110100210047")
                    memo = f"{shop.code} 房租 {day:%Y年%m月}"
                    out.add(account.index, at, -shop.rent, landlord, memo, short="转账支取")
            if day == workday_after(day.replace(day=14), 1):
                wages = sum(3_150_000 + shop.base_orders * 4_000 for shop in shops)
                at = index * DAY + 11 * HOUR
                out.add(account.index, at, -wages, Party("代发工资", ""), f"{day:%Y年%m月}工资", short="代发")
            if day.weekday() == 0 and shops:
                for n in range(2):
                    price = len(shops) * (480_000 + 100 * int(rng.integers(0, 1600)))
                    party = Party(people.SUPPLIERS[(account.index + n) % len(people.SUPPLIERS)], "33001616783053001")
                    at = index * DAY + 16 * HOUR + n * 240 + 30
                    out.add(account.index, at, -price, party, "货款", short="转账支取")


def _with_balances(chain: Chain, out: Postings) -> pl.DataFrame:
    schema = {
        "account": pl.Int64, "at": pl.Int64, "amount": pl.Int64, "party": pl.String, "party_no": pl.String,
        "memo": pl.String, "short": pl.String, "link": pl.String, "rid": pl.Int64,
    }  # fmt: skip
    openings = pl.DataFrame(
        {"account": [a.index for a in chain.accounts], "opening": [a.opening for a in chain.accounts]}
    )
    return (
        pl.DataFrame(out.rows, schema=schema, orient="row")
        .sort("account", "at", "memo", "rid")
        .join(openings, on="account", how="left", maintain_order="left")
        .with_columns(balance=pl.col("opening") + pl.col("amount").cum_sum().over("account"))
        .drop("opening")
        .with_row_index("nid")
        .with_columns(pl.col("nid").cast(pl.Int64))
    )
