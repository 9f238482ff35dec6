"""What an agreement gives on a store's month, whatever way the money came in: the sum that the two sides settle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Final

from chainbrain.money import CENT, half_up
from chainbrain.splits import tiers
from chainbrain.splits.allocation import UNTAXED, without_vat
from chainbrain.splits.rules import SplitRule, SplitSum, chosen
from chainbrain.splits.sales_days import Groups, SalesDay

_NOTHING: Final = Decimal("0.00")
Advances = Mapping[tuple[date, str, str], Decimal]
"""What was split on account of a month: by month, store and who got it as the bill names him."""


@dataclass(frozen=True)
class MonthlyDue:
    """One claim on one store's month by one version of a rule, in yuan.

    Attributes:
        base: what it is taken of, by ``basis``, of the days on which the rule held; nothing where it goes by the order.
        by_till: whether all sales are the till's, cash included; nothing where some days are and some are not.
        due: what the agreement gives.
        split: what really went out for it already, as agreed or not.
        rule_id: the version of the rule.
        on_account: what of ``split`` went out beforehand on account of all claims of the receiver.
    """

    month: date
    store: str
    rule: str
    receiver: str
    basis: str
    way: str
    base: Decimal | None
    by_till: bool | None
    due: Decimal
    split: Decimal
    rule_id: str = ""
    on_account: Decimal = _NOTHING

    @property
    def left(self) -> Decimal:
        """What is still to be paid, or, below 0, was split too much."""
        return self.due - self.split


@dataclass(frozen=True)
class Unreckoned:
    """One store's month of which a claim cannot be known, and what it would be taken of with VAT, in yuan.

    Nobody said what kind of taxpayer the store is, there is no rate for a day, or the products of a sale are not there
    of which a group is to be shared; ``why`` says which, worded under ``reason.<why>``. The claim is in no sum.
    """

    month: date
    store: str
    rule: str
    receiver: str
    basis: str
    taxed: Decimal
    days: int
    why: str = "split_base_unknown"

    @property
    def opens(self) -> tuple[str, Mapping[str, object]]:
        """The list of what it is about, and its filters: all sales of the month, or those of unknown products.

        What the channels charge is taken off their own payments; every other base is of the orders.
        """
        after = (self.month + timedelta(days=31)).replace(day=1)
        lacking = {"lacks_items": True} if self.why == "split_items_unknown" else {}
        of_channels = self.basis.removesuffix(UNTAXED) in {"after_fees", "after_commission"}
        filters = {"store": self.store, "first": self.month, "after": after, **lacking}
        return ("payments" if of_channels else "orders"), filters


@dataclass
class _Held:
    """What a rule held for in one month of one store, by VAT rate; no rate where the base is with VAT."""

    bases: dict[Decimal, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    kinds: set[bool] = field(default_factory=set)
    unknown: Decimal = Decimal(0)
    unknown_days: set[date] = field(default_factory=set)
    why: str = "split_base_unknown"

    def take(self, day: SalesDay, basis: str, *, known: bool = True) -> None:
        """Add one day; ``known`` is whether what falls on the rule's group is."""
        self.kinds.add(day.by_till)
        rate = day.vat if basis.endswith(UNTAXED) else Decimal(0)
        if not known:
            self.why = "split_items_unknown"
        if rate is None or not known:
            self.unknown += day.base(basis)
            self.unknown_days.add(day.day)
        else:
            self.bases[rate] += day.base(basis)

    @property
    def base(self) -> Decimal:
        """What the claim is taken of."""
        return sum((without_vat(base, rate) if rate else base for rate, base in self.bases.items()), Decimal(0))


