"""Every line of the corporate accounts: deposits of the channels, cash, costs, and lines nobody expected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl

from chainbrain.demo import people
from chainbrain.demo.differences import Entry, Ledger, short_payouts
from chainbrain.demo.draws import chance, some, stream
from chainbrain.demo.orders import DAY
from chainbrain.demo.stores import ALIPAY, CHANNEL_WORDS, WECHAT, Chain
from chainbrain.demo.takeaway import Takeaway
from chainbrain.demo.workdays import is_workday, workday_after

_HOUR = 3600
_PLAIN_MEMOS = 100
"""Per mille of the channels' deposits whose memo names neither merchant nor date."""
_Row = tuple[int, int, int, str, str, str, str, str, int]
"""account, at, amount, party, party_no, memo, short, link, rid."""


class _Party(NamedTuple):
    """Who stands on the other side of a line."""

    name: str
    number: str


_PAYERS = {
    WECHAT: _Party("财付通支付科技有限公司", "243300133"),
    ALIPAY: _Party("支付宝（中国）网络技术有限公司", "215500690"),
}
_PLATFORM = _Party("北京三快在线科技有限公司", "699083910")
_NOBODY = _Party("", "")


@dataclass(frozen=True)
class Bank:
    """``lines``: ``account``, ``at``, ``amount`` (signed fen), ``balance``, ``party``, ``party_no``, ``memo``,
    ``short`` (the bank's own word), ``link`` and ``rid`` (what the line settles), ``nid``; oldest first per account.
    ``in_transit``: (store, fen) of takeaway bills from before the window that its first days pay out.
    """

    lines: pl.DataFrame
    in_transit: tuple[tuple[int, int], ...]


class _Writer:
    """Collects lines; a few thousand, so plain rows are fine."""

    def __init__(self) -> None:
        self.rows: list[_Row] = []

    def add(
        self,
        account: int,
        at: int,
        amount: int,
        party: _Party,
        memo: str,
        *,
        short: str,
        link: tuple[str, int] = ("", -1),
    ) -> None:
        """Take one line; ``short`` is the bank's own word, ``link`` what the line settles."""
        self.rows.append((account, at, amount, party.name, party.number, memo, short, *link))


def post(chain: Chain, drawn: pl.DataFrame, takeaway: Takeaway, counts: pl.DataFrame, ledger: Ledger) -> Bank:
    """Post everything that reaches or leaves the banks within the window."""
    rng = stream(chain.seed, "bank")
    out = _Writer()
    _wallet_deposits(chain, drawn, rng, out)
    in_transit = _payouts(chain, takeaway, ledger, rng, out)
    _cash_deposits(chain, counts, out)
    _costs(chain, rng, out)
    _unexpected(chain, ledger, rng, out)
    _never_arrived(chain, drawn, ledger, out)
    return Bank(_with_balances(chain, out), in_transit)


def _wallet_deposits(chain: Chain, drawn: pl.DataFrame, rng: np.random.Generator, out: _Writer) -> None:
    """Withdrawals arrive the same morning."""
    plain = chance(rng, _PLAIN_MEMOS, drawn.height)
    minute = rng.integers(0, 90, drawn.height, dtype=np.int64)
    for row, (wid, merchant, date, amount) in enumerate(drawn.select("wid", "merchant", "date", "amount").iter_rows()):
        who = chain.merchants[merchant]
        word = f"{CHANNEL_WORDS[who.channel]}提现"
        memo = word if plain[row] else f"{word} 商户号{who.number} {chain.day(date):%Y%m%d}"
        at = date * DAY + 9 * _HOUR + 20 * 60 + int(minute[row]) * 60 + merchant % 60
        out.add(who.bank_account, at, amount, _PAYERS[who.channel], memo, short="转账存入", link=("withdrawal", wid))


