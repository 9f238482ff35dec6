"""Made-up chains whose future is made up as well: a book that ends at an origin, and what the bank then really shows.

Stores and their guests are those of the demo chain; over them lies a level that drifts from week to week, and goes on
drifting after the origin. Money arrives by T1 and D1; wages, rent, tax and a loan are in the plan, at the amounts that
are usual, and really differ from them by some hundredths. Suppliers and repairs are paid on odd days in odd amounts and
are in no plan: only the statements of the past show them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np
import numpy.typing as npt
from sales_book import SalesBook, uid

from chainbrain.cash.forecast import days as calendar_days
from chainbrain.cash.plan import PlanItem, month_later
from chainbrain.cash.settling import Settling
from chainbrain.demo import people, rhythm, stores
from chainbrain.demo.draws import stream

Floats = npt.NDArray[np.float64]

PAST, AHEAD = 120, 91
ENTITY, NUMBER = people.COMPANIES[0], "571978201410601"
TICKET = 38.0
CAMPAIGN = 1.24
"""What the demo chain's campaign week brings more; every other chain has none."""
WALLETS = (("wechat", 0.56, 0.0038, "T1"), ("alipay", 0.34, 0.0060, "D1"))
"""Share of what guests pay, what it costs, by which rule it arrives; the rest is cash that stays in the store."""
_SETTLING = Settling(calendar_days.shipped())


@dataclass(frozen=True)
class Paid:
    """One payment out of the account, in yuan."""

    day: int
    amount: float
    payee: str
    memo: str


@dataclass
class World:
    """Everything of one chain, before the origin and after it; day 0 is the first of the past.

    Attributes:
        sold: what guests paid, stores × days.
        arrived: what reached the bank on each day.
        paid: every payment that really was made.
        plan: what its owner knows of it at the origin.
        opening: the balance before day 0.
        floor: what must stay.
        month: what arrives in a month.
    """

    seed: int
    chain: stores.Chain
    sold: Floats
    arrived: Floats
    paid: list[Paid]
    plan: list[PlanItem]
    month: float
    opening: float = 0.0
    floor: float = 0.0
    _line: int = field(default=0)

    def day(self, number: int) -> date:
        """The date of a day."""
        return self.chain.day(number)

    @property
    def origin(self) -> date:
        """The last day that the book knows when the quarter begins."""
        return self.day(PAST - 1)

    def balances(self) -> Floats:
        """The true balance at the end of every day."""
        out = np.zeros(PAST + AHEAD)
        for one in self.paid:
            out[one.day] += one.amount
        balance: Floats = np.round(self.opening + np.cumsum(self.arrived - out), 2)
        return balance

    def broken_on(self) -> int | None:
        """The first day after the origin on which the balance truly lies below the floor."""
        below = np.flatnonzero(self.balances()[PAST:] < self.floor)
        return PAST + int(below[0]) if len(below) else None


