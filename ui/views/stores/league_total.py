"""What stands above and below the league: its days, and the figures of all stores together."""

from __future__ import annotations

from collections.abc import Sequence

from chainbrain.analytics.periods import PassedOver
from chainbrain.analytics.stores import League
from ui import figures
from ui.theme.translator import translate
from ui.views.parts.passed_over import passed_over_words

_NAMED = 6


def caption(league: League) -> str:
    """Which days are ranked, and what like-for-like compares them with."""
    words = translate("{first} to {last}, like-for-like against {weeks} weeks before")
    said = words.format(
        first=figures.day(league.period.first),
        last=figures.day(league.period.last),
        weeks=league.period.shift // 7,
    )
    return said + translate(", without new stores") if any(league.new(row) for row in league.rows) else said


def caption_tip(league: League, passed: Sequence[PassedOver]) -> str:
    """The caption with the days compared with, and why nearer ones are not; nothing where none were passed over."""
    why = passed_over_words(league.period, passed)
    return f"{caption(league)}\n{why}" if why else ""


def total_texts(league: League) -> dict[str, str]:
    """The total of each column that has one, by its key."""
    total = league.total
    return {
        "store": translate("Total"),
        "receipts": figures.money(total.receipts),
        "change": figures.change(total.like_for_like.ratio),
        "ticket": "" if total.ticket is None else figures.money(total.ticket),
        "orders": figures.plain(total.orders),
        "refunds": figures.money(total.refunds),
        "four_wall": "" if league.margin is None else figures.percent(league.margin),
        "take_rate": "" if total.take_rate is None else figures.percent(total.take_rate, 2),
    }


def total_tip(league: League) -> str:
    """What the total row is for, and the stores whose growth it leaves out."""
    said = translate("Show all stores at the right; a double click opens the rows of a figure")
    new = [row.name for row in league.rows if league.new(row)]
    if not new:
        return said
    words = translate("New, not compared: {stores}").format(stores=translate(", ").join(new[:_NAMED]))
    return f"{words}\n{said}"
