"""The rolls of the stores: files, drawers, people, stored value, the account with head office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from chainbrain.masking import masked
from ui.models import Kind
from ui.theme.translator import marked, translate
from ui.views.close.content import CloseData
from ui.views.close.roll import Line, Opening, Roll, proof, text, yuan
from ui.words import word


def drawers(data: CloseData) -> Roll:
    """Cash over and short by store."""
    tallies = data.cash.drawers if data.cash else ()
    return _tallies(data, "drawers", translate("Drawers"), [(data.name(one.key), one) for one in tallies])


def people(data: CloseData) -> Roll:
    """Cash over and short by person, with patterns."""
    tallies = data.cash.people if data.cash else ()
    return _tallies(data, "people", translate("People"), [(one.key, one) for one in tallies])


def _tallies(data: CloseData, key: str, title: str, named: Sequence[tuple[str, Any]]) -> Roll:
    runs: dict[str, list[str]] = {}
    for run in data.cash.runs if data.cash else ():
        runs.setdefault(run.cashier, []).append(word(f"cash_run.{run.kind}"))
    rows = tuple(
        Line(
            {
                "name": name, "shifts": one.shifts, "over": one.over, "short": one.short, "net": one.net,
                "pattern": "；".join(runs.get(one.key, ())) if key == "people" else "",
            },
            one.key,
        )
        for name, one in named
    )  # fmt: skip
    pattern = (text("pattern", marked("Pattern")),) if key == "people" else ()
    columns = (
        text("name", marked("Name"), 0 if not pattern else 110, Kind.KEY),
        text("shifts", marked("Shifts"), 72, Kind.NUMBER),
        yuan("over", marked("Over")), yuan("short", marked("Short")), yuan("net", marked("Net"), bold=True), *pattern,
    )  # fmt: skip

    def opens(row: Any, _key: str) -> Opening | None:
        store = {"store": row.about} if key == "drawers" else {}
        return Opening("differences", {"code": "D10", "first": data.month, "after": data.after, **store})

    note = translate("float + sales − refunds − paid out − banked = expected; counted − expected, yuan")
    return Roll(key, title, note, columns, rows, ("over", "short", "net"), opens, translate("No drawer was counted"))


def cards(data: CloseData) -> Roll:
    """储值滚动, store by store."""
    parts = ("opening", "topped_up", "bonus", "used", "refunded", "prior", "closing")
    gap = data.cards.gap if data.cards else None
    rows = tuple(
        Line(
            {
                "name": data.name(one.store_id) or translate("Opening balance"), "opening": one.opening,
                "topped_up": one.topped_up, "bonus": one.bonus, "used": -one.used, "refunded": -one.refunded,
                "prior": one.prior, "closing": one.closing, "proven": None if gap is None else not gap,
            }
        )
        for one in (data.cards.stores if data.cards else ())
    )  # fmt: skip
    titles = (
        marked("Opening balance"),
        marked("Topped up"),
        marked("Bonus"),
        marked("Used"),
        marked("Refunded"),
        marked("Prior period"),
        marked("Closing balance"),
    )
    columns = (
        text("name", marked("Store"), 0, Kind.KEY),
        *(yuan(key, title, bold=key == "closing") for key, title in zip(parts, titles, strict=True)),
    )

    def opens(_row: Any, _key: str) -> Opening | None:
        return Opening("differences", {"code": "D14", "first": data.month, "after": data.after})

    note = translate("opening + topped up + bonus − used − refunded = closing, yuan")
    return Roll("cards", translate("Stored value"), note, columns, rows, parts, opens)


def ledger(data: CloseData) -> Roll:
    """The account of each store with head office."""
    titles = {
        "opening": marked("Opening balance"), "collected": marked("Collected"), "split": marked("Split out"),
        "royalty": marked("Royalty"), "purchases": marked("Purchases"), "advances": marked("Advances"),
        "penalties": marked("Penalties"), "other": marked("Other"), "paid": marked("Payments, net"),
        "prior": marked("Prior period"), "closing": marked("Closing balance"),
    }  # fmt: skip
    taken_off = {"split", "royalty", "purchases", "advances", "penalties", "paid"}
    rare = {"purchases", "advances", "penalties", "other", "prior"}
    rows = tuple(
        Line(
            {
                "name": data.name(one.store_id), "proven": not one.gap,
                **{key: -getattr(one, key) if key in taken_off else getattr(one, key) for key in titles},
            }
        )
        for one in data.ledger
    )  # fmt: skip
    # A kind of entry that no store has takes no room.
    shown = [key for key in titles if key not in rare or any(getattr(row, key) for row in rows)]
    columns = (
        text("name", marked("Store"), 0, Kind.KEY),
        *(yuan(key, titles[key], bold=key == "closing") for key in shown),
        proof(),
    )

    def opens(_row: Any, _key: str) -> Opening | None:
        return Opening("splits", {}, screen=True)

    return Roll(
        "ledger", translate("Head office and stores"), translate("above 0 head office owes the store, yuan"), columns,
        rows, tuple(shown), opens, translate("No store has an account with head office"),
    )  # fmt: skip


def files(data: CloseData) -> Roll:
    """Which files lack."""
    rows = tuple(
        Line(
            {
                "name": data.name(store.store_id), "source": source(cell.source), "full": cell.full,
                "closed": cell.closed, "missing": cell.missing, "days": _days(cell.lacking),
            }
        )
        for store in (data.completeness.stores if data.completeness else ())
        for cell in store.cells
        if cell.missing
    )  # fmt: skip
    rows += tuple(
        Line({"name": translate("Bank"), "source": masked(account), "full": None, "closed": None, "missing": count,
              "days": _days((first, last))})
        for account, count, first, last in (data.completeness.bank if data.completeness else ())
    )  # fmt: skip
    columns = (
        text("name", marked("Store"), 130, Kind.KEY), text("source", marked("Kind of file"), 90),
        text("full", marked("Days here"), 76, Kind.NUMBER),
        text("closed", marked("Days closed"), 76, Kind.NUMBER),
        text("missing", marked("Days missing"), 76, Kind.NUMBER),
        text("days", marked("Which days")),
    )  # fmt: skip

    def opens(_row: Any, _key: str) -> Opening | None:
        return Opening("imports", {}, screen=True)

    return Roll(
        "files", translate("Missing files"), "", columns, rows, ("missing",), opens, translate("Every file is here")
    )


def source(key: str) -> str:
    """The word for a source of the completeness matrix."""
    return translate("Till") if key == "till" else word(f"channel.{key}")


def _days(days: Sequence[date]) -> str:
    shown = "、".join(f"{day:%m-%d}" for day in days[:6])
    return f"{shown} …" if len(days) > 6 else shown
