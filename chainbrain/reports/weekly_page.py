"""What the printed page of an owner's week shows: every figure is one of the report's tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from chainbrain import texts, written
from chainbrain.analytics.attention import CLAIMS
from chainbrain.own_openings import MATURE_AFTER_DAYS
from chainbrain.reports import page_parts
from chainbrain.reports.page_parts import Row
from chainbrain.reports.printed import cell
from chainbrain.reports.selling import WHOLE_CHAIN
from chainbrain.reports.tables import Report

_ITEMS: Final = 8
_STORES_NAMED: Final = 2
_ZERO: Final = Decimal(0)


def content(report: Report, lang: str) -> dict[str, Any]:
    """The data of the template; without figures only that there are none."""
    tables = {table.name: table.rows.to_dicts() for table in report.tables}
    worded = {table.name: table.worded(lang).to_dicts() for table in report.tables}
    if not tables["weekly"]:
        return {"filled": False}
    league, late = tables["store-league"], sum((row["late"] for row in tables["on_its_way"]), _ZERO)
    return {
        "filled": True,
        "words": page_parts.words("weekly_page", lang),
        "some_stores": ("scope", "chain") in report.filters,
        **{key: _until(report, key, lang) for key in ("items_until", "money_until")},
        "missing": _missing(tables["weekly_missing"], lang),
        "tiles": page_parts.tiles(tables["weekly"], lang),
        "claimable": _claimable(tables["weekly"], tables["attention"], some=("scope", "chain") in report.filters),
        **page_parts.why(worded["why"], tables["change"], worded["change"], lang),
        "days": page_parts.days(tables["daily"], lang),
        "stores": page_parts.league(league, lang),
        "stores_total": page_parts.league_total(report, lang),
        "ends": _ends(league, lang),
        "items": [_item(row, said, lang) for row, said in zip(tables["attention"], worded["attention"], strict=True)][
            :_ITEMS
        ],
        "more_items": _more(len(tables["attention"]) - _ITEMS, lang),
        "transit": [_transit(row, said) for row, said in zip(tables["on_its_way"], worded["on_its_way"], strict=True)],
        "transit_total": cell(sum((row["closing"] for row in tables["on_its_way"]), _ZERO), "money"),
        "late_total": cell(late, "money") if late else "",
        "bank": [
            [row["bank_account"], cell(row["balance"], "money") or "—", f"{row['balance_at']:%m-%d %H:%M}"]
            if row["balance_at"]
            else [row["bank_account"], cell(row["balance"], "money") or "—", ""]
            for row in tables["bank_balances"]
        ],
    }


def _missing(rows: list[Row], lang: str) -> str:
    """Which sources lack files, and how many store-days; empty when nothing lacks."""
    said = [
        texts.message("weekly.lacks", lang, source=texts.word(f"channel.{row['channel']}", lang), days=row["missing"])
        for row in rows
    ]
    return texts.joined(said, lang)


def _until(report: Report, key: str, lang: str) -> str:
    day = next(value for name, value in report.filters if name == key)
    return texts.message(f"weekly.{key}", lang, day=day[5:])


def _claimable(rows: list[Row], items: list[Row], *, some: bool = False) -> str:
    """What can be claimed back, and of which days; of ``some`` stores without what belongs to no store."""
    amount = next((row["value"] for row in rows if row["figure"] == "claimable"), None)
    claims = [row for row in items if row["what"].removeprefix("attention.") in CLAIMS]
    claims = [row for row in claims if not some or row["stores_named"] != WHOLE_CHAIN]
    days = _run(day for row in claims for day in (row["first_day"], row["last_day"]))
    return f"{written.money(amount, symbol=True)} {days}".rstrip() if amount else ""


def _run(days: Iterable[date | None]) -> str:
    """From the first to the last of some days."""
    known = sorted(day for day in days if day)
    return "–".join(dict.fromkeys(f"{day:%m-%d}" for day in (known[0], known[-1]))) if known else ""


def _ends(league: list[Row], lang: str) -> str:
    """The best and the weakest store on the days that can be compared, and which are too new for that."""
    told = (row for row in league if row["like_for_like"] is not None)
    known, said = sorted(told, key=lambda row: row["like_for_like"]), []
    if len(known) > 1:
        worst, best = known[0], known[-1]
        said.append(
            texts.message(
                "weekly.ends",
                lang,
                best=best["store"],
                best_change=written.change(best["like_for_like"], lang),
                worst=worst["store"],
                worst_change=written.change(worst["like_for_like"], lang),
            )
        )
    if new := [row["store"] for row in league if row["new_store"] == "yes"]:
        named = texts.joined(new[:_STORES_NAMED], lang)
        kind = "weekly.new" if len(new) <= _STORES_NAMED else "weekly.new_more"
        said.append(texts.message(kind, lang, stores=named, count=len(new), days=MATURE_AFTER_DAYS))
    return texts.message("weekly.and", lang).join(said)


def _item(row: Row, said: Row, lang: str) -> dict[str, str]:
    amount = f"≈¥{written.plain(row['amount'])}" if row["estimated"] == "yes" else cell(row["amount"], "money")
    whole = row["stores_named"] == WHOLE_CHAIN
    stores = [said["stores_named"]] if whole else row["stores_named"].splitlines()
    named = texts.joined(stores[:_STORES_NAMED], lang)
    if len(stores) > _STORES_NAMED:
        named = texts.message("weekly.and_more", lang, names=named, count=len(stores) - _STORES_NAMED)
    days = _run((row["first_day"], row["last_day"]))
    due = texts.message("weekly.due", lang, day=f"{row['due_on']:%m-%d}") if row["due_on"] else ""
    # A withdrawal is due on the very day that it is of.
    of = days if {row["first_day"], row["last_day"]} != {row["due_on"]} else ""
    about = [part for part in (said["channel"] or "", named, of, due) if part]
    return {"amount": amount, "what": said["what"], "about": " · ".join(about), "code": row["code"] or ""}


def _more(left: int, lang: str) -> str:
    return texts.message("weekly.more_items", lang, count=left) if left > 0 else ""


def _transit(row: Row, said: Row) -> list[str]:
    late = cell(row["late"], "money") if row["late"] else ""
    since = f"{row['late_since']:%m-%d}" if row["late"] and row["late_since"] else ""
    due = f"{row['due_on']:%m-%d}" if row["due_on"] else ""
    short = cell(row["came_short"], "money") if row["came_short"] else ""
    return [said["channel"], cell(row["closing"], "money"), due, late, since, short]
