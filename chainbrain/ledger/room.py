"""The ledger between head office and each store: months, lines, and the rows that each line is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chainbrain.database.book import Book, Row
from chainbrain.ledger import store_side
from chainbrain.ledger.claims import HEAD_OFFICE, Agreements, Day, Due
from chainbrain.ledger.lines import LedgerLine, LedgerMonth, Pair, month_of, next_month, roll
from chainbrain.ledger.ways import CollectingNumber, CollectingWord, StoreWay, way_of
from chainbrain.money import half_up


@dataclass(frozen=True)
class LedgerRow:
    """One row of which a line is made: a sale, a split, or a day of a royalty's base; amounts in yuan."""

    day: date
    channel: str | None
    number: str | None
    kind: str
    amount: Decimal
    fee: Decimal
    net: Decimal
    file: str | None
    line: int | None


class LedgerRoom:
    """Questions about the ledger of one book; months are their first days, ``store`` is a store's number."""

    def __init__(self, book: Book, agreements: Agreements) -> None:
        self._book = book
        self._agreements = agreements

    def pairs(self, store: str | None = None) -> tuple[Pair, ...]:
        """The stores with which head office has a ledger."""
        found = (
            Pair(code, name, ownership, day, balance if day else Decimal("0.00"))
            for code, name, ownership, day, balance in self._book.rows("ledger/pairs")
        )
        return tuple(one for one in found if store is None or one.store == store)

    def head_office(self) -> tuple[str, ...]:
        """How head office is called: its legal entities, common words, receivers that are the brand, their accounts."""
        rules = self._agreements.rules()
        named = {str(row[0]) for row in self._book.rows("ledger/head_office")} | HEAD_OFFICE
        named |= {one.receiver for one in rules if one.receiver_kind == "brand"}
        accounts = {one.account for one in rules if one.receiver in named and one.account}
        return tuple(sorted(named | accounts))

    def roll_forward(self, month: date | None = None, store: str | None = None) -> tuple[LedgerMonth, ...]:
        """The months of the ledger as they follow from all before them; ``month`` alone, or all."""
        found = self._book.told((LedgerRoom.roll_forward, store), lambda: self._rolled(store))
        return tuple(one for one in found if month is None or one.month == month_of(month))

    def _rolled(self, store: str | None) -> tuple[LedgerMonth, ...]:
        lines: list[LedgerLine] = []
        unclear: dict[tuple[date, str], Decimal] = {}
        theirs: dict[tuple[date, str], Decimal] = {}
        pairs = self.pairs(store)
        names, rules = self.head_office(), self._agreements.rules()
        for since, codes in _together(pairs):
            dues = self._dues(since, codes, names)
            taken = self._book.rows("ledger/collected", stores=codes, first=since)
            lines += self._lines(since, codes, taken, dues, names)
            unclear |= _unclear(taken)
            days = self._days(since, codes) if rules else ()
            theirs |= store_side.movements(
                self._book, codes, since, rules=rules, days=days, dues=dues, head_office=names
            )
        return roll(pairs, lines, theirs, unclear)

    def lines(self, month: date, store: str) -> tuple[LedgerLine, ...]:
        """What one month of one store is made of, in the order of the kinds."""
        return tuple(one for one in self._read(store) if one.month == month_of(month))

    def lines_of(self, months: Sequence[LedgerMonth]) -> tuple[LedgerLine, ...]:
        """What several months are made of, in their order; the book is read once for all of them."""
        found: dict[tuple[date, str], list[LedgerLine]] = {(one.month, one.store): [] for one in months}
        stores = {one.store for one in months}
        for line in self._read(stores.pop() if len(stores) == 1 else None) if found else ():
            if (line.month, line.store) in found:
                found[line.month, line.store].append(line)
        return tuple(line for lines in found.values() for line in lines)

    def others(self, month: date) -> tuple[Due, ...]:
        """Claims of the month by others than head office."""
        names = self.head_office()
        found = self._agreements.dues(month_of(month), next_month(month))
        return tuple(one for one in found if one.receiver not in names)

    def rows(self, line: LedgerLine) -> tuple[LedgerRow, ...]:
        """The rows of sales and splits that a line is made of; what a person wrote is its own row."""
        pair = next(iter(self.pairs(line.store)), None)
        since = pair.since if pair else None
        first, after = max(line.month, since) if since else line.month, next_month(line.month)
        asked = {"store": line.store, "first": first, "after": after}
        if line.kind in {"sales", "platform"}:
            return tuple(LedgerRow(*row) for row in self._book.rows("ledger/sales_rows", channel=line.channel, **asked))
        if line.kind == "split":
            found = self._book.rows(
                "ledger/split_rows", channel=line.channel, head_office=list(self.head_office()), **asked
            )
            return tuple(LedgerRow(*row) for row in found)
        if line.kind == "royalty":
            return tuple(
                LedgerRow(
                    one.day,
                    one.channel,
                    None,
                    "day",
                    one.gross,
                    one.fee,
                    one.gross - one.refunded - one.fee,
                    None,
                    None,
                )
                for one in self._agreements.days(first, after, line.store)
            )
        return ()

    def taken(self, month: date, store: str) -> dict[str, Decimal]:
        """What each channel took for a store in a month after fees, whoever collected it."""
        found = self._book.rows("ledger/taken", store=store, first=month_of(month), after=next_month(month))
        return {channel: half_up(amount - fee) for channel, _, amount, fee in found}

    # ------------------------------------------------------------------ who collects
    def ways(self, day: date) -> tuple[StoreWay, ...]:
        """How the sales of every store of the ledger are collected on a day."""
        numbers: dict[str, list[CollectingNumber]] = defaultdict(list)
        for code, *rest in self._book.rows("ledger/numbers"):
            numbers[code].append(CollectingNumber(*rest))
        words: dict[str, list[CollectingWord]] = defaultdict(list)
        for code, way, since in self._book.rows_of(
            "select store_code, way, valid_from from base.standing_collecting_words order by all"
        ):
            words[code].append(CollectingWord(code, way, since))
        return tuple(way_of(one.store, one.name, day, numbers[one.store], words[one.store]) for one in self.pairs())

    # ------------------------------------------------------------------ lines
    def _read(self, store: str | None) -> list[LedgerLine]:
        names = self.head_office()
        found: list[LedgerLine] = []
        for since, codes in _together(self.pairs(store)):
            taken = self._book.rows("ledger/collected", stores=codes, first=since)
            found += self._lines(since, codes, taken, self._dues(since, codes, names), names)
        return found

    def _dues(self, since: date | None, codes: list[str], names: tuple[str, ...]) -> list[Due]:
        asked = self._agreements.dues(since, None, codes[0] if len(codes) == 1 else None)
        return [one for one in asked if one.store in codes and one.receiver in names]

    def _days(self, since: date | None, codes: list[str]) -> list[Day]:
        asked = self._agreements.days(since, None, codes[0] if len(codes) == 1 else None)
        return [one for one in asked if one.store in codes]

    def _lines(
        self, since: date | None, codes: list[str], taken: list[Row], dues: list[Due], names: tuple[str, ...]
    ) -> Iterator[LedgerLine]:
        for month, code, channel, by_platform, side, rows, amount, fee in taken:
            if side == "head_office":
                kind = "platform" if by_platform else "sales"
                yield LedgerLine(month, code, kind, half_up(amount - fee), channel=channel, rows=rows)
        asked = {"stores": codes, "first": since}
        for month, code, channel, rows, amount in self._book.rows("ledger/split_out", head_office=list(names), **asked):
            yield LedgerLine(month, code, "split", amount, channel=channel, rows=rows)
        for due in dues:
            yield LedgerLine(
                due.month, due.store, "royalty", due.left, rule=due.rule, receiver=due.receiver, base=due.base
            )
        for code, day, kind, amount, reference, note, _, record, entry, *_ in self._book.rows(
            "ledger/entries", **asked
        ):
            yield LedgerLine(
                month_of(day), code, kind, amount, day, reference=reference, note=note, record=record, entry=entry
            )


def _together(pairs: tuple[Pair, ...]) -> list[tuple[date | None, list[str]]]:
    """The stores whose ledgers begin on the same day; they are read at once."""
    found: dict[date | None, list[str]] = defaultdict(list)
    for pair in pairs:
        found[pair.since].append(pair.store)
    return list(found.items())


def _unclear(taken: list[Row]) -> dict[tuple[date, str], Decimal]:
    sums: dict[tuple[date, str], Decimal] = defaultdict(Decimal)
    for month, code, _, _, side, _, amount, fee in taken:
        if side is None:
            sums[month, code] += half_up(amount - fee)
    return sums
