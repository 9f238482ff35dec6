"""The chain itself: companies, bank accounts, merchant numbers, stores and the window of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from chainbrain.demo import people
from chainbrain.demo.draws import stream
from chainbrain.errors import UserError

WECHAT, ALIPAY = "wechat", "alipay"
_FRANCHISEE = 2
"""The company that runs the franchise stores which collect themselves."""
_WITH_COLLECTED = 5
"""From so many stores on the company collects for one franchise store as well: it is not the newcomer's neighbour."""
CHANNEL_WORDS = {WECHAT: "微信支付", ALIPAY: "支付宝", "meituan": "美团外卖"}
TAKEAWAY_RATE = 650
"""Commission of the delivery platform by contract, in ten-thousandths of the base."""


class Month(NamedTuple):
    """One calendar month of the window: first day and the day after the last as day indices, ``YYYYMM``."""

    first: int
    after: int
    label: str


@dataclass(frozen=True)
class BankAccount:
    """One corporate account; ``opening`` in fen."""

    index: int
    number: str
    holder: str
    entity: int
    bank: str
    layout: str
    opening: int
    pays_costs: bool


@dataclass(frozen=True)
class Merchant:
    """One wallet account: ``rate`` in ten-thousandths, ``opening`` balance in fen."""

    index: int
    channel: str
    number: str
    entity: int
    bank_account: int
    rate: int
    opening: int
    daily_files: bool
    bom: bool


@dataclass(frozen=True)
class Store:
    """One shop; ``opening_day`` is the index of its first day in the window (0: it was open before).

    ``collected``: a franchise store whose wallets and platforms pay into the company's numbers (统一结算).
    """

    index: int
    code: str
    name: str
    city: str
    region: str
    franchise: bool
    collected: bool
    entity: int
    opened_on: date
    opening_day: int
    cutoff_hours: int
    area: int
    rent: int
    latitude: int
    longitude: int
    datum: str
    format: str
    city_tier: str
    base_orders: int
    profile: int
    has_pos: bool
    wechat: int
    wechat_terminal: str
    alipay: int
    alipay_terminal: str
    meituan_id: str
    meituan_account: str
    takeaway_account: int

    @property
    def independent(self) -> bool:
        """A franchise store that collects under numbers of its own (独立结算)."""
        return self.franchise and not self.collected

    def merchant(self, channel: str) -> tuple[int, str]:
        """Index of the merchant number and the terminal through which this store is paid."""
        if channel == WECHAT:
            return self.wechat, self.wechat_terminal
        return self.alipay, self.alipay_terminal


@dataclass(frozen=True)
class Chain:
    """Everything that stands fixed before the first guest comes."""

    stores: tuple[Store, ...]
    merchants: tuple[Merchant, ...]
    accounts: tuple[BankAccount, ...]
    start: date
    days: int
    seed: int
    newcomer: int | None
    neighbour: int | None

    @property
    def end(self) -> date:
        """The last day of the window."""
        return self.day(self.days - 1)

    def day(self, index: int) -> date:
        """The date of a day index; indices before and after the window are allowed."""
        return self.start + timedelta(index)

    @property
    def months(self) -> tuple[Month, ...]:
        """The calendar months that the window touches."""
        found: list[Month] = []
        first = 0
        for index in range(self.days):
            if index + 1 == self.days or self.day(index + 1).month != self.day(index).month:
                found.append(Month(first, index + 1, f"{self.day(index):%Y%m}"))
                first = index + 1
        return tuple(found)


def _accounts(entities: list[int]) -> tuple[BankAccount, ...]:
    """A main account per company; the first company collects its takeaway payouts on a second one."""
    banks = (("招商银行", "cmb_01", "5719"), ("中国建设银行", "ccb_02", "3305"), ("中国建设银行", "ccb_02", "3315"))
    rows: list[BankAccount] = []
    for entity in entities:
        bank, layout, prefix = banks[entity]
        number = f"{prefix}{78201400 + 1307 * entity:08d}{10601 + entity}"
        opening = 98_640_000 + 7_213_055 * entity
        rows.append(BankAccount(len(rows), number, people.COMPANIES[entity], entity, bank, layout, opening, True))
    number = "33050161872700000719"
    rows.append(BankAccount(len(rows), number, people.COMPANIES[0], 0, banks[1][0], "ccb_02", 12_408_316, False))
    return tuple(rows)


