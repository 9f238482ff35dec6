"""Where rows belong: stores, accounts and files that no master table names or proves, and a person's word on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final, TypeAlias

from chainbrain.database.book import Book
from chainbrain.database.lock import who
from chainbrain.errors import UserError
from chainbrain.importers.words import CHANNELS
from chainbrain.intake import likely_stores, placed_files
from chainbrain.intake.likely_stores import Likely, Named
from chainbrain.intake.placed_files import EVERY_FILE
from chainbrain.masking import login_masked

_SUGGESTED: Final = 3
_Votes: TypeAlias = dict[tuple[str, str, str | None, str | None], dict[str, int]]


@dataclass(frozen=True)
class Place:
    """Something printed in the files that belongs to no store yet.

    ``kind``: ``merchant`` (a merchant number that no contract names), ``terminal`` (one terminal or printed store name
    of a merchant number that serves several stores), ``store`` (a till's store number without a master row), ``file``
    (rows that name no shop at all: ``file`` is the file's id, which follows from its bytes). ``rows``, ``first_day``,
    ``last_day`` and ``amount`` (yuan) say what waits for the answer; ``likely`` is a suggestion with its reason, never
    applied by itself. ``printed_name`` is what the files call the shop of a whole merchant number.
    """

    kind: str
    channel: str | None
    merchant_no: str | None
    terminal_no: str | None
    store_hint: str | None
    code: str | None
    rows: int
    first_day: date | None
    last_day: date | None
    amount: Decimal
    likely: tuple[Likely, ...] = ()
    printed_name: str | None = None
    file: str | None = None
    file_name: str | None = None

    @property
    def asks_about(self) -> str:
        """What a person is asked about: one till of a merchant number that no contract names is a terminal."""
        return "terminal" if self.kind == "merchant" and self.terminal_no else self.kind

    @property
    def printed(self) -> str:
        """What the files print, once: some shops are called by the number of their terminal."""
        account = login_masked(self.merchant_no) if self.merchant_no else None
        parts = (self.code, account, self.file_name, self.terminal_no, self.store_hint or self.printed_name)
        return " · ".join(dict.fromkeys(part for part in parts if part))


@dataclass(frozen=True)
class Placement:
    """A person's word: this belongs to that store, from a day on or always.

    For an account name the channel and the merchant number, and the terminal or the printed store name where they
    matter; for a till's number name ``code``. A ``code`` that equals ``store_code`` is a new store with its name.
    For rows that name no shop name the channel and ``file``: one file by its id, name or label, or ``EVERY_FILE``; they
    go to ``merchant_no``, or to the account that the store has with the channel when it has only one. ``valid_to`` is
    the first day on which it no longer holds.
    """

    store_code: str
    channel: str | None = None
    merchant_no: str | None = None
    terminal_no: str | None = None
    store_hint: str | None = None
    code: str | None = None
    name: str | None = None
    city: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    file: str | None = None

    @property
    def kind(self) -> str:
        """``store`` for a till's number, ``file`` for rows without a shop, ``account`` for what receives money."""
        if self.file is not None:
            return "file"
        return "store" if self.code is not None else "account"


@dataclass(frozen=True)
class StandingPlacement:
    """A word that stands, with who gave it and when."""

    placement: Placement
    entry_id: int
    at: datetime
    who: str


class Places:
    """The work list of one book, and the words on it; ``workspace.place`` wraps the writing in a history entry."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def waiting(self) -> tuple[Place, ...]:
        """What belongs to no store yet: tills first, then what waits for most money."""
        votes = self._votes()
        money = [*self._accounts(votes), *self._files(votes)]
        return (*self._stores(), *sorted(money, key=_by_amount))

    def standing(self) -> tuple[StandingPlacement, ...]:
        """The words that count, the newest first."""
        return tuple(
            StandingPlacement(Placement(*printed), entry, at, whose)
            for *printed, entry, at, whose in self._book.rows("places/standing", every=EVERY_FILE)
        )

    def add(self, entry_id: int, placement: Placement) -> None:
        """Write one word; inside the caller's transaction.

        Raises:
            UserError: ``place.store_unknown``, ``place.incomplete``, ``place.channel``, ``place.file_unknown``,
                ``place.file_several`` or ``place.dates``.
        """
        self._check(placement)
        file = placed_files.find(self._book, placement.file) if placement.file is not None else None
        self._book.run(
            "places/add",
            entry=entry_id, at=datetime.now().replace(microsecond=0), who=who(), kind=placement.kind,
            channel=placement.channel, merchant_no=placement.merchant_no, terminal_no=placement.terminal_no,
            store_hint=placement.store_hint, code=placement.code, store_code=placement.store_code, name=placement.name,
            city=placement.city, valid_from=placement.valid_from, valid_to=placement.valid_to,
            file=file if file != EVERY_FILE else None,
        )  # fmt: skip

    def names(self) -> tuple[Named, ...]:
        """The stores that something can belong to."""
        found = self._book.rows_of(
            "select store_id, coalesce(name, store_id), city from main.stores where registered order by store_id"
        )
        return tuple(Named(*row) for row in found)

    def _check(self, placement: Placement) -> None:
        if placement.kind == "file" and not placement.channel:
            raise UserError("place.incomplete", store=placement.store_code)
        if placement.kind == "account" and not (placement.channel and placement.merchant_no):
            raise UserError("place.incomplete", store=placement.store_code)
        if placement.channel and placement.channel not in CHANNELS:
            raise UserError("place.channel", channel=placement.channel, known=CHANNELS)
        if placement.valid_from and placement.valid_to and placement.valid_from >= placement.valid_to:
            raise UserError("place.dates", first=placement.valid_from, after=placement.valid_to)
        if placement.kind == "store" and placement.code == placement.store_code:
            if not placement.name:
                raise UserError("place.name_missing", store=placement.code)
            return
        if placement.store_code not in {store.store_id for store in self.names()}:
            raise UserError("place.store_unknown", store=placement.store_code)

    def _stores(self) -> list[Place]:
        names = self.names()
        return [
            Place("store", None, None, None, None, code, rows, first, last, amount, likely_stores.by_code(code, names))
            for code, rows, first, last, amount in self._book.rows("places/stores")
        ]

    def _votes(self) -> _Votes:
        """Receipts that each store's till knows, per channel, merchant number or file, terminal and printed name."""
        votes: _Votes = {}
        for channel, whose, terminal, hint, store, count in self._book.rows("places/votes"):
            votes.setdefault((channel, whose, terminal, hint), {})[store] = count
        return votes

    def _files(self, votes: _Votes) -> list[Place]:
        """One item per file that names no shop; one per printed store name where it has several."""
        names = self.names()
        found = []
        for channel, file, name, hint, rows, first, last, amount, only in self._book.rows("places/files"):
            spoken: Counter[str] = Counter()
            for (of_channel, whose, _, printed), counts in votes.items():
                if (of_channel, whose) == (channel, file) and hint in (None, printed):
                    spoken.update(counts)
            likely = likely_stores.of_file(spoken, rows, hint, names, only)[:_SUGGESTED]
            place = Place("file", channel, None, None, hint, None, rows, first, last, amount, likely)
            found.append(replace(place, file=file, file_name=name))
        return found

    def _accounts(self, votes: _Votes) -> list[Place]:
        """One item per merchant number while everything speaks for one store; else one per terminal or printed name."""
        names = self.names()
        parts: dict[tuple[str, str | None], list[Place]] = {}
        for channel, number, merchant, terminal, hint, rows, first, last, amount, known in self._book.rows(
            "places/waiting"
        ):
            key = (channel, number, terminal, hint)
            likely = likely_stores.of_receipts(votes.get(key, {}), rows, hint, names)[:_SUGGESTED]
            kind = "terminal" if known else "merchant"
            place = Place(kind, channel, merchant, terminal, hint, None, rows, first, last, amount, likely)
            parts.setdefault((channel, merchant), []).append(place)
        return [item for places in parts.values() for item in _joined(places)]


def _by_amount(place: Place) -> tuple[Decimal, str, str]:
    return (-abs(place.amount), str(place.channel), str(place.merchant_no or place.file_name))


def _joined(places: Sequence[Place]) -> Sequence[Place]:
    """All parts of a merchant number as one, when no two of them print or speak for different stores."""
    stores = {place.likely[0].store_id for place in places if place.likely}
    hints = {place.store_hint for place in places if place.store_hint}
    if places[0].kind == "terminal" or len(stores) > 1 or len(hints) > 1:
        return places
    best = max(places, key=lambda place: place.rows if place.likely else 0)
    return (_whole(places, best.likely, next(iter(hints), None)),)


def _whole(places: Sequence[Place], likely: tuple[Likely, ...], printed_name: str | None) -> Place:
    first = places[0]
    days = [day for place in places for day in (place.first_day, place.last_day) if day is not None]
    return Place(
        "merchant", first.channel, first.merchant_no, None, None, None, sum(place.rows for place in places),
        min(days, default=None), max(days, default=None), sum((place.amount for place in places), Decimal(0)), likely,
        printed_name,
    )  # fmt: skip
