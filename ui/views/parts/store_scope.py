"""Which stores a screen shows: all of them, some, or those that have something in common."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from chainbrain.analytics.periods import Period
from chainbrain.analytics.store_groups import KINDS, StoreGroup
from chainbrain.errors import Word
from ui.messages import word
from ui.theme.translator import translate
from ui.views.base import AppContext
from ui.views.parts.names import short_names

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms

SOME = "stores"


@dataclass(frozen=True)
class StoreEntry:
    """A store that can be chosen; ``groups`` are what it has in common with others, by ``store_groups.KINDS``."""

    store_id: str
    name: str
    groups: tuple[StoreGroup, ...] = ()

    @property
    def city(self) -> str:
        """Its city; empty when nobody said."""
        return next((group.value for group in self.groups if group.kind == "city"), "")


@dataclass(frozen=True)
class StoreScope:
    """A choice of stores: all without ``by``; the numbers in ``values``; or the group ``by`` of the one value."""

    by: str = ""
    values: tuple[str, ...] = ()

    @classmethod
    def some(cls, numbers: Sequence[str]) -> Self:
        """The stores with these numbers; none stands for all."""
        return cls(SOME, tuple(numbers)) if numbers else cls()

    @classmethod
    def of_group(cls, group: StoreGroup) -> Self:
        """The stores of a group, also of those that are yet to open."""
        return cls(group.kind, (group.value,))

    @classmethod
    def of_place(cls, place: str) -> Self:
        """The choice that was kept as ``place``; all for words that are none."""
        try:
            by, *values = json.loads(place or "[]")
        except (ValueError, TypeError):
            return cls()
        known = by == SOME or (by in KINDS and len(values) == 1)
        return cls(by, tuple(values)) if known and all(isinstance(one, str) for one in values) and values else cls()

    def takes(self, store_id: str, groups: Sequence[StoreGroup]) -> bool:
        """Whether a store is of the choice."""
        return not self.by or (store_id in self.values if self.group is None else self.group in groups)

    @property
    def place(self) -> str:
        """The choice as a screen keeps it."""
        return json.dumps([self.by, *self.values], ensure_ascii=False) if self.by else ""

    @property
    def store(self) -> str:
        """The number of the store where it is one, otherwise empty."""
        return self.values[0] if self.by == SOME and len(self.values) == 1 else ""

    @property
    def group(self) -> StoreGroup | None:
        """What the stores have in common; nothing where they were chosen one by one."""
        return StoreGroup(self.by, self.values[0]) if self.by in KINDS else None


@dataclass(frozen=True)
class ShownStores:
    """The stores that figures are of.

    Attributes:
        scope: what is shown, which is all where nothing chosen is there any more.
        numbers: the stores as the engine takes them, None for all.
        entries: what can be chosen.
        gone: what was chosen and is not there.
    """

    scope: StoreScope = StoreScope()
    numbers: tuple[str, ...] | None = None
    entries: tuple[StoreEntry, ...] = ()
    gone: StoreScope = StoreScope()

    @property
    def in_part(self) -> bool:
        """Whether the figures are of fewer than all stores."""
        return self.numbers is not None and len(self.entries) > 1

    @property
    def names(self) -> dict[str, str]:
        """Short names of the stores by number."""
        return {entry.store_id: entry.name for entry in self.entries}


ALL_STORES: Final = ShownStores()


def read_stores(rooms: Rooms, scope: StoreScope, period: Period, store: str = "") -> ShownStores:
    """Find the stores of a choice; runs in the reading worker.

    Args:
        rooms: the reading rooms.
        scope: what was chosen.
        period: the days shown; stores that were open on any of them, or in the last four weeks, can be chosen.
        store: one that must be among them: otherwise all are shown.
    """
    known, lately = rooms.analytics.grouped_stores(), rooms.analytics.period("last_28") or period
    first, after = min(period.first, lately.first), max(period.after, lately.after)
    names = short_names(one.name for one in known)
    offered = [StoreEntry(one.store_id, names[one.name], one.groups) for one in known if one.open_within(first, after)]
    entries = tuple(sorted(offered, key=lambda entry: (entry.city, entry.name)))
    if not scope.by:
        return ShownStores(entries=entries)
    numbers = tuple(one.store_id for one in known if scope.takes(one.store_id, one.groups))
    if frozenset(numbers).isdisjoint(entry.store_id for entry in entries):
        return ShownStores(entries=entries, gone=scope)
    if store and store not in numbers:
        return ShownStores(entries=entries)
    lost = tuple(number for number in scope.values if number not in numbers) if scope.by == SOME else ()
    shown = StoreScope.some(tuple(number for number in scope.values if number in numbers)) if lost else scope
    return ShownStores(shown, numbers, entries, StoreScope.some(lost))


def kept_scope(place: Mapping[str, str]) -> StoreScope:
    """The choice in what a screen kept; places of before knew one store."""
    old = place.get("store", "")
    return StoreScope.of_place(place["scope"]) if "scope" in place else StoreScope.some((old,) if old else ())


def reported(filters: Mapping[str, object], scope: StoreScope) -> dict[str, object]:
    """Filters as a report takes them: a group goes by what the stores have in common, which its head then says."""
    said = {key: value for key, value in filters.items() if value}
    if scope.group is not None and said.pop("stores", None) is not None:
        said["group"] = f"{scope.group.kind}={scope.group.value}"
    return said


def say_stores_gone(context: AppContext, gone: StoreScope, shown: StoreScope) -> None:
    """Tell which of the chosen stores are not there, and what is shown instead."""
    if not gone.by:
        return
    rest = translate("the others are shown") if shown.by else translate("all are shown instead")
    group = gone.group
    if group is not None:
        words = translate("No store of {group} in these days: {rest}.").format(group=group_words(group), rest=rest)
    else:
        stores = translate(", ").join(gone.values)
        words = translate("Not among the stores of these days: {stores}; {rest}.").format(stores=stores, rest=rest)
    context.notify("timing", words)


def group_words(group: StoreGroup) -> str:
    """Return what the stores of a group have in common, as people say it."""
    return word(group.said) if isinstance(group.said, Word) else group.said
