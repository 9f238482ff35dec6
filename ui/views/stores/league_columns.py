"""The columns of the league: what each says of a store, and its words on hover."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from chainbrain.analytics import peers
from chainbrain.analytics.peers import PeerRank
from chainbrain.analytics.stores import League, LeagueRow
from ui import figures
from ui.messages import word
from ui.models import Column, Kind
from ui.theme.translator import translate
from ui.views.parts.names import short_names

_Value = TypeVar("_Value")
SHOWN = ("rank", "store", "receipts", "bar", "change", "ticket", "four_wall", "recent")
ALWAYS = ("rank", "store", "receipts")


@dataclass(frozen=True)
class Line:
    """One store of the league; ``share`` is of the best receipts, ``peers`` its rank by kind of peer.

    ``new`` where it is too young to be compared.
    """

    rank: int
    row: LeagueRow
    share: float
    name: str
    peers: Mapping[str, PeerRank] = field(default_factory=dict)
    new: bool = False


def lines(league: League | None, names: Mapping[str, str] | None = None) -> list[Line]:
    """The stores as the table shows them; ``names`` are their short names among all of the chain, by number."""
    rows: Sequence[LeagueRow] = league.rows if league else ()
    top = max((row.receipts for row in rows), default=None)
    short, known = short_names(row.name for row in rows), names or {}
    return [
        Line(
            rank,
            row,
            float(row.receipts / top) if top else 0.0,
            known.get(row.store_id) or short[row.name],
            league.places(row) if league is not None else {},
            league is not None and league.new(row),
        )
        for rank, row in enumerate(rows, start=1)
    ]


def columns(is_chosen: Callable[[Line], bool], league: Callable[[], League | None]) -> list[Column]:
    """Every column that can be shown, in order; ``league`` is what is shown."""
    return [
        Column("rank", lambda: "#", lambda line: line.rank, Kind.MUTED, width=36, right=True),
        Column("store", lambda: translate("Store"), _name, tip=_about, bold=is_chosen, least=92, cut_middle=True),
        Column(
            "receipts", lambda: translate("Receipts, yuan"), _receipts, Kind.MONEY, width=104,
            bold=lambda _line: True, tip=missing, tone=lambda line: "timing" if line.row.missing_days else "",
        ),
        Column("bar", lambda: "", lambda line: line.share, Kind.BAR, width=52, sortable=False, optional=True,
               first_out=True),
        Column(
            "change", lambda: translate("Like-for-like"), _like_for_like, Kind.CHANGE,
            width=80, tip=_compared, instead=lambda line: translate("New store") if line.new else "",
            tone=lambda line: "text3" if line.new else "",
        ),
        Column("ticket", lambda: translate("Ticket"), lambda line: line.row.ticket, Kind.MONEY, width=60),
        Column(
            "orders", lambda: translate("Order count"), lambda line: _known(line, line.row.orders), Kind.NUMBER,
            width=68,
        ),
        Column(
            "refunds", lambda: translate("Refunds"), lambda line: _known(line, line.row.refunds), Kind.MONEY,
            width=84,
        ),
        Column(
            "take_rate", lambda: translate("Take rate"), lambda line: line.row.take_rate, Kind.PERCENT, width=66,
            text=lambda share: figures.percent(share, 2),
        ),
        _said("format_said", "format", lambda line: line.row.format),
        _said("tier_said", "city_tier", lambda line: line.row.city_tier),
        *(_peers(by) for by in peers.KINDS),
        Column(
            "four_wall", lambda: _walls_title(league()), _margin, Kind.PERCENT, width=120, narrow=98,
            empty=lambda: translate("no costs"), tone=lambda line: "text3" if _margin(line) is None else "", tip=_walls,
        ),
        Column(
            "recent", lambda: translate("Last 28 days"), lambda line: line.row.recent, Kind.SPARK, width=92,
            sortable=False, right=True, optional=True,
        ),
    ]  # fmt: skip


def peer_title(by: str) -> str:
    """What a column of ranks is called."""
    return {
        "format": translate("Rank by format"),
        "city": translate("Rank in the city"),
        "ownership": translate("Rank by ownership"),
        "age": translate("Rank by age"),
    }[by]


def missing(line: Line) -> str:
    """How many days lack, empty when none does."""
    return translate("%n day(s) without a till file", line.row.missing_days) if line.row.missing_days else ""


def _margin(line: Line) -> Decimal | None:
    return line.row.four_wall.margin if line.row.four_wall is not None else None


def _walls_title(league: League | None) -> str:
    """The month too, as it is the last with costs whatever days are chosen."""
    month = league.wall_month if league is not None else None
    if league is None or month is None:
        return translate("Four-wall")
    if month.year != league.period.last.year:
        return translate("{month} four-wall").format(month=f"{month:%Y-%m}")
    return translate("Month {month} four-wall").format(month=month.month)


def _walls(line: Line) -> str:
    found = line.row.four_wall
    if found is None:
        return translate("Store costs have not been imported yet")
    month = f"{found.month:%Y-%m}"
    if found.profit is None:
        lacking = translate(", ").join(word(f"wall.{name}") for name in found.unknown)
        return translate("{month}: no profit without {lacking}").format(month=month, lacking=lacking)
    words = translate("{month}: {profit} of {receipts}, before depreciation")
    return words.format(month=month, profit=figures.money(found.profit), receipts=figures.money(found.receipts or 0))


def _said(key: str, what: str, value: Callable[[Line], str | None]) -> Column:
    """What the list of stores says in the owner's words."""
    return Column(
        key, lambda: word(f"compare.{what}"), lambda line: value(line) or word("stores.not_entered"), Kind.TEXT,
        width=72, tone=lambda line: "" if value(line) else "text3",
    )  # fmt: skip


