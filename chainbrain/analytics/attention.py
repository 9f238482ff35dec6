"""What needs a hand today, by amount: late payouts, overcharges, missing files, cash, refunds, unusual days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain.analytics import anomalies, unusual
from chainbrain.analytics.completeness import StoreName, sources_on, store_names
from chainbrain.analytics.overview import ZERO, rate
from chainbrain.analytics.unusual import UnusualWord
from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.database.book import Book, Row

CLAIMS = frozenset({"late_payout", "fee_overcharge", "platform_charge"})
"""Money that somebody owes the business and that can be claimed back."""
# Yuan from which a store's item stands alone; smaller ones of a kind are bundled.
_ALONE = Decimal(100)
_KINDS = {
    "D06": "one_sided_refund",
    "D07": "fee_overcharge",
    "D08": "late_payout",
    "D10": "cash_short",
    "cash_over": "cash_over",
    "D12": "platform_charge",
}


@dataclass(frozen=True)
class Item:
    """One thing to look at; words stand under ``attention.<kind>``.

    Attributes:
        kind: ``late_payout``, ``fee_overcharge``, ``platform_charge``, ``missing_file``, ``cash_short``, ``cash_over``,
            ``one_sided_refund``, ``anomaly_low``, ``anomaly_high`` or ``difference`` (any other code).
        amount: yuan at stake, never negative; ``estimated`` amounts are what is usual and belong in no sum.
        code: the difference code, when it stands on differences.
        count: rows behind it (days in a row for an anomaly).
        days: days late, counted to the last day of the book.
        charged: fees really taken as a share of the takings concerned; ``contract`` is what was agreed.
        view: the screen that shows the rows, with its filters.
        differences: ids of exactly the differences that ``count`` and ``amount`` were made from.
        remark: what a person said of an earlier day of the same run.
    """

    kind: str
    amount: Decimal
    code: str | None = None
    stores: tuple[StoreName, ...] = ()
    channel: str | None = None
    count: int = 0
    first_day: date | None = None
    last_day: date | None = None
    due_on: date | None = None
    days: int | None = None
    charged: Decimal | None = None
    contract: Decimal | None = None
    estimated: bool = False
    view: str = "reconcile"
    filters: Mapping[str, str] = field(default_factory=dict)
    differences: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class Attention:
    """All items, the largest amount first; small ones of a kind are bundled.

    ``explained`` are the words that keep unusual days of the last day out of the items. ``in_part`` where only some
    stores were asked for: items of no store are then those of the whole chain, beside them.
    """

    items: tuple[Item, ...]
    explained: tuple[UnusualWord, ...] = ()
    in_part: bool = False

    def of_chain(self, item: Item) -> bool:
        """Whether an item stands beside those of some stores because its rows belong to no store."""
        return self.in_part and not item.stores

    @property
    def claimable(self) -> Decimal:
        """Yuan that can be claimed back from channels and platforms; estimates are not in it, nor what is beside."""
        return sum((item.amount for item in self.items if item.kind in CLAIMS and not self.of_chain(item)), ZERO)

    @property
    def claimable_of_chain(self) -> Decimal:
        """Yuan of claims that belong to no store, beside those of some stores."""
        return sum((item.amount for item in self.items if item.kind in CLAIMS and self.of_chain(item)), ZERO)


def attention(book: Book, last: date, stores: Sequence[str] | None = None) -> Attention:
    """What needs a hand, as the book stands on its last day.

    Args:
        book: the book to read; differences are those of its last reconciliation.
        last: the last day with sales; lateness, missing files and unusual days are judged on it.
        stores: only these store numbers; rows that belong to no store always stay in.
    """
    chosen = tuple(stores) if stores is not None else None
    told = book.told((_open, chosen), lambda: _open(book, chosen))
    items = [replace(item, days=(last - item.due_on).days) if item.due_on else item for item in told]
    items += _missing(book, last, stores)
    words = book.told(unusual.standing, lambda: unusual.standing(book))
    explained = []
    for found in anomalies.find(book, last, stores, spared=lambda one: unusual.covering(words, one) is not None):
        word = unusual.covering(words, found)
        if word is None:
            items.append(_unusual(found, unusual.remembered(words, found)))
        else:
            explained.append(word)
    items.sort(key=lambda item: (-item.amount, item.kind, item.code or "", item.filters.get("store", "")))
    return Attention(tuple(items), tuple(explained), chosen is not None)


def _open(book: Book, stores: tuple[str, ...] | None) -> tuple[Item, ...]:
    """The open differences by what they are: the same on whichever day one looks, but for how late they are."""
    names = store_names(book)
    rows = book.rows("analytics/attention", stores=list(stores) if stores is not None else None)
    return tuple(_bundled([_difference(row, names) for row in rows], apart=stores is not None))


def _missing(book: Book, last: date, stores: Sequence[str] | None) -> list[Item]:
    """The sources that lack files on the last day, with what such days usually bring."""
    lacking: dict[str, list[StoreName]] = defaultdict(list)
    for line in sources_on(book, last, stores):
        if line.lacking:
            lacking[line.source].append(line.store)
    if not lacking:
        return []
    usual = book.told((_usual, last), lambda: _usual(book, last))
    return [
        Item(
            kind="missing_file",
            amount=sum((usual.get((source, store.store_id), ZERO) for store in of), ZERO),
            estimated=True,
            channel=source,
            count=len(of),
            first_day=last,
            stores=tuple(of),
            last_day=last,
            view="imports",
            filters={"source": source, "day": last.isoformat()},
        )
        for source, of in lacking.items()
    ]


def _usual(book: Book, last: date) -> dict[tuple[str, str], Decimal]:
    """Yuan that a day usually brings, by source and store."""
    return {(source, store): amount for source, store, amount in book.rows("analytics/missing_files", last=last)}


def _difference(row: Row, names: Mapping[str, str]) -> Item:
    kind, code, store, channel, count, amount, first, until, due_on, fee, takings, contract, subject, stores, ids = row
    filters = {"code": code, "state": "open"}
    filters |= {"store": store} if store else {}
    filters |= {"channel": channel} if channel else {}
    filters |= {"difference": str(subject)} if subject else {}
    return Item(
        kind=_KINDS.get(kind, "difference"),
        amount=half_up(abs(amount)),
        code=code,
        stores=tuple(StoreName(store_id, names.get(store_id, store_id)) for store_id in stores or ()),
        channel=channel,
        count=count,
        first_day=first,
        last_day=until,
        due_on=due_on,
        charged=rate(fee, takings),
        contract=contract,
        filters=filters,
        differences=tuple(ids),
    )


def _bundled(items: Sequence[Item], *, apart: bool) -> list[Item]:
    """Small amounts of one kind and channel become one item, so that the list stays readable; nothing is left out.

    Rows of no store are kept ``apart`` from those of some stores.
    """
    shown, small = [], defaultdict(list)
    for item in items:
        if item.kind == "difference" or item.amount >= _ALONE:
            shown.append(item)
        else:
            small[item.kind, item.channel, apart and not item.stores].append(item)
    return shown + [_together(bundle) if len(bundle) > 1 else bundle[0] for bundle in small.values()]


def _together(items: Sequence[Item]) -> Item:
    first = items[0]
    filters = {key: first.filters[key] for key in ("code", "state", "channel") if key in first.filters}
    stores = {store.store_id: store for item in items for store in item.stores}
    return replace(
        first,
        amount=sum((item.amount for item in items), ZERO),
        stores=tuple(stores[key] for key in sorted(stores)),
        count=sum(item.count for item in items),
        first_day=min((item.first_day for item in items if item.first_day), default=None),
        last_day=max((item.last_day for item in items if item.last_day), default=None),
        due_on=min((item.due_on for item in items if item.due_on), default=None),
        # Different stores have different contracts: no single rate is true of all of them.
        charged=first.charged if len({item.charged for item in items}) == 1 else None,
        contract=first.contract if len({item.contract for item in items}) == 1 else None,
        filters=filters,
        differences=tuple(number for item in items for number in item.differences),
    )


def _unusual(found: anomalies.Anomaly, remark: str) -> Item:
    return Item(
        kind="anomaly_low" if found.off < 0 else "anomaly_high",
        amount=abs(found.run_amount),
        estimated=True,
        stores=(StoreName(found.store_id, found.name),),
        count=found.run_days,
        first_day=found.day - timedelta(days=found.run_days - 1),
        last_day=found.day,
        view="stores",
        filters={"store": found.store_id},
        remark=remark,
    )
