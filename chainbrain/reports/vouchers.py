"""Reports on journal lines (凭证): the lines, their sums by account, and what stands in none of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain import texts
from chainbrain.closing import claims
from chainbrain.reports.filters import CHANNEL, Column, Filters, counts, frame, money, report
from chainbrain.reports.tables import Report, ReportTable
from chainbrain.splits.room import SplitRoom
from chainbrain.vouchers.facts import Due, month_after
from chainbrain.vouchers.journal import Voucher
from chainbrain.vouchers.postings import ZERO
from chainbrain.vouchers.room import Journal, LeftOut, VoucherRoom
from chainbrain.vouchers.vat import Exemption

if TYPE_CHECKING:
    from chainbrain.database.book import Book


def room_of(book: Book) -> VoucherRoom:
    """The vouchers of a book, with the claims of its split agreements."""
    splits = SplitRoom(book)

    def dues(month: date) -> Iterator[Due]:
        for one in claims.posted(book, splits, month):
            yield Due(one.store, one.receiver, one.rule, one.amount)

    def unknown(month: date) -> Iterator[LeftOut]:
        for one in claims.unknown(book, splits, month):
            yield LeftOut(f"claim_{one.why}", one.store, None, one.taxed, one.days)

    return VoucherRoom(book, dues, unknown)


def months_of(book: Book, filters: Filters) -> Iterator[date]:
    """The months of a report: as filtered, otherwise all from which there are rows."""
    span = book.rows_of("select min(business_day), max(business_day) from base.payment_links")[0]
    first, last = filters.first or span[0], filters.after or span[1]
    if first is None or last is None:
        return
    month = first.replace(day=1)
    while month < last if filters.after else month <= last:
        yield month
        month = month_after(month)


def vouchers(book: Book, filters: Filters) -> Report:
    """The lines of the months, the sums by account, what needs a look, and what stands in no voucher."""
    room = room_of(book)
    journals = [room.journal(month) for month in months_of(book, filters)]
    found = [one for journal in journals for one in journal.vouchers if _wanted(one, filters)]
    tables = (
        accounts_table(found),
        lines_table(found),
        to_check_table(journals, filters),
        left_out_table(journals, filters),
    )
    exempt = [one for journal in journals[-1:] for one in room.exemptions(journal.month)]
    return report("vouchers", (*tables, vat_table(exempt)) if exempt else tables, filters.whole_months())


def lines_table(found: list[Voucher]) -> ReportTable:
    """One row per line."""
    columns = (
        Column("legal_entity"), Column("voucher_day", "date"), Column("voucher_no", "line"),
        Column("voucher_line", "line"),
        Column("voucher_fact", "word", "voucher"), Column("account_code", "id"), Column("account_name"),
        Column("store_id", "id"), CHANNEL, Column("bank_account", "account"), *money("debit", "credit"),
        *counts("items"),
    )  # fmt: skip
    rows = [
        (
            one.entity, one.day, one.number, line.line, line.fact, line.code, line.name, line.store, line.channel,
            line.detail if line.role == "bank" else None, line.debit, line.credit, line.items,
        )
        for one in found
        for line in one.lines
    ]  # fmt: skip
    return ReportTable("vouchers", columns, frame(columns, rows), ("debit", "credit"))


def accounts_table(found: list[Voucher]) -> ReportTable:
    """The sums of every account, by legal entity (科目汇总)."""
    sums: dict[tuple[str, str, str], list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    for one in found:
        for line in one.lines:
            both = sums[one.entity or "", line.code, line.name]
            both[0] += line.debit
            both[1] += line.credit
    columns = (
        Column("legal_entity"), Column("account_code", "id"), Column("account_name"), *money("debit", "credit"),
    )  # fmt: skip
    rows = [(entity or None, code, name, *both) for (entity, code, name), both in sorted(sums.items())]
    return ReportTable("voucher_sums", columns, frame(columns, rows), ("debit", "credit"))


def left_out_table(journals: list[Journal], filters: Filters) -> ReportTable:
    """What stands in no voucher, and why."""
    return _told("vouchers_left_out", [(one.month, one.left_out) for one in journals], filters)


def to_check_table(journals: list[Journal], filters: Filters) -> ReportTable:
    """What stands in vouchers and somebody should look at, and why."""
    return _told("vouchers_to_check", [(one.month, one.to_check) for one in journals], filters)


def vat_table(found: Sequence[Exemption]) -> ReportTable:
    """How near the small taxpayers are to the sum from which they pay VAT; one row per legal entity."""
    columns = (
        Column("legal_entity"), Column("quarter", "id"), Column("vat_state", "word", "vat_state"),
        *money("net_of_vat", "vat_sum", "vat_limit", "vat_free", "vat_untold"), Column("vat_silent", "id"),
    )  # fmt: skip
    rows = [
        (
            one.entity, f"{one.first:%Y-%m}", one.state, one.net, one.tax, one.limit, one.free, one.untold,
            _months(one.silent, "zh") or None,
        )
        for one in found
    ]  # fmt: skip
    return ReportTable("vouchers_vat", columns, frame(columns, rows))


def vat_sentences(found: Sequence[Exemption], lang: str) -> list[str]:
    """The same in words."""

    def yuan(amount: Decimal | None) -> str:
        return "-" if amount is None else f"{amount:,.2f}"

    def told(one: Exemption) -> Iterator[str]:
        facts = {
            "entity": one.entity, "quarter": f"{one.first:%Y-%m}", "net": yuan(one.net), "tax": yuan(one.tax),
            "limit": yuan(one.limit), "free": yuan(one.free), "month_net": yuan(one.month_net),
            "month_limit": yuan(one.month_limit), "untold": yuan(one.untold), "items": one.untold_items,
        }  # fmt: skip
        for code in (f"vat_state.{one.state}", *(f"vat_why.{code}" for code in one.why)):
            yield texts.message(code, lang, **facts)
        if one.silent:
            yield texts.message("vat_silent", lang, months=_months(one.silent, lang))

    return [("" if lang == "zh" else " ").join(told(one)) for one in found]


def _months(found: Sequence[date], lang: str) -> str:
    return texts.joined((f"{month:%Y-%m}" for month in found), lang)


def untold_sentences(journal: Journal, names: Sequence[tuple[str, str]], lang: str) -> list[str]:
    """What stands in the books of no legal entity and what to do about it: said before vouchers leave the house."""
    untold = [one for one in journal.to_check if one.reason == "entity_untold"]
    known, found = dict(names), []
    if of_stores := [one for one in untold if one.store is not None]:
        stores = tuple(" ".join(part for part in (known.get(one.store or ""), one.store) if part) for one in of_stores)
        amount = sum((one.amount for one in of_stores), ZERO)
        found.append(texts.message("vouchers.entity_untold", lang, stores=stores, amount=f"{amount:,.2f}"))
    found += [
        texts.message("vouchers.entity_untold_anywhere", lang, amount=f"{one.amount:,.2f}")
        for one in untold
        if one.store is None
    ]
    return found


def _told(name: str, found: list[tuple[date, tuple[LeftOut, ...]]], filters: Filters) -> ReportTable:
    columns = (
        Column("month", "id"), Column("voucher_left_out", "word", "voucher_left_out"), Column("store_id", "id"),
        CHANNEL, *money("amount"), *counts("items"),
    )  # fmt: skip
    rows = [
        (f"{month:%Y-%m}", one.reason, one.store, one.channel, one.amount, one.items)
        for month, told in found
        for one in told
        if filters.stores is None or one.store in filters.stores
    ]
    return ReportTable(name, columns, frame(columns, rows))


def _wanted(one: Voucher, filters: Filters) -> bool:
    return filters.stores is None or one.store in filters.stores


def store_names(book: Book) -> tuple[tuple[str, str], ...]:
    """The names of the stores, for what is said of a line."""
    found = book.rows_of("select store_id, name from main.stores where name is not null order by store_id")
    return tuple((str(store), str(name)) for store, name in found)


def entity_word(entity: str | None, lang: str) -> str:
    """A legal entity as it is shown; one that no table tells says so."""
    return entity or texts.word("voucher_entity.untold", lang)