def _peers(by: str) -> Column:
    def value(line: Line) -> tuple[int, int] | None:
        found = line.peers.get(by)
        return None if found is None else (found.place, found.of)

    def shown(line: Line) -> str:
        found = line.peers.get(by)
        if found is None:
            return translate("Not known: the list of stores does not say it, or no day is there")
        group = {"age": f"peers.{found.group}", "ownership": f"ownership.{found.group}"}.get(by, "")
        group = word(group) if group else found.group
        words = translate("{place} of {of} ({group}), by {average} on the average day")
        return words.format(place=found.place, of=found.of, group=group, average=figures.money(found.average))

    def text(rank: tuple[int, int]) -> str:
        return f"{rank[0]}/{rank[1]}"

    return Column(
        by, lambda: peer_title(by), value, Kind.NUMBER, width=76, text=text, empty=lambda: "—", tip=shown,
    )  # fmt: skip


def _name(line: Line) -> str:
    if line.row.missing_days and not line.row.receipts:
        return f"{line.name} · {missing(line)}"
    return line.name


def _receipts(line: Line) -> Decimal | None:
    return _known(line, line.row.receipts)


def _known(line: Line, value: _Value) -> _Value | None:
    """Nothing, not zero, for a store of which no till file is there."""
    return value if line.row.known else None


def _about(line: Line) -> str:
    parts = (line.row.name, line.row.store_id, line.row.city, said_of(line.row))
    return " · ".join(part for part in parts if part)


def said_of(row: LeagueRow) -> str:
    """Format and city tier as the list of stores has them, or that nobody entered them."""
    lacks, pairs = word("stores.not_entered"), (("format", row.format), ("city_tier", row.city_tier))
    return " · ".join(said or f"{word(f'compare.{key}')} {lacks}" for key, said in pairs)


def _like_for_like(line: Line) -> Decimal | None:
    return line.row.like_for_like.ratio


def _compared(line: Line) -> str:
    change = line.row.like_for_like
    if change.now is None or change.before is None:
        return translate("no day can be compared") if not line.new else translate("too new to be compared")
    words = translate("{now} against {before} on %n comparable day(s)", line.row.compared_days)
    return words.format(now=figures.money(change.now), before=figures.money(change.before))