def _never_arrived(chain: Chain, drawn: pl.DataFrame, ledger: Ledger, out: _Writer) -> None:
    """D08: deposits that never came, three quarters of them withdrawals, the rest payouts of the platform.

    Only where the statement of the same month goes on for two more working days is it certain that the money did not
    come; a payout that was cut (D12) is not lost as well.
    """
    rng = stream(chain.seed, "never arrived")
    quota = ledger.quota["D08"]
    of_wallet = dict(drawn.select("wid", "merchant").iter_rows())
    cut = {entry.rid for entry in ledger.entries if entry.record == "bill"}
    for link, wanted in (("withdrawal", quota - quota // 4), ("payout", quota // 4)):
        lost = 0
        kinds = np.array([line[-2] == link and line[-1] not in (cut if link == "payout" else ()) for line in out.rows])
        candidates = [out.rows[int(row)] for row in some(rng, kinds, len(kinds))]
        for line in candidates:
            if lost == wanted:
                break
            if not _shows_its_absence(chain, out, line):
                continue
            out.rows.remove(line)
            lost += 1
            day, amount, rid = line[1] // DAY, line[2], line[-1]
            if link == "withdrawal":
                store = _only_store(chain, of_wallet[rid])
                ledger.add(Entry("D08", store, day, -amount, "withdrawal", rid, "withdrawal never reached the bank"))
            else:
                ledger.add(Entry("D08", None, day, -amount, "bill", rid, "payout never reached the bank"))


def _shows_its_absence(chain: Chain, out: _Writer, line: _Row) -> bool:
    """Whether the month's statement, without this line, begins by its day and ends two working days later or more."""
    day = chain.day(line[1] // DAY)
    others = [
        other_day
        for other_day in (chain.day(other[1] // DAY) for other in out.rows if other is not line and other[0] == line[0])
        if (other_day.year, other_day.month) == (day.year, day.month)
    ]
    return bool(others) and min(others) <= day and max(others) >= workday_after(day, 2)


def _only_store(chain: Chain, merchant: int) -> int | None:
    """The store behind a merchant number, when it is one store's own."""
    users = [s.index for s in chain.stores if merchant in (s.wechat, s.alipay)]
    return users[0] if len(users) == 1 else None


def _payouts(
    chain: Chain, takeaway: Takeaway, ledger: Ledger, rng: np.random.Generator, out: _Writer
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
        at = day * DAY + 10 * _HOUR + 30 * 60 + int(rng.integers(0, 60)) * 60
        out.add(account_of[account], at, amount - cut, _PLATFORM, memo, short="转账存入", link=("payout", bid))
    return _from_before(chain, takeaway, account_of, rng, out)


def _from_before(
    chain: Chain, takeaway: Takeaway, account_of: dict[str, int], rng: np.random.Generator, out: _Writer
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
            at = day * DAY + 10 * _HOUR + 20 * 60 + (before + 6) * 60
            out.add(account_of[account], at, amount, _PLATFORM, memo, short="转账存入", link=("before", -1))
    return tuple(sorted(transit.items()))


def _main_account(chain: Chain, entity: int) -> int:
    return next(a.index for a in chain.accounts if a.entity == entity and a.pays_costs)


def _cash_deposits(chain: Chain, counts: pl.DataFrame, out: _Writer) -> None:
    """Cash that stores pay in, on the day the cash count says so."""
    for cid, store, day, banked in (
        counts.filter(pl.col("banked") > 0).select("cid", "store", "day", "banked").iter_rows()
    ):
        shop = chain.stores[store]
        at = day * DAY + 15 * _HOUR + (store * 7 % 60) * 60
        memo = f"现金缴存 {shop.code} {chain.day(day):%Y%m%d}"
        out.add(_main_account(chain, shop.entity), at, banked, _NOBODY, memo, short="现金存入", link=("cash", cid))


def _costs(chain: Chain, rng: np.random.Generator, out: _Writer) -> None:
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
                    at = index * DAY + 14 * _HOUR + shop.index * 60
                    landlord = _Party(people.LANDLORDS[people.CITIES.index(shop.city)], "80110100210047")
                    memo = f"{shop.code} 房租 {day:%Y年%m月}"
                    out.add(account.index, at, -shop.rent, landlord, memo, short="转账支取")
            if day == workday_after(day.replace(day=14), 1):
                wages = sum(3_150_000 + shop.base_orders * 4_000 for shop in shops)
                at = index * DAY + 11 * _HOUR
                out.add(account.index, at, -wages, _Party("代发工资", ""), f"{day:%Y年%m月}工资", short="代发")
            if day.weekday() == 0 and shops:
                for n in range(2):
                    price = len(shops) * (480_000 + 100 * int(rng.integers(0, 1600)))
                    party = _Party(people.SUPPLIERS[(account.index + n) % len(people.SUPPLIERS)], "33001616783053001")
                    at = index * DAY + 16 * _HOUR + n * 240 + 30
                    out.add(account.index, at, -price, party, "货款", short="转账支取")


def _unexpected(chain: Chain, ledger: Ledger, rng: np.random.Generator, out: _Writer) -> None:
    """D09: money in that no settlement explains: refunds of suppliers, transfers of the owner."""
    worked = [index for index in range(chain.days) if is_workday(chain.day(index))]
    payers = [account.index for account in chain.accounts if account.pays_costs]
    if not worked:
        return
    for n in range(ledger.quota["D09"]):
        index = worked[int(rng.integers(len(worked)))]
        account = payers[n % len(payers)]
        at = index * DAY + 13 * _HOUR + n % 40 * 60 + 17
        if n % 3 == 2:
            amount, party, memo = (
                1_000_000 * int(rng.integers(1, 6)),
                people.OWNERS[n // 3 % len(people.OWNERS)],
                "往来款",
            )
        else:
            amount = 100 * int(rng.integers(180, 4200)) + int(rng.integers(100))
            party, memo = people.SUPPLIERS[n % len(people.SUPPLIERS)], "货款退回"
        payer = _Party(party, "6214835710000417")
        out.add(account, at, amount, payer, memo, short="转账存入", link=("unexpected", n))
        ledger.add(Entry("D09", None, index, amount, "unexpected", n, memo))


def _with_balances(chain: Chain, out: _Writer) -> pl.DataFrame:
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
