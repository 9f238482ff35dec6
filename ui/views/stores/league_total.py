"""What stands above and below the league: its days, and the figures of all stores together."""

from __future__ import annotations

from collections.abc import Sequence

from chainbrain.analytics.periods import Change, PassedOver
from chainbrain.analytics.stores import League
from ui import figures
from ui.theme.translator import translate
from ui.views.parts.passed_over import passed_over_words


def caption(league: League) -> str:
    """Which days are ranked, and what like-for-like compares them with."""
    words = translate("{first} to {last}, like-for-like against {weeks} weeks before")
    said = words.format(
        first=figures.day(league.period.first),
        last=figures.day(league.period.last),
        weeks=league.period.shift // 7,
    )
    return said + translate(", without new stores") if _grown(league) else said


def caption_tip(league: League, passed: Sequence[PassedOver]) -> str:
    """The caption with the days compared with, and why nearer ones are not; nothing where none were passed over."""
    why = passed_over_words(league.period, passed)
    return f"{caption(league)}\n{why}" if why else ""


def growth(league: League) -> Change:
    """Like-for-like of the total row: of the stores whose rows tell it, where there are any."""
    return _grown(league) or league.total.like_for_like


def total_texts(league: League) -> dict[str, str]:
    """The total of each column that has one, by its key."""
    total = league.total
    return {
        "store": translate("Total"),
        "receipts": figures.money(total.receipts),
        "change": figures.change(growth(league).ratio),
        "ticket": "" if total.ticket is None else figures.money(total.ticket),
        "orders": figures.plain(total.orders),
        "refunds": figures.money(total.refunds),
        "four_wall": "" if league.margin is None else figures.percent(league.margin),
        "take_rate": "" if total.take_rate is None else figures.percent(total.take_rate, 2),
    }


def total_tip(league: League) -> str:
    """What the total row is for, and the growth that it leaves out."""
    said = translate("Show all stores at the right; a double click opens the rows of a figure")
    if not _grown(league):
        return said
    words = translate("Like-for-like {grown} without new stores, {all} with them")
    grown, every = growth(league).ratio, league.total.like_for_like.ratio
    return f"{words.format(grown=figures.change(grown), all=figures.change(every))}\n{said}"


def _grown(league: League) -> Change | None:
    """Growth without new stores; nothing where none is new, or all are."""
    return league.grown if league.grown is not None and league.grown.ratio is not None else None