def dues(
    rules: Sequence[SplitRule], days: Iterable[SalesDay], sums: Iterable[SplitSum], advances: Advances,
    groups: Groups | None = None,
) -> tuple[tuple[MonthlyDue, ...], tuple[Unreckoned, ...]]:  # fmt: skip
    """Claims by month and store, in the order of the rules, and those that cannot be known.

    Rules of so much an order give the sum of their parts; all others are reckoned on what the month sold in the
    channels that they hold for.
    """
    parts = {(one.month, one.store, one.rule_id): one for one in sums}
    held: dict[tuple[date, str], dict[str, _Held]] = defaultdict(lambda: defaultdict(_Held))
    standing = {rule.rule_id: rule for rule in rules}
    days = list(days)
    apart = _apart(rules, days)
    for day in days:
        for rule in chosen(rules, day.store, day.channel, day.day):
            alone = (day.store, day.day, rule.rule_id) not in apart
            part = day if rule.category is None else _part(day, rule, groups or {}, alone=alone)
            one = held[day.day.replace(day=1), day.store][rule.rule_id]
            one.take(part or day, rule.basis, known=part is not None)
    found, unknown = [], []
    for (month, store), by_rule in sorted(held.items()):
        pairs = [(standing[rule_id], one) for rule_id, one in by_rule.items()]
        known = []
        for rule, one in sorted(pairs, key=lambda pair: (pair[0].name, pair[0].receiver, pair[0].rule_id)):
            if one.unknown_days:
                unknown.append(
                    Unreckoned(
                        month,
                        store,
                        rule.name,
                        rule.receiver,
                        rule.basis,
                        half_up(one.unknown),
                        len(one.unknown_days),
                        one.why,
                    )
                )
            else:
                known.append((rule, one, *_reckoned(rule, one.base, parts.get((month, store, rule.rule_id)))))
        on_account = _on_account(month, store, [(rule, due) for rule, _, _, due in known], advances)
        for (rule, one, base, due), beforehand in zip(known, on_account, strict=True):
            done = parts.get((month, store, rule.rule_id))
            by_till = next(iter(one.kinds)) if len(one.kinds) == 1 else None
            split = (done.executed if done else _NOTHING) + beforehand
            found.append(
                MonthlyDue(
                    month, store, rule.name, rule.receiver, rule.basis, rule.way, base, by_till, due, split,
                    rule.rule_id, beforehand,
                )
            )  # fmt: skip
    return tuple(found), tuple(unknown)


def _apart(rules: Sequence[SplitRule], days: Iterable[SalesDay]) -> set[tuple[str, date, str]]:
    """The rules for a group, by store and day, beside which another version holds in some channel of that day."""
    if not any(rule.category for rule in rules):
        return set()
    held: dict[tuple[str, date], list[set[str]]] = defaultdict(list)
    for day in days:
        named = {rule.rule_id for rule in chosen(rules, day.store, day.channel, day.day) if rule.category}
        held[day.store, day.day].append(named)
    return {
        (*key, rule)
        for key, channels in held.items()
        for rule in set.union(*channels)
        if any(rule not in one for one in channels)
    }


def _part(day: SalesDay, rule: SplitRule, groups: Groups, *, alone: bool) -> SalesDay | None:
    """What of a day falls on the rule's group of products; nothing where that is not known.

    ``alone`` is whether the rule holds for every channel of the day.
    """
    found = groups.get((day.store, day.day, day.channel, rule.category or ""))
    if found is None:
        return None
    # Over all channels the till's own sum remains, whatever a single sale is of, unless some of it is another rule's;
    # fees are the channels' own.
    by_till = day.by_till and alone and rule.basis.removesuffix(UNTAXED) in {"gross", "after_refunds"}
    if not (found.till if by_till else found.known):
        return None
    return replace(day, gross=found.gross, refunded=found.refunded, fee=found.fee, commission=found.commission)


def _reckoned(rule: SplitRule, base: Decimal, done: SplitSum | None) -> tuple[Decimal | None, Decimal]:
    if rule.way == "fixed":
        return None, done.reckoned if done else _NOTHING
    if rule.rate is not None:
        # Rounded towards nothing: what is left over stays with the store, and what is given back is not more.
        return half_up(base), (base * rule.rate).quantize(CENT, ROUND_DOWN)
    return half_up(base), (tiers.progressive if rule.way == "progressive" else tiers.flat)(base, rule.tiers)


def _on_account(
    month: date, store: str, claims: Sequence[tuple[SplitRule, Decimal]], advances: Advances
) -> list[Decimal]:
    """What was split beforehand, counted once: of a receiver's claims each takes what it gives, the last the rest."""
    names = [sorted(filter(None, {rule.receiver, rule.account})) if rule.tiers else [] for rule, _ in claims]
    last = {name: place for place, of in enumerate(names) for name in of}
    rest = {name: advances.get((month, store, name), _NOTHING) for name in last}
    taken = [_NOTHING] * len(claims)
    for place, (_, due) in enumerate(claims):
        for name in names[place]:
            part = rest[name] if last[name] == place else max(min(rest[name], due - taken[place]), _NOTHING)
            taken[place] += part
            rest[name] -= part
    return taken
