"""What the printed page of each store shows: every figure is one of the report's tables."""

from __future__ import annotations

from typing import Any, Final

from chainbrain import texts
from chainbrain.reports import page_parts
from chainbrain.reports.page_parts import Row
from chainbrain.reports.printed import cell
from chainbrain.reports.tables import Report

_WORDS: Final = 4
_OUTSIDE: Final = 5


def content(report: Report, lang: str) -> dict[str, Any]:
    """The data of the template; no pages where there are no stores."""
    plain = {table.name: table.rows.to_dicts() for table in report.tables}
    worded = {table.name: table.worded(lang).to_dicts() for table in report.tables}
    names = dict.fromkeys((row["store_id"], row["store"]) for row in plain["store-sheet"])
    return {
        "words": page_parts.words("weekly_page", lang) | page_parts.words("store_page", lang),
        "pages": [_page(number, name, plain, worded, lang) for number, name in names],
    }


def _page(
    number: str, name: str, plain: dict[str, list[Row]], worded: dict[str, list[Row]], lang: str
) -> dict[str, Any]:
    mine = {key: [row for row in rows if row["store_id"] == number] for key, rows in plain.items()}
    said = {key: [row for row in rows if row["store_id"] == number] for key, rows in worded.items()}
    return {
        "number": number,
        "store": name,
        "tiles": page_parts.tiles(mine["store-sheet"], lang),
        # That a step is about the store of the page goes without saying.
        "why": page_parts.why(
            said["why"],
            mine["change"],
            [row | {"about": "" if row["about"] == name else row["about"]} for row in said["change"]],
            lang,
        ),
        "days": page_parts.days(mine["daily"], lang),
        "channels": _mix(mine["mix_channel"], said["mix_channel"], lang),
        "dayparts": _mix(mine["mix_daypart"], said["mix_daypart"], lang),
        "heat": _heat(mine["busy-hours"], lang),
        "outside": _outside(mine["daily"], mine["unusual"], lang),
        "said": _said(mine["unusual"], said["unusual"]),
        "walls": [
            [shown["wall"], cell(row["amount"], "money"), row["wall"] == "profit"]
            for row, shown in zip(mine["four_wall"], said["four_wall"], strict=True)
        ],
        "walls_month": f"{mine['four_wall'][0]['month']:%Y-%m}" if mine["four_wall"] else "",
    }


def _outside(days: list[Row], words: list[Row], lang: str) -> list[list[str]]:
    """The whole days farthest outside their expected range, each with what was said of it."""
    notes = {row["day"]: row["note"] or "" for row in words}
    off = [
        row
        for row in days
        if row["deviation"] is not None and not row["expected_low"] <= row["receipts"] <= row["expected_high"]
    ]
    off.sort(key=lambda row: (-abs(row["deviation"]), row["day"]))
    return [
        [f"{row['day']:%m-%d}", cell(row["receipts"], "money"), page_parts.changed(row["deviation"], lang),
         page_parts.tone(row["deviation"]), notes.get(row["day"], "")]
        for row in off[:_OUTSIDE]
    ]  # fmt: skip


def _said(words: list[Row], worded: list[Row]) -> list[list[str]]:
    """What was said of days and of stretches without alarms, the newest first."""
    told = []
    for row, said in zip(words[:_WORDS], worded[:_WORDS], strict=True):
        until = f"–{row['unusual_until']:%m-%d}" if row["unusual_until"] else ""
        told.append([f"{row['day']:%m-%d}{until}", row["note"] or said["unusual_kind"]])
    return told


def _mix(rows: list[Row], worded: list[Row], lang: str) -> list[dict[str, Any]]:
    return [
        {
            "part": said["part"],
            "receipts": cell(row["receipts"], "money"),
            "share": cell(row["share"], "percent"),
            "wide": float(row["share"]) if row["share"] and row["share"] > 0 else 0.0,
            "ticket": cell(row["ticket"], "money"),
            "change": page_parts.changed(row["ratio"], lang),
            "tone": page_parts.tone(row["ratio"]),
        }
        for row, said in zip(rows, worded, strict=True)
    ]


def _heat(rows: list[Row], lang: str) -> dict[str, Any]:
    """The average hour of every weekday as a share of the busiest, which is named with its receipts."""
    if not rows:
        return {"hours": [], "lines": [], "busiest": ""}
    busiest = max(rows, key=lambda row: (row["receipts"], -int(row["weekday"]), -int(row["hour"])))
    hours = range(min(int(row["hour"]) for row in rows), max(int(row["hour"]) for row in rows) + 1)
    found = {(int(row["weekday"]), int(row["hour"])): row["receipts"] for row in rows}
    top = busiest["receipts"]
    lines = [
        {
            "name": texts.word(f"weekday_short.{weekday}", lang),
            "cells": [float(found.get((weekday, hour), 0) / top) if top > 0 else 0.0 for hour in hours],
        }
        for weekday in range(1, 8)
    ]
    told = texts.message(
        "store_page.busiest",
        lang,
        weekday=texts.word(f"weekday_short.{busiest['weekday']}", lang),
        hour=busiest["hour"],
        receipts=cell(top, "money"),
    )
    return {"hours": list(hours), "lines": lines, "busiest": told}
