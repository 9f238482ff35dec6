"""What goes wrong in the demo's business, on purpose: which rows, under which difference code, to what effect."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from chainbrain.demo.draws import Flags, Ints, between, half_up, some, stream
from chainbrain.demo.injected import Entry, Ledger, short_payouts
from chainbrain.demo.orders import DAY, DINE
from chainbrain.demo.stores import ALIPAY, WECHAT, Chain

SECOND = 10**10
"""Added to an id for the second row that a duplicate makes."""


@dataclass
class Marks:
    """What happens to each tender on its way to the till's file and to the wallet, one element per tender."""

    till_rows: Ints
    in_wallet: Flags
    wallet_amount: Ints
    till_at: Ints
    wallet_at: Ints
    extra_rate: Ints
    wallet_store: Ints
    twice: Flags
    card_amount: Ints
    taken: Flags


def inject(chain: Chain, tenders: pl.DataFrame, ledger: Ledger) -> Marks:
    """Choose the tenders that go wrong (D01 to D07, D11, D14); no tender is used twice."""
    rng = stream(chain.seed, "differences")
    size = tenders.height
    at, amount = tenders["at"].to_numpy(), tenders["amount"].to_numpy()
    # The wallet knows of a payment at the same second or up to two earlier than the till prints it.
    wallet_at = at - between(rng, 0, 3, size)
    wallet_at = np.where(wallet_at // DAY == at // DAY, wallet_at, at)
    marks = Marks(
        till_rows=np.ones(size, dtype=np.int64),
        in_wallet=np.isin(tenders["method"].to_numpy(), (WECHAT, ALIPAY)),
        wallet_amount=amount.copy(),
        till_at=at.copy(),
        wallet_at=wallet_at,
        extra_rate=np.zeros(size, dtype=np.int64),
        wallet_store=tenders["store"].to_numpy().copy(),
        twice=np.zeros(size, dtype=np.bool_),
        card_amount=np.where(tenders["method"].to_numpy() == "stored_value", amount, 0),
        taken=tenders["refunded"].to_numpy().copy(),
    )
    job = _Injector(chain, tenders, ledger, marks, rng)
    job.one_sided_refunds()
    job.wrong_store()
    job.other_day()
    job.missing_in_wallet()
    job.missing_in_till()
    job.other_amount()
    job.duplicates()
    job.overcharged()
    job.stored_value()
    return marks


class _Injector:
    """Works through the codes one after the other over the same arrays."""

    def __init__(
        self, chain: Chain, tenders: pl.DataFrame, ledger: Ledger, marks: Marks, rng: np.random.Generator
    ) -> None:
        self._chain, self._ledger, self._marks, self._rng = chain, ledger, marks, rng
        self._store = tenders["store"].to_numpy()
        self._day = tenders["day"].to_numpy()
        self._at = tenders["at"].to_numpy()
        self._amount = tenders["amount"].to_numpy()
        self._origin = tenders["origin"].to_numpy()
        self._method = tenders["method"].to_numpy()
        self._single = tenders["single"].to_numpy()
        dine = tenders["kind"].to_numpy() == DINE
        cutoff = np.array([shop.cutoff_hours for shop in chain.stores])
        self._plain_day = cutoff[self._store] == 0
        self._wallet_sale: Flags = marks.in_wallet & dine & (self._origin < 0)

    def _choose(self, code: str, eligible: Flags, count: int | None = None) -> list[int]:
        wanted = self._ledger.quota[code] if count is None else count
        rows = some(self._rng, eligible & ~self._marks.taken, wanted)
        self._marks.taken[rows] = True
        return [int(row) for row in rows]

    def _add(self, code: str, row: int, amount: int, note: str, *, place: tuple[str, int]) -> None:
        """Note down a difference of tender ``row``; ``place`` names the record the truth points to."""
        where = int(self._store[row]), int(self._day[row])
        self._ledger.add(Entry(code, *where, amount, *place, note))

    def one_sided_refunds(self) -> None:
        """D06: half refunded in the wallet only, half in the till only."""
        eligible = self._marks.in_wallet & (self._origin >= 0)
        for n, row in enumerate(self._choose("D06", eligible)):
            refund = int(self._amount[row])
            if n % 2:
                self._marks.till_rows[row] = 0
                self._add("D06", row, refund, "refunded in the wallet only", place=("payment", row))
            else:
                self._marks.in_wallet[row] = False
                self._add("D06", row, -refund, "refunded in the till only", place=("tender", row))

    def wrong_store(self) -> None:
        """D11: rung in one store, paid through another store's terminal or code."""
        for row in self._choose("D11", self._wallet_sale & self._plain_day & (len(self._chain.stores) > 1)):
            home = self._chain.stores[int(self._store[row])]
            others = [
                shop
                for shop in self._chain.stores
                if shop is not home and shop.opening_day <= self._day[row] and not shop.cutoff_hours
            ]
            same = [shop for shop in others if shop.entity == home.entity] or others
            if not same:
                continue
            there = same[int(self._rng.integers(len(same)))]
            self._marks.wallet_store[row] = there.index
            self._add("D11", row, 0, f"paid through {there.code}", place=("payment", row))

    def other_day(self) -> None:
        """D04: rung just before midnight, booked by the wallet just after."""
        eligible = self._wallet_sale & self._plain_day & self._single & (self._day + 1 < self._chain.days)
        for row in self._choose("D04", eligible):
            midnight = (int(self._day[row]) + 1) * DAY
            self._marks.till_at[row] = midnight - int(self._rng.integers(5, 240))
            self._marks.wallet_at[row] = midnight + int(self._rng.integers(20, 600))
            self._add("D04", row, 0, "booked after midnight", place=("payment", row))

    def missing_in_wallet(self) -> None:
        """D01: the till says paid, the wallet knows nothing."""
        for row in self._choose("D01", self._wallet_sale):
            self._marks.in_wallet[row] = False
            self._add("D01", row, -int(self._amount[row]), "no wallet row", place=("tender", row))

    def missing_in_till(self) -> None:
        """D02: paid into the wallet, never rung up; the whole order is missing in the till."""
        for row in self._choose("D02", self._wallet_sale & self._single):
            self._marks.till_rows[row] = 0
            self._add("D02", row, int(self._amount[row]), "not in the till", place=("payment", row))

    def other_amount(self) -> None:
        """D03: the wallet took another amount than the till prints, mostly less."""
        for row in self._choose("D03", self._wallet_sale & (self._amount >= 800)):
            step = (100, 200, 300, 500)[int(self._rng.integers(4))]
            effect = step if self._rng.integers(5) == 0 else -step
            self._marks.wallet_amount[row] += effect
            self._add("D03", row, effect, "amount differs", place=("payment", row))

    def duplicates(self) -> None:
        """D05: half exported twice by the till, half charged twice to the guest."""
        for n, row in enumerate(self._choose("D05", self._wallet_sale)):
            amount = int(self._amount[row])
            if n % 2:
                self._marks.twice[row] = True
                self._add("D05", row, amount, "guest charged twice", place=("payment", row + SECOND))
            else:
                self._marks.till_rows[row] = 2
                self._add("D05", row, -amount, "tender exported twice", place=("tender", row + SECOND))

    def overcharged(self) -> None:
        """D07: the channel took more than the contract rate; bill and ledger agree with each other."""
        for row in self._choose("D07", self._wallet_sale & (self._amount >= 1500)):
            shop = self._chain.stores[int(self._store[row])]
            rate = self._chain.merchants[shop.merchant(str(self._method[row]))[0]].rate
            extra = (22, 40, 62)[int(self._rng.integers(3))]
            paid = np.array([self._amount[row]])
            effect = int(half_up(paid, rate)[0] - half_up(paid, rate + extra)[0])
            self._marks.extra_rate[row] = extra
            self._add("D07", row, effect, "fee above the contract rate", place=("payment", row))

    def stored_value(self) -> None:
        """D14: the card was charged another amount than the till prints, or not at all."""
        eligible = (self._method == "stored_value") & (self._origin < 0) & (self._amount >= 400)
        for n, row in enumerate(self._choose("D14", eligible)):
            if n % 2:
                effect = -100 * int(self._rng.integers(1, 4))
                note = "card charged another amount"
            else:
                effect = -int(self._amount[row])
                note = "card not charged"
            self._marks.card_amount[row] += effect
            self._add("D14", row, effect, note, place=("tender", row))


def cash_errors(chain: Chain, ledger: Ledger, open_days: Flags) -> Ints:
    """D10: what was counted more (+) or less (−) than expected, in fen, per store and day."""
    rng = stream(chain.seed, "cash errors")
    effects = np.zeros(open_days.shape, dtype=np.int64)
    for cell in some(rng, open_days.ravel(), ledger.quota["D10"]):
        store, day = divmod(int(cell), chain.days)
        size = (500, 1000, 2000, 50, 1370, 10_000)[int(rng.integers(6))]
        effect = size if rng.integers(3) == 0 else -size
        effects[store, day] = effect
        note = "cash over" if effect > 0 else "cash short"
        ledger.add(Entry("D10", store, day, effect, "cash_count", int(cell), note))
    return effects


def commission_errors(ledger: Ledger, chain: Chain, base: Ints, eligible: Flags) -> Ints:
    """D12, orders: the commission rate above the contract, in ten-thousandths per platform row."""
    rng = stream(chain.seed, "commission errors")
    extra = np.zeros(len(base), dtype=np.int64)
    rows = some(rng, eligible & (base >= 1200), ledger.quota["D12"] - short_payouts(ledger))
    extra[rows] = np.array((100, 150, 200), dtype=np.int64)[between(rng, 0, 3, len(rows))]
    return extra