def made(seed: int, *, shortfall: bool) -> World:
    """One chain; with ``shortfall`` a draft that is known at the origin breaks the floor, else nothing does."""
    draw = stream(seed, "shortfall" if shortfall else "clean")
    count = 3 + seed % 4
    last = date(2026, 6, 30) + timedelta(days=9 * seed + AHEAD)
    chain = stores.build(count, PAST + AHEAD, seed, last)
    weeks = -(-chain.days // 7)
    level = np.zeros(weeks)
    for week in range(1, weeks):
        level[week] = 0.9 * level[week - 1] + 0.02 * draw.standard_normal()
    noise = 1 + 0.04 * draw.standard_normal((count, chain.days))
    guests = rhythm.guests(chain).astype(np.float64)
    week = rhythm.campaign(chain)
    guests[[not shop.independent for shop in chain.stores], week.start : week.stop] /= CAMPAIGN if seed % 2 else 1.0
    sold = guests * TICKET * noise * np.exp(np.repeat(level, 7)[: chain.days])
    world = World(seed, chain, np.round(sold, 2), np.zeros(chain.days), [], [], 0.0)
    _arrive(world)
    _spend(world, draw)
    _balance(world, draw, shortfall=shortfall)
    return world


def _arrive(world: World) -> None:
    sold = world.sold.sum(axis=0)
    for _, share, rate, rule in WALLETS:
        for number, amount in enumerate(sold):
            arrives = _SETTLING.arrives(rule, world.day(number))
            place = (arrives - world.chain.start).days if arrives is not None else world.chain.days
            if place < world.chain.days:
                world.arrived[place] += round(amount * share, 2) - round(amount * share * rate, 5)
    world.month = float(world.arrived[:PAST].sum()) / PAST * 30.4


def _spend(world: World, draw: np.random.Generator) -> None:
    month, off = world.month, lambda size: 1 + size * float(draw.uniform(-1, 1))
    margin = float(draw.uniform(-0.04, 0.06))
    known = (
        ("wages", 15, 0.24, 0.04, "monthly", "代发工资", "工资"),
        ("rent", 5, 0.12, 0.0, "monthly", people.LANDLORDS[0], "房租"),
        ("tax", 18, 0.03, 0.09, "monthly", "国家金库", "增值税及附加"),
        ("loan", 21, 0.05, 0.0, "monthly", "招商银行", "贷款还款"),
    )
    for kind, day_of_month, share, size, cycle, payee, memo in known:
        usual = round(month * share * off(0.1), -1)
        day = world.day(0).replace(day=day_of_month)
        while day <= world.chain.end:
            number = (day - world.chain.start).days
            if number >= 0:
                world.paid.append(Paid(number, round(usual * off(size), 2), payee, memo))
            day = month_later(day, 1)
        first = next(
            d for n in range(8) if (d := month_later(world.day(0).replace(day=day_of_month), n)) > world.origin
        )
        world.plan.append(PlanItem(kind, first, ENTITY, kind, Decimal(f"{usual:.2f}"), cycle))
    # Goods are bought as they are sold; on odd days a supplier is paid, all that is owed or a part of it.
    share = 1 - sum(one[2] for one in known) - 0.02 - margin
    owed = month * share / 6
    sold = world.sold.sum(axis=0) * sum(one[1] for one in WALLETS)
    for number in range(world.chain.days):
        owed += sold[number] * share
        if world.day(number).weekday() < 5 and draw.uniform() < 0.35:
            amount = round(owed * float(draw.uniform(0.3, 1.0)), 2)
            owed -= amount
            world.paid.append(Paid(number, amount, people.SUPPLIERS[int(draw.integers(4))], f"货款 {number}"))
        if draw.uniform() < 0.12:
            amount = month * 0.02 / 3.6 * float(np.exp(0.8 * draw.standard_normal() - 0.32))
            world.paid.append(Paid(number, round(amount, 2), f"维修部{int(draw.integers(9))}", "维修"))


def _balance(world: World, draw: np.random.Generator, *, shortfall: bool) -> None:
    """Choose the balance, the floor and a draft so that the quarter is one with a shortfall, or one without."""
    month = world.month
    world.floor = round(month * float(draw.uniform(0.2, 0.5)), -3)
    bare = world.balances()[PAST:]
    due = PAST + int(draw.integers(21, 85))
    before, after = float(bare[: due - PAST].min()), float(bare[due - PAST :].min())
    # The draft can be paid with ease, or it takes what is missing below the floor.
    room = month * float(draw.uniform(0.25, 1.0))
    if shortfall:
        world.opening = round(world.floor - before + room, 2)
        amount = after + world.opening - world.floor + month * float(draw.uniform(0.1, 0.5))
    else:
        amount = month * float(draw.uniform(0.2, 0.8))
        world.opening = round(world.floor - min(before, after - amount) + room, 2)
    amount = round(max(amount, 0.0), -1)
    world.paid.append(Paid(due, amount, "杭州设备有限公司", "银行承兑汇票到期"))
    world.plan.append(PlanItem("draft", world.day(due), ENTITY, "bill", Decimal(f"{amount:.2f}"), "once"))


def book_of(world: World, known: int = PAST) -> SalesBook:
    """The book as it is when so many days are known."""
    chain = SalesBook()
    for shop in world.chain.stores:
        chain.store(shop.code, opened_on=shop.opened_on)
        for channel, _, rate, rule in WALLETS:
            chain.account(
                shop.code, channel, f"{channel}-{shop.code}", legal_entity=ENTITY, bank_account=NUMBER,
                fee_rate=Decimal(str(rate)), settlement_rule=rule,
            )  # fmt: skip
        for number in range(min(known, world.chain.days)):
            amount = float(world.sold[shop.index, number])
            if number < shop.opening_day:
                continue
            chain.sale(shop.code, world.day(number), f"{amount:.2f}", method="wechat")
            for channel, share, rate, _ in WALLETS:
                part = round(amount * share, 2)
                chain.payment(shop.code, channel, world.day(number), f"{part:.2f}", f"{part * rate:.5f}")
    _statements(world, chain, known)
    return chain


def _statements(world: World, chain: SalesBook, known: int) -> None:
    balance = world.opening
    lines: list[tuple[int, float, str, str]] = [
        (number, round(float(amount), 2), "", "") for number, amount in enumerate(world.arrived[:known]) if amount
    ]
    lines += [(one.day, -one.amount, one.payee, one.memo) for one in world.paid if one.day < known]
    for place, (number, amount, payee, memo) in enumerate(sorted(lines, key=lambda line: (line[0], -line[1]))):
        balance += amount
        chain.row(
            "bank_lines", bank_line_id=uid("line", place), bank_account=NUMBER, file_id=uid("bank"), sheet=None,
            posted_at=datetime.combine(world.day(number), time(9)) + timedelta(seconds=place), line=place + 1,
            amount=Decimal(f"{amount:.2f}"), balance=Decimal(f"{balance:.2f}"), counterparty=payee or None,
            memo=memo or "收款",
        )  # fmt: skip
    chain.covered("bank", None, NUMBER, world.day(0), world.day(known))
