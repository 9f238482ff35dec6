"""Groups of stores that figures can be narrowed to: a region, a city, a format, as the stores' master rows say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from chainbrain import texts
from chainbrain.errors import UserError, Word

if TYPE_CHECKING:
    from chainbrain.database.book import Book

KINDS: Final = ("region", "city", "city_tier", "format", "ownership")
"""What stores can have in common; the words stand under ``store_group.<kind>``."""


@dataclass(frozen=True)
class StoreGroup:
    """The stores whose ``kind`` (one of ``KINDS``) is ``value``."""

    kind: str
    value: str

    @property
    def said(self) -> str:
        """Its value as people say it: what is a code has its word."""
        return Word(f"ownership.{self.value}") if self.kind == "ownership" else self.value

    @classmethod
    def parse(cls, text: str) -> StoreGroup:
        """Read ``city=杭州`` or ``城市=杭州``; an ownership is read by its word as well.

        Raises:
            UserError: ``stores.group`` for anything else.
        """
        said, equals, value = text.partition("=")
        kind = _named(said.strip(), "store_group", KINDS)
        if kind is None or not equals or not value.strip():
            raise UserError("stores.group", text=text, kinds=", ".join(KINDS))
        value = value.strip()
        if kind == "ownership":
            value = _named(value, "ownership", ("own", "franchise")) or value
        return cls(kind, value)


@dataclass(frozen=True)
class GroupedStore:
    """A store of the book, open or closed; without a master row the number stands for the name, and it has no group."""

    store_id: str
    name: str
    opened_on: date | None
    closed_on: date | None
    groups: tuple[StoreGroup, ...]

    def open_within(self, first: date, after: date) -> bool:
        """Whether it may have been open on a day from ``first`` on and before ``after``."""
        return (self.opened_on is None or self.opened_on < after) and (
            self.closed_on is None or self.closed_on >= first
        )


def grouped_stores(book: Book) -> tuple[GroupedStore, ...]:
    """Every store of the book, by number; asked once of a book that stands still."""
    return book.told(grouped_stores, lambda: tuple(_store(*row) for row in book.rows("analytics/store_groups")))


def members(book: Book, group: StoreGroup) -> tuple[str, ...]:
    """The numbers of the stores of a group, also of closed ones; empty where no store is of it."""
    return tuple(one.store_id for one in grouped_stores(book) if group in one.groups)


def chosen(book: Book, group: StoreGroup) -> tuple[str, ...]:
    """The same for who asked for the group by name.

    Raises:
        UserError: ``stores.group_none`` where no store is of it, with the values that there are.
    """
    found = members(book, group)
    if not found:
        there = {one for store in grouped_stores(book) for one in store.groups if one.kind == group.kind}
        raise UserError(
            "stores.group_none",
            kind=Word(f"store_group.{group.kind}"),
            value=group.value,
            known=tuple(one.said for one in sorted(there, key=lambda one: one.value)) or "—",
        )
    return found


def _store(
    store_id: str, name: str, opened_on: date | None, closed_on: date | None, *values: str | None
) -> GroupedStore:
    groups = tuple(StoreGroup(kind, value) for kind, value in zip(KINDS, values, strict=True) if value)
    return GroupedStore(store_id, name, opened_on, closed_on, groups)


def _named(text: str, prefix: str, keys: tuple[str, ...]) -> str | None:
    """The key that is called so, by itself or by its word in either language."""
    if text in keys:
        return text
    return next(
        (
            key
            for key in keys
            if text.casefold() in {texts.word(f"{prefix}.{key}", lang).casefold() for lang in texts.LANGUAGES}
        ),
        None,
    )
