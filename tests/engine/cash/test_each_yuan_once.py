"""Whatever accounts, transfers and dues there are: at the end each yuan has come and gone exactly once.

Each company of a book is a little world of its own. Its accounts begin with some money, send it to each other and pay
what is planned, from any account, early or late; then their statements end on different days. What the forecast expects
on its last day has to be the money of the beginning less everything that was planned, whatever the statements know.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from cash_examples import SOLD_TO, outlook_of, prove
from sales_book import SalesBook, uid

from chainbrain.cash.forecast import days as calendars
from chainbrain.cash.pay_days import LONGEST, PayDays, moved
from chainbrain.cash.plan import Due, PlanItem, falls_on

COMPANIES = 60
AHEAD = 28
BEGUN, AFTER = SOLD_TO - timedelta(days=25), SOLD_TO + timedelta(days=AHEAD + 1)
KINDS = (
    ("rent", "房租"), ("wages", "工资"), ("tax", "税款"), ("loan", "贷款还款"), ("goods", "货款"), ("other", "杂项"),
    ("bill", "银行承兑"),
)  # fmt: skip
AMOUNTS = ("5000.00", "5000.00", "8000.00", "13000.00")


@dataclass
class World:
    """One company: the last day of each of its accounts, the lines of their true movements, and what is planned."""

    name: str
    ends: dict[str, date]
    lines: list[tuple[str, date, Decimal, dict[str, str]]] = field(default_factory=list)
    plan: list[PlanItem] = field(default_factory=list)
    begun: Decimal = Decimal(0)

    def book(self, chain: SalesBook, chance: random.Random) -> None:
        lines = list(enumerate(self.lines))
        for account in self.ends:
            chain.account(None, "wechat", f"m{account}", legal_entity=self.name, bank_account=account)
        chance.shuffle(lines)
        for number, (account, day, amount, more) in lines:
            if day <= self.ends[account]:
                chain.row(
                    "bank_lines", bank_line_id=uid(account, number), bank_account=account, file_id=uid("file", account),
                    posted_at=datetime.combine(day, time(9, number % 60)), amount=amount, sheet=None, line=number,
                    balance=None, **more,
                )  # fmt: skip
        for account, end in self.ends.items():
            first = {"day": BEGUN, "balance": Decimal(900000), "kind": "bank", "channel": None, "store_code": None}
            chain.row("openings", opening_id=uid(account), account_no=account, file_id=uid("o"), line=1, **first)
            chain.row("coverage", kind="bank", account_no=account, day=end, file_id=uid("file", account))
            self.begun += 900000


def _world(number: int, chance: random.Random, gap: int) -> World:
    count = chance.choice((2, 2, 3))
    ends = {f"9{number:03}{place:04}": SOLD_TO - timedelta(days=chance.randint(0, gap)) for place in range(count)}
    ends[min(ends)] = SOLD_TO
    return World(f"第{number}号公司", ends)


def _transfers(world: World, chance: random.Random, *, by_name: bool) -> None:
    for _ in range(chance.randint(1, 6)):
        sender, receiver = chance.sample(sorted(world.ends), 2)
        day = BEGUN + timedelta(days=chance.randint(5, 25))
        # Most banks settle at once. By a name alone nobody could tell what is under way from what went elsewhere.
        later = day if by_name else day + timedelta(days=chance.choice((0, 0, 0, 1, 2)))
        amount = Decimal(chance.choice(("700.00", "1000.00", "1250.50")))
        for account, other, on, change in ((sender, receiver, day, -amount), (receiver, sender, later, amount)):
            called = chance.choice((world.name, f" {world.name}")) if by_name else chance.choice(("", world.name))
            told = {} if by_name else {"counterparty_account": other}
            world.lines.append((account, on, change, {"counterparty": called, **told}))


def _dues(world: World, chance: random.Random, *, early: bool) -> None:
    since = min(world.ends.values())
    kinds = chance.sample(KINDS, chance.randint(1, 4))
    for place, (kind, word) in enumerate(kinds):
        day = SOLD_TO + timedelta(days=chance.randint(-20, 12))
        amount = Decimal(chance.choice(AMOUNTS))
        payee = f"{'甲乙丙丁'[place]}某{world.name[1:-3]}商行"
        item = PlanItem(f"{world.name}{kind}", day, world.name, kind, amount, note=payee)
        world.plan.append(item)
        paid_on = day + timedelta(days=chance.randint(-5 if early else 0, 5))
        payer = chance.choice(sorted(world.ends))
        if day <= since:
            # What fell due when all was known, and was not paid by then, is told as overdue and never counted.
            paid_on, payer = min(paid_on, since), min(world.ends, key=lambda one: world.ends[one])
        elif chance.random() < 0.3:
            continue
        parts = [amount]
        if kind == "wages" and chance.random() < 0.5:
            parts = [amount / 2 + 150, amount / 2 - 150]
        for number, part in enumerate(parts):
            on = min(paid_on + timedelta(days=number), since) if day <= since else paid_on + timedelta(days=number)
            on = max(on, day - timedelta(days=6))
            world.lines.append((payer, on, -part, {"counterparty": payee, "memo": word}))


def _again_and_again(world: World, chance: random.Random, *, early: bool) -> None:
    """Weekly and monthly items, each of their days paid from some account or still open."""
    since = min(world.ends.values())
    for place, (kind, word) in enumerate(chance.sample(KINDS, chance.randint(1, 3))):
        cycle = chance.choice(("weekly", "monthly"))
        begins = BEGUN + timedelta(days=7 + chance.randint(0, 6 if cycle == "weekly" else 28))
        amount, payee = Decimal(chance.choice(AMOUNTS)), f"{'甲乙丙'[place]}某{world.name[1:-3]}商行"
        item = PlanItem(f"{world.name}{kind}", begins, world.name, kind, amount, cycle, note=payee)
        world.plan.append(item)
        for day in falls_on(item, begins, AFTER):
            paid_on = day + timedelta(days=chance.randint(-2 if early else 0, 2))
            if day > since and chance.random() < 0.25:
                continue
            paid_on = min(paid_on, since) if day <= since else paid_on
            told = {"counterparty": payee, "memo": word}
            world.lines.append((chance.choice(sorted(world.ends)), paid_on, -amount, told))


def _total(item: PlanItem, pay_days: PayDays | None) -> Decimal:
    """Everything of an item that leaves by the last day; what a day off moves over it leaves later."""
    days = (Due(day, item) for day in falls_on(item, BEGUN, AFTER + LONGEST))
    return sum((due.amount for due in moved(days, pay_days) if due.day < AFTER), Decimal(0))


def _prove(worlds: Sequence[World], chance: random.Random, pay_days: PayDays | None = None) -> None:
    chain = SalesBook()
    for world in worlds:
        world.book(chain, chance)
    plan = [item for world in worlds for item in world.plan]
    chance.shuffle(plan)
    found = outlook_of(chain, *plan, horizon=AHEAD, pay_days=pay_days)
    off = []
    for world in worlds:
        path = found.path(world.name)
        assert path is not None
        prove(path)
        truth = world.begun - sum((_total(item, pay_days) for item in world.plan), Decimal(0))
        if path.days[-1].expected != truth:
            off.append((world.name, path.days[-1].expected - truth, world, path.dues, found.paid))
    assert not off, off[0]
    prove(found.chain)
    assert found.chain.opening == sum((one.opening for one in found.paths[1:]), Decimal(0))


@pytest.mark.parametrize("by_name", [False, True])
@pytest.mark.parametrize("seed", [1, 2])
def test_transfers_between_own_accounts_are_in_the_balances_once(seed: int, *, by_name: bool) -> None:
    chance = random.Random(f"{seed} {by_name}")
    worlds = [_world(number, chance, 10) for number in range(COMPANIES)]
    for world in worlds:
        _transfers(world, chance, by_name=by_name)
    _prove(worlds, chance)


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_planned_is_paid_once_from_whichever_account(seed: int, *, early: bool) -> None:
    chance = random.Random(f"{seed} {early}")
    worlds = [_world(number, chance, 12) for number in range(COMPANIES)]
    for world in worlds:
        _dues(world, chance, early=early)
    _prove(worlds, chance)


@pytest.mark.parametrize("early", [False, True])
def test_what_is_planned_again_and_again_is_paid_once_on_each_of_its_days(*, early: bool) -> None:
    chance = random.Random(f"again {early}")
    worlds = [_world(number, chance, 12) for number in range(COMPANIES)]
    for world in worlds:
        _again_and_again(world, chance, early=early)
    _prove(worlds, chance)


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("cycles", [False, True])
def test_what_falls_on_days_off_is_paid_once_on_whichever_day(seed: int, *, early: bool, cycles: bool) -> None:
    """The statements end before, on and after weekends; payments leave on the day meant, the moved one, and others."""
    chance = random.Random(f"days off {seed} {early} {cycles}")
    worlds = [_world(number, chance, 12) for number in range(COMPANIES)]
    for world in worlds:
        (_again_and_again if cycles else _dues)(world, chance, early=early)
    _prove(worlds, chance, PayDays(calendars.shipped()))


def test_transfers_and_dues_together() -> None:
    chance = random.Random("both")
    worlds = [_world(number, chance, 12) for number in range(COMPANIES)]
    for world in worlds:
        _dues(world, chance, early=True)
        _transfers(world, chance, by_name=chance.random() < 0.3)
    _prove(worlds, chance)


def test_the_order_of_what_was_read_does_not_matter() -> None:
    chance = random.Random("order")
    worlds = [_world(number, chance, 12) for number in range(12)]
    for world in worlds:
        _dues(world, chance, early=True)
        _transfers(world, chance, by_name=False)
    sums = []
    for seed in range(3):
        chain = SalesBook()
        for world in random.Random(seed).sample(worlds, len(worlds)):
            replace(world).book(chain, random.Random(seed))
        plan = [item for world in worlds for item in world.plan]
        found = outlook_of(chain, *random.Random(seed).sample(plan, len(plan)))
        sums.append([(one.entity, one.opening, one.days) for one in found.paths])
    assert sums[0] == sums[1] == sums[2]