def build(stores: int, days: int, seed: int, end: date) -> Chain:
    """Lay out a chain of any size.

    Raises:
        UserError: ``demo.too_small`` without a store or a day.
    """
    if stores < 1 or days < 1:
        raise UserError("demo.too_small", stores=stores, days=days)
    start = end - timedelta(days - 1)
    newcomer, neighbour = (stores - 2, stores - 3) if stores >= 3 else (None, None)
    entity_of = [_FRANCHISEE if i % 3 == 2 else int(2 * i >= stores) for i in range(stores)]
    collected = 1 if stores >= _WITH_COLLECTED else None
    accounts = _accounts(sorted(set(entity_of) | {0}))
    main_account = {account.entity: account.index for account in accounts if account.pays_costs}
    merchants: list[Merchant] = []

    def add_merchant(channel: str, entity: int, rate: int, opening: int, daily: bool = False) -> int:
        n = len(merchants)
        number = (
            f"16{24_810_037 + 70_393 * n:08d}" if channel == WECHAT else f"2088{610_247_000_318 + 9_300_071 * n:012d}"
        )
        account = main_account[entity]
        merchants.append(Merchant(n, channel, number, entity, account, rate, opening, daily, n % 2 == 0))
        return n

    shared = add_merchant(WECHAT, 0, 38, 1_284_655)
    pids = {
        entity: add_merchant(ALIPAY, entity, 60 if entity else 38, 412_390 + 55_017 * entity) for entity in main_account
    }
    rng = stream(seed, "stores")
    rows: list[Store] = []
    for i in range(stores):
        entity = entity_of[i]
        city = min(2, 3 * i // stores)
        is_new = i == newcomer
        opening_day = (max(1, days * 29 // 100) if days > 1 else 0) if is_new else 0
        founded = min(2019 + i % 6, start.year - 1)
        opened = start + timedelta(opening_day) if is_new else date(founded, 3 + i % 9, 8 + i % 17)
        wechat, terminal = shared, f"{1001 + i}"
        if entity:
            # The smallest of the stores with a number of their own hands in daily files.
            wechat = add_merchant(WECHAT, entity, 60, 0 if is_new else 201_530 + 13_871 * i, daily=i == stores - 1)
            terminal = ""
        lat, lon = people.CENTRES[city]
        lat += int(rng.integers(-420, 420))
        lon += int(rng.integers(-480, 480))
        if is_new and rows:
            # About 850 metres from the neighbour whose guests it takes.
            lat, lon = rows[-1].latitude + 60, rows[-1].longitude + 55
        area = 96 + (i * 37) % 84
        takeaway = next((a.index for a in accounts if not a.pays_costs and a.entity == entity), main_account[entity])
        place = people.PLACES[i % len(people.PLACES)] + (
            str(i // len(people.PLACES) + 1) if i >= len(people.PLACES) else ""
        )
        rows.append(
            Store(
                index=i,
                code=f"S{i + 1:03d}",
                name=f"{people.BRAND}（{people.CITIES[city]}{place}店）",
                city=people.CITIES[city],
                region=people.REGIONS[city],
                franchise=entity == _FRANCHISEE or i == collected,
                collected=i == collected,
                entity=entity,
                opened_on=opened,
                opening_day=opening_day,
                cutoff_hours=4 if i == stores - 1 else 0,
                area=area,
                rent=(area * 158 // 100) * 10_000,
                latitude=lat,
                longitude=lon,
                datum="WGS-84" if i == 2 else "GCJ-02",
                format=people.FORMATS[(i + i // 3) % len(people.FORMATS)],
                city_tier=people.TIERS[city],
                base_orders=(209, 181, 166, 236, 194, 155, 218, 174, 190, 230, 224, 171)[i % 12],
                profile=i % 3,
                has_pos=i % 3 == 1,
                wechat=wechat,
                wechat_terminal=terminal,
                alipay=pids[entity],
                alipay_terminal=f"AP{2001 + i}",
                meituan_id=f"{18_204_417 + 30_671 * i}",
                meituan_account=f"{50_011_903 + 417 * entity}",
                takeaway_account=takeaway,
            )
        )
    return Chain(tuple(rows), tuple(merchants), accounts, start, days, seed, newcomer, neighbour)
