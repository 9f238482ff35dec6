"""The vouchers of one book, month by month: made from what the book says now, in the user's accounts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain.database.book import Book
from chainbrain.errors import UserError
from chainbrain.vouchers import accounts, facts, layouts, vat
from chainbrain.vouchers.accounts import Account
from chainbrain.vouchers.facts import ChargedAt, Due, Fact
from chainbrain.vouchers.journal import Voucher, vouchers
from chainbrain.vouchers.layouts import Layout

CHART: Final = "chart"
WORD: Final = "word"
MAKER: Final = "maker"
VAT: Final = "vat"
VAT_WAYS: Final = ("taxed", "untaxed")
"""Whether revenue is entered with its VAT, or without where the rate is known; words under ``vat_way.<key>``."""
_DEFAULTS: Final = {CHART: "small", WORD: "记", MAKER: "", VAT: "taxed"}

DuesOf = Callable[[date], Iterable[Due]]
UnknownOf = Callable[[date], Iterable["LeftOut"]]


@dataclass(frozen=True)
class LeftOut:
    """A sum that stands in no voucher, and why (``voucher_left_out.<reason>``), in yuan."""

    reason: str
    store: str | None
    channel: str | None
    amount: Decimal
    items: int


@dataclass(frozen=True)
class Journal:
    """The vouchers of a month, what stands in none of them, and what stands in them and needs a look."""

    month: date
    vouchers: tuple[Voucher, ...]
    left_out: tuple[LeftOut, ...]
    to_check: tuple[LeftOut, ...] = ()

    @property
    def entities(self) -> tuple[str | None, ...]:
        """The legal entities with vouchers, in their order; nothing for sums of which no table tells whose they are."""
        return tuple(dict.fromkeys(one.entity for one in self.vouchers))


class VoucherRoom:
    """Journal lines of one book; ``dues`` gives the claims by agreement of a month, ``unknown`` those not known."""

    def __init__(self, book: Book, dues: DuesOf, unknown: UnknownOf) -> None:
        self._book = book
        self._dues = dues
        self._unknown = unknown

    def journal(self, month: date, found: Iterable[Fact] | None = None) -> Journal:
        """The vouchers of the month that begins on this day; ``found`` are its facts where they are known already."""
        held: list[Fact] = []
        foreign: list[Fact] = []
        for fact in self.facts(month) if found is None else found:
            # The drawer and the cards of a franchise store are its own, whoever collects its wallets.
            own_drawer = facts.GROUPS[fact.kind] in {"cash", "cards"} and fact.for_store
            (foreign if own_drawer else held).append(fact)
        made = vouchers(month, held, self.accounts())
        left_out = (*self._unknown(month), *self._left_out(month), *_of_the_store(foreign))
        to_check = self._to_check(month)
        if self._names_entities():
            to_check = (*_of_nobody(made, held), *to_check)
        if self.untaxed:
            gross = sorted(vat.gross_left(held).items(), key=lambda one: (one[0][0] != "vat_untold", *_last(one[0][1])))
            to_check += tuple(LeftOut(why, store, None, *sums) for (why, store), sums in gross)
        return Journal(month, made, left_out, to_check)

    @property
    def untaxed(self) -> bool:
        """Whether revenue is entered without VAT where the rate is known."""
        return self.setting(VAT) == "untaxed"

    def exemptions(self, month: date) -> tuple[vat.Exemption, ...]:
        """How near the small taxpayers are to their threshold in the quarter up to a month, where VAT stands apart."""
        kinds: dict[str, set[str]] = {}
        owners: dict[str, list[str]] = {}
        for store, entity, for_store, taxpayer, named in self._book.rows("vouchers/entities"):
            if entity is None:
                owners[store] = named
            if entity is not None and taxpayer is not None and not for_store:
                kinds.setdefault(entity, set()).add(taxpayer)
        if not self.untaxed or all("small_scale" not in one for one in kinds.values()):
            return ()
        limits: dict[str, Decimal | None] = dict(self._book.rows("vouchers/vat_limits", day=month))
        months = [(one, self.facts(one)) for one in vat.quarter_of(month)]
        return vat.exemptions(months, {entity: frozenset(said) for entity, said in kinds.items()}, limits, owners)

    def facts(self, month: date) -> tuple[Fact, ...]:
        """What is entered for a month, unordered."""
        first, after = month, facts.month_after(month)
        # The very movements of the roll-forward, so that money on its way moves in both alike.
        self._book.run("closing/flows", after=after)
        rows = self._book.rows("vouchers/facts", first=first, after=after, untaxed=self.untaxed)
        found = vat.taxed(Fact(*row) for row in rows)
        charged = [ChargedAt(*row) for row in self._book.rows("vouchers/fees", first=first)]
        self._book.execute("drop table close_flows")
        entities = {store: (entity, kept) for store, entity, kept, _, _ in self._book.rows("vouchers/entities")}
        known: dict[str, str] = dict(self._book.rows("vouchers/receivers"))
        known |= {entity: entity for entity, _ in entities.values() if entity is not None}
        return (*found, *facts.fees(charged), *facts.of_dues(self._dues(first), entities, known))

    def accounts(self) -> dict[accounts.Key, Account]:
        """The table of accounts that holds."""
        own = self._book.rows_of("select role, detail, store_code, code, name from base.standing_voucher_accounts")
        return accounts.table(self.setting(CHART), (Account(*row) for row in own))

    def setting(self, key: str) -> str:
        """A setting: ``CHART``, ``WORD`` (凭证字), ``MAKER`` (制单人) or ``VAT`` (one of ``VAT_WAYS``)."""
        found = self._book.rows_of("select value from base.standing_voucher_settings where key = $key", key=key)
        return str(found[0][0]) if found else _DEFAULTS[key]

    def layouts(self) -> tuple[Layout, ...]:
        """The tables that vouchers can be written as, with the columns people gave them."""
        own = self._book.rows_of("select key, value from base.standing_voucher_settings where key like 'layout:%'")
        columns = {key.removeprefix("layout:"): json.loads(value) for key, value in own}
        return tuple(layouts.with_columns(one, columns.get(one.key)) for one in layouts.LAYOUTS)

    def layout(self, key: str) -> Layout:
        """One of ``layouts``.

        Raises:
            UserError: ``vouchers.layout``.
        """
        found = next((one for one in self.layouts() if one.key == key), None)
        if found is None:
            raise UserError("vouchers.layout", layout=key, known=", ".join(one.key for one in layouts.LAYOUTS))
        return found

    # What ``workspace`` wraps in a history entry.

    def set_accounts(self, entry_id: int, words: Iterable[Account]) -> None:
        """Write words on accounts."""
        for one in words:
            self._book.run(
                "vouchers/add_account",
                entry=entry_id, role=one.role, detail=one.detail, store=one.store, code=one.code, name=one.name,
            )  # fmt: skip

    def set_setting(self, entry_id: int, key: str, value: str | None) -> None:
        """Write a word on a setting or on the columns of a layout; nothing takes it back to the shipped one."""
        self._book.run("vouchers/add_setting", entry=entry_id, key=key, value=value)

    def checked_setting(self, key: str, value: str | None) -> str | None:
        """A setting as it is written.

        Raises:
            UserError: ``vouchers.setting``, ``vouchers.chart``, ``vouchers.vat``, ``vouchers.word``,
                ``vouchers.layout``, ``vouchers.column``, ``vouchers.column_first`` or ``vouchers.columns_lack``.
        """
        if key.startswith("layout:"):
            layout = self.layout(key.removeprefix("layout:"))
            return None if value is None else json.dumps(layouts.checked(layout, json.loads(value)), ensure_ascii=False)
        if key not in _DEFAULTS:
            raise UserError("vouchers.setting", key=key)
        if key == CHART and value not in {None, *accounts.CHARTS}:
            raise UserError("vouchers.chart", chart=value or "", known=", ".join(accounts.CHARTS))
        if key == VAT and value not in {None, *VAT_WAYS}:
            raise UserError("vouchers.vat", value=value or "", known=", ".join(VAT_WAYS))
        if key == WORD and value is not None and not 0 < len(value.strip()) <= 4:
            raise UserError("vouchers.word", word=value)
        return None if value is None else value.strip()

    def _left_out(self, month: date) -> tuple[LeftOut, ...]:
        period = {"first": month, "after": facts.month_after(month)}
        return tuple(LeftOut(*row) for row in self._book.rows("vouchers/left_out", **period))

    def _names_entities(self) -> bool:
        """Whether any table names a legal entity: where none does, all vouchers are in the same books."""
        return bool(self._book.rows_of("select 1 from main.merchant_accounts where legal_entity is not null limit 1"))

    def _to_check(self, month: date) -> tuple[LeftOut, ...]:
        untold = self._book.rows("closing/top_ups_untold", first=month, after=facts.month_after(month))
        return tuple(LeftOut(code, store, "stored_value", amount, items) for store, code, amount, items in untold)


def _of_nobody(made: Iterable[Voucher], held: Iterable[Fact]) -> tuple[LeftOut, ...]:
    """What is entered in the books of no legal entity, because no table tells whose a store's drawer and cards are."""
    sums: dict[str | None, Decimal] = defaultdict(Decimal)
    items: dict[str | None, int] = defaultdict(int)
    for voucher in made:
        if voucher.entity is None:
            sums[voucher.store] += voucher.debit
    for fact in held:
        if fact.entity is None:
            items[fact.store] += fact.items
    return tuple(LeftOut("entity_untold", one, None, sums[one], items[one]) for one in sorted(sums, key=_last))


def _last(store: str | None) -> tuple[bool, str]:
    return store is None, store or ""


def _of_the_store(foreign: Iterable[Fact]) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(f"own_drawer_{one.kind}", one.store, None, one.amount, one.items) for one in foreign)
