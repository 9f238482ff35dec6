"""Groups of stores that figures can be narrowed to: a region, a city, a format, as the stores' master rows say."""

from __future__ import annotations

from dataclasses import dataclass
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


def members(book: Book, group: StoreGroup) -> tuple[str, ...]:
    """The numbers of the stores of a group, also of closed ones; asked once of a book that stands still."""
    return _groups(book).get(group, ())


def chosen(book: Book, group: StoreGroup) -> tuple[str, ...]:
    """The same for who asked for the group by name.

    Raises:
        UserError: ``stores.group_none`` where no store is of it, with the values that there are.
    """
    found = members(book, group)
    if not found:
        there = sorted(one.value for one in _groups(book) if one.kind == group.kind)
        raise UserError(
            "stores.group_none",
            kind=Word(f"store_group.{group.kind}"),
            value=group.value,
            known=tuple(there) or "—",
        )
    return found


def _groups(book: Book) -> dict[StoreGroup, tuple[str, ...]]:
    return book.told(_groups, lambda: _read(book))


def _read(book: Book) -> dict[StoreGroup, tuple[str, ...]]:
    found: dict[StoreGroup, list[str]] = {}
    for store, *values in book.rows("analytics/store_groups"):
        for kind, value in zip(KINDS, values, strict=True):
            if value:
                found.setdefault(StoreGroup(kind, value), []).append(store)
    return {group: tuple(stores) for group, stores in found.items()}


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
