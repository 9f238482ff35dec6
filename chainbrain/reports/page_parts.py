"""Parts that designed pages share: figures beside comparable days, the reason for a change, daily bars, ranked stores.

Lengths of bars are shares of the longest one, from zero; what is written beside them is the exact figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from chainbrain import texts, written
from chainbrain.reports.printed import cell
from chainbrain.reports.tables import Report

Row = dict[str, Any]
TILES: Final = ("receipts", "orders", "ticket", "fees", "refunds")
UNKNOWN: Final = "—"


def words(prefix: str, lang: str) -> dict[str, str]:
    """All words of a page, by the last part of their key."""
    start = f"{prefix}."
    catalogue = texts.catalogue("vocabulary")
    return {key.removeprefix(start): said[lang] for key, said in catalogue.items() if key.startswith(start)}


def tiles(rows: Sequence[Row], lang: str) -> list[dict[str, Any]]:
    """The figures that stand at the top: value, change on comparable days, both sides of the comparison."""
    by_figure = {row["figure"]: row for row in rows}
    return [_tile(by_figure[name], lang) for name in TILES if name in by_figure]


def _tile(row: Row, lang: str) -> dict[str, Any]:
    counted = row["figure"] == "orders"
    held, kind = ("orders", "count") if counted else ("value", "money")
    sides = ("orders_compared", "orders_before") if counted else ("compared", "compared_before")
    now, before = (row[side] for side in sides)
    value = cell(row[held], kind)
    both = now is not None and before is not None
    notes = [texts.word("page.nothing_compared", lang)]
    if both:
        notes = [
            texts.message("page.compared", lang, now=cell(now, kind)),
            texts.message("page.before", lang, before=cell(before, kind)),
        ]
    if row["take_rate"] is not None:
        # Right below the sum that it is of; the rates of the comparable days stand in the tables.
        notes = [texts.message("page.rate", lang, rate=cell(row["take_rate"], "percent")), *notes[:1]]
    return {
        "name": texts.word(f"page_figure.{row['figure']}", lang),
        "value": (value if counted else f"¥{value}") if value else UNKNOWN,
        "change": changed(row["ratio"], lang),
        "tone": tone(row["ratio"]),
        "notes": notes,
    }


def changed(ratio: Decimal | None, lang: str) -> str:
    """A change in per cent with its sign; nothing when unknown."""
    return "" if ratio is None else written.change(ratio, lang)


def tone(ratio: Decimal | None) -> str:
    """Which way a change goes: ``up``, ``down`` or ``level``."""
    return "level" if not ratio else "up" if ratio > 0 else "down"


def why(rows: Sequence[Row], steps: Sequence[Row], worded: Sequence[Row], lang: str) -> dict[str, Any]:
    """The question, the sentence, the steps with their bars, and whether they add up."""
    if not rows:
        return {"question": "", "answer": "", "steps": [], "proof": ""}
    told = rows[0]
    moved = [(row, said) for row, said in zip(steps, worded, strict=True) if row["step"] != "before"]
    longest = max((abs(row["amount"]) for row, _ in moved), default=Decimal(0))
    lines = [
        {
            "name": said["step"],
            "about": said["about"] or "",
            "amount": written.signed(row["amount"], f"{abs(row['amount']):,.2f}"),
            "share": float(row["amount"] / longest) if longest else 0.0,
            "tone": "level" if row["step"] == "gap" else tone(row["amount"]),
        }
        for row, said in moved
        if row["amount"] or row["step"] in {"orders", "price"}
    ]
    proof = ""
    if steps:
        whole = told["part_before"] + sum((row["amount"] for row, _ in moved), Decimal(0)) == told["part_now"]
        amount = written.signed(told["amount"], written.money(abs(told["amount"]), symbol=True))
        proof = texts.message("page.proof" if whole else "page.no_proof", lang, count=len(moved), amount=amount)
    return {
        "question": told["question"],
        "answer": told["answer"] or "",
        "steps": lines,
        "before": cell(told["part_before"], "money"),
        "now": cell(told["part_now"], "money"),
        "proof": proof,
    }


def days(rows: Sequence[Row], lang: str) -> dict[str, Any]:
    """Bars from zero with the range that was expected; a day without files is a gap, one that lacks some is hatched."""
    known = [row[key] for row in rows for key in ("receipts", "expected_high") if row[key] is not None]
    top = max(known, default=Decimal(0))

    def share(value: Decimal | None) -> float | None:
        return float(value / top) if value is not None and top > 0 else None

    return {
        "top": written.compact(top, lang, 1) if top > 0 else "",
        "half": written.compact(top / 2, lang, 1) if top > 0 else "",
        "bars": [
            {
                "day": f"{row['day']:%m-%d}",
                "weekday": texts.word(f"weekday_short.{row['day'].isoweekday()}", lang),
                "monday": row["day"].isoweekday() == 1,
                "weekend": row["day"].isoweekday() > 5,
                "value": written.compact(row["receipts"], lang, 2) if row["receipts"] is not None else "",
                "height": share(row["receipts"]),
                "low": share(row["expected_low"]),
                "high": share(row["expected_high"]),
                "partial": row["receipts"] is not None and row["stores_present"] < row["stores"],
                "off": changed(row["deviation"], lang),
            }
            for row in rows
        ],
        "any_partial": any(0 < row["stores_present"] < row["stores"] for row in rows),
        "any_range": any(row["expected_low"] is not None for row in rows),
    }


def league(rows: Sequence[Row], lang: str) -> list[dict[str, Any]]:
    """The ranked stores, each with a bar of its receipts."""
    longest = max((row["receipts"] for row in rows), default=Decimal(0))
    return [
        {
            "rank": str(row["rank"]),
            "store": row["store"],
            "receipts": cell(row["receipts"], "money"),
            "share": float(row["receipts"] / longest) if longest > 0 and row["receipts"] > 0 else 0.0,
            **_league_figures(row, lang),
            "missing": cell(row["missing_days"], "count") if row["missing_days"] else "",
        }
        for row in rows
    ]


def league_total(report: Report, lang: str) -> dict[str, Any]:
    """The total row of the ranked stores."""
    table = next(table for table in report.tables if table.name == "store-league")
    total: Row = dict.fromkeys(("orders", "ticket", "like_for_like", "take_rate")) | table.total()
    missing = cell(total["missing_days"], "count") if total.get("missing_days") else ""
    return {"receipts": cell(total.get("receipts"), "money"), **_league_figures(total, lang), "missing": missing}


def _league_figures(row: Row, lang: str) -> dict[str, str]:
    return {
        "orders": cell(row["orders"], "count"),
        "ticket": cell(row["ticket"], "money"),
        "change": changed(row["like_for_like"], lang),
        "tone": tone(row["like_for_like"]),
        "rate": cell(row["take_rate"], "percent"),
    }
