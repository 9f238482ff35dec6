"""Kept scenarios as reports: side by side, and the plan of one beside what came of its store."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from chainbrain.expansion import input_words
from chainbrain.expansion.comparing import Compared, Line
from chainbrain.expansion.following import Followed, FollowedMonth
from chainbrain.reports.filters import Column, Filters, frame, money, report
from chainbrain.reports.tables import Report, ReportColumn, ReportTable, told

_LETTERS: Final = ("a", "b", "c", "d")


def of_compared(found: Compared, lang: str = "zh") -> Report:
    """Scenarios beside each other: figures, inputs that differ, cash by month; ``lang`` names the lines."""
    return report("scenarios", (_figures(found, lang), _inputs(found, lang), _cash(found)), Filters())


def of_followed(found: Followed) -> Report:
    """A plan beside what came, month by month."""
    columns = (
        Column("programme_month"), *money("sales_p10", "sales_p50", "sales_p90", "sales_came", "sales_so_far"),
        Column("follow_days"), Column("follow_place", "word", "follow_place"),
        *money("follow_fees_plan", "follow_fees", "follow_rent_plan", "follow_rent", "follow_labour_plan",
               "follow_labour", "follow_cash_p10", "follow_cash_p50", "follow_cash_p90", "follow_contribution"),
        Column("follow_lacking", "names"),
    )  # fmt: skip
    said = (found.verdict, *found.notes)
    verdict = ReportTable(
        "follow_verdict",
        (Column("follow_verdict", "message"),),
        frame((Column("follow_verdict", "message"),), [(told(one.code, one.facts),) for one in said]),
    )
    months = frame(columns, [_month(one) for one in found.months])
    return report("scenario-follow", (ReportTable("scenario-follow", columns, months), verdict), Filters())


def _month(one: FollowedMonth) -> tuple[object, ...]:
    came = one.came
    place = "partial" if one.partial else one.place or ("ahead" if came is None else "unknown")
    return (
        f"{one.month:%Y-%m}", one.sales.p10, one.sales.p50, one.sales.p90, came.sales if came else None,
        came.so_far if came else None, f"{came.days}/{came.of}" if came else None, place, one.fees,
        came.fees if came else None, one.rent, came.rent if came else None, one.labour, came.labour if came else None,
        one.cash.p10, one.cash.p50, one.cash.p90, came.contribution if came else None,
        "\n".join(f"follow_lacking.{each}" for each in came.lacking) if came else None,
    )  # fmt: skip


def _figures(found: Compared, lang: str) -> ReportTable:
    return _lines("scenarios", "scenario_figure", found.figures, found, lang)


def _inputs(found: Compared, lang: str) -> ReportTable:
    return _lines("scenario_inputs", "scenario_input", found.inputs, found, lang)


def _lines(name: str, first: str, lines: tuple[Line, ...], found: Compared, lang: str) -> ReportTable:
    columns = (
        Column(first),
        *(_named(letter, one.name) for letter, one in zip(_LETTERS, found.scenarios, strict=False)),
        Column("scenario_differs", "word", "scenario_differs"),
    )
    rows = [
        (
            input_words.title(line.path, lang),
            *(input_words.value(line, number, lang) for number in range(len(found.scenarios))),
            "yes" if line.differs else "no",
        )
        for line in lines
    ]
    return ReportTable(name, columns, frame(columns, rows))


def _cash(found: Compared) -> ReportTable:
    columns = (
        Column("scenario_month"),
        *(
            _named(f"{letter}_{quantile}", f"{one.name} {quantile.upper()}", "money")
            for letter, one in zip(_LETTERS, found.scenarios, strict=False)
            for quantile in ("p10", "p50", "p90")
        ),
    )
    months = dict.fromkeys(month for one in found.cash for month in one.months)
    known = [
        {
            month: (low, middle, high)
            for month, low, middle, high in zip(one.months, one.p10, one.p50, one.p90, strict=True)
        }
        for one in found.cash
    ]
    nothing: tuple[Decimal | None, ...] = (None, None, None)
    rows = [(month, *(value for one in known for value in one.get(month, nothing))) for month in _ordered(months)]
    return ReportTable("scenario_cash", columns, frame(columns, rows))


def _ordered(months: dict[str, None]) -> list[str]:
    # Numbers of months by their size, calendar months as text.
    return sorted(months, key=lambda month: (0, int(month), "") if month.isdigit() else (1, 0, month))


def _named(key: str, name: str, kind: str = "text") -> ReportColumn:
    """A column that is called by the name of a scenario, which no vocabulary knows."""
    return Column(key, kind, called=name)
