"""``trade-area`` and ``analogues``: what a site draws and takes from neighbours, and the own stores most like it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from chainbrain.commands.console import Console
from chainbrain.expansion.areas import Analogues, AreaStudy, Wish, notes
from chainbrain.expansion.areas.demand import Basis
from chainbrain.expansion.areas.notes import percent
from chainbrain.expansion.areas.study import REACH_KM
from chainbrain.workspace import Rooms, Workspace


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add(
        "trade-area", study, "一个位置的商圈：分流、附近门店会少卖多少 / a site's trade area and what neighbours lose"
    )
    _site(made)
    made.add_argument("--sales", type=_yuan, metavar="YUAN", help="预计成熟月销 / expected mature sales of a month")
    made.add_argument("--reach", type=float, default=REACH_KM, metavar="6", help="看多少公里内的人 / people within km")
    made.add_argument(
        "--people", choices=[one.value for one in Basis], help="人从哪来：栅格、需求点、均匀 / where people are"
    )
    made.add_argument(
        "--earlier", type=Path, metavar="TIF", help="较早年份的同一种栅格 / the raster of an earlier year"
    )
    made.add_argument("--ring", type=float, action="append", metavar="KM", help="环的半径，可写几次 / radii of rings")
    made.add_argument("--beta", type=float, metavar="2", help="自己定距离的影响 / set the effect of distance by hand")
    made.add_argument(
        "--surface", type=Path, metavar="FILE", help="把每个点的分流写成表 / write the share of each point"
    )

    made = add("analogues", alike, "最像这个位置的自己的门店 / own stores most like a site")
    _site(made)
    made.add_argument("--rent", type=_yuan, metavar="YUAN", help="月租金 / monthly rent")
    made.add_argument("--city", help="城市 / the city")
    made.add_argument("--ownership", choices=("own", "franchise"), help="直营或加盟 / own or franchise")


def _site(made: argparse.ArgumentParser) -> None:
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument(
        "--site",
        required=True,
        metavar="LAT,LON,DATUM",
        help="坐标加坐标系，或候选店、门店的名称 / coordinates, or a name",
    )
    made.add_argument("--size", type=_yuan, metavar="M2", help="面积 / its area")
    made.add_argument("--raster", type=Path, metavar="TIF", help="人口等 GeoTIFF / a GeoTIFF of people or any index")
    made.add_argument("--out", type=Path, metavar="FILE", help="写成 xlsx、pdf、csv 或 json / write it to a file")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def _yuan(said: str) -> Decimal:
    try:
        value = Decimal(said.replace(",", ""))
    except InvalidOperation as cause:
        raise argparse.ArgumentTypeError(said) from cause
    if not value.is_finite() or value <= 0:
        raise argparse.ArgumentTypeError(said)
    return value


def _wish(rooms: Rooms, options: argparse.Namespace) -> Wish:
    wish = rooms.expansion.areas.wish(options.site)
    return replace(wish, size=options.size or wish.size, raster=options.raster)


def study(options: argparse.Namespace, console: Console) -> int:
    """Print a site's trade area, or write it to files."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        wish = replace(
            _wish(workspace, options),
            reach_km=options.reach,
            basis=Basis(options.people) if options.people else None,
            earlier=options.earlier,
            beta=options.beta,
        )
        wish = replace(wish, sales=options.sales or wish.sales, radii=tuple(options.ring or wish.radii))
        found = workspace.expansion.areas.study(wish, report=console.report)
        reports = workspace.reports
        for path, write in ((options.out, reports.write_area), (options.surface, reports.write_surface)):
            if path is not None:
                rows = write(found, path, console.lang)
                console.say("cli.report_written", path=str(path), rows=f"{rows:,}")
    if options.json:
        console.json({**plain(found), "notes": [asdict(one) for one in notes.of_study(found)]})
    elif options.out is None:
        _tell(found, console)
    return 0


def plain(found: AreaStudy) -> dict[str, object]:
    """A study as JSON knows it; the surface goes into a file of its own."""
    named = {name: getattr(found, name) for name in found.__dataclass_fields__ if name != "surface"}
    return {**named, "rivals": found.rivals}


def _tell(found: AreaStudy, console: Console) -> None:
    for note in notes.of_study(found):
        console.say(note.code, **note.facts)
    print()
    console.table(
        _heads(console, "area_kind", "name", "site_km", "area_size", "area_before", "area_after"),
        [
            [
                console.word(f"area.kind.{one.kind}"), one.name or console.word("area.kind.new"), f"{one.km:.2f}",
                f"{one.attraction:g}" + ("" if one.sized else " ?"), _share(one.before), percent(one.after),
            ]
            for one in found.shares
        ],
    )  # fmt: skip
    if found.losses:
        print()
        console.table(
            _heads(console, "name", "site_km", "area_lost", "area_range", "area_lost_money", "area_measured"),
            [
                [
                    one.name, f"{one.km:.2f}", percent(one.lost[1]), f"{percent(one.lost[0])} – {percent(one.lost[2])}",
                    one.monthly[1] if one.monthly else console.word("area.unknown"), _share(one.measured),
                ]
                for one in found.losses
            ],
        )  # fmt: skip
    if found.correction.openings:
        print()
        console.table(
            _heads(console, "area_opening", "area_opened", "area_predicted", "area_came"),
            [[one.name, one.opened_on, one.predicted, one.measured] for one in found.correction.openings],
        )
    _tell_rings(found, console)


def _tell_rings(found: AreaStudy, console: Console) -> None:
    print()
    console.table(
        _heads(console, "area_ring", "area_weight", "area_of_new"),
        [[f"{one.km:g}", f"{one.people:,.0f}", _share(one.share)] for one in found.drawn],
    )
    if not found.rings:
        return
    print()
    change = {one.after.km: one.change for one in found.changes}
    console.table(
        _heads(console, "area_ring", "area_cells", "area_total", "area_mean", "area_nodata", "area_change"),
        [
            [
                f"{one.km:g}", one.cells, console.word("area.unknown") if one.total is None else f"{one.total:,.2f}",
                "" if one.mean is None else f"{one.mean:,.2f}", _share(one.unknown_share), _share(change.get(one.km)),
            ]
            for one in found.rings
        ],
    )  # fmt: skip


def alike(options: argparse.Namespace, console: Console) -> int:
    """Print own stores most like a site with what they sell, and the error of predicting from them."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        wish = _wish(workspace, options)
        found = workspace.expansion.areas.analogues(
            wish, ownership=options.ownership, city=options.city, rent=options.rent and float(options.rent)
        )
        if options.out is not None:
            rows = workspace.reports.write_analogues(found, options.out, console.lang)
            console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
            return 0
    if options.json:
        console.json({**asdict(found), "notes": [asdict(one) for one in notes.of_analogues(found)]})
        return 0
    _tell_alike(found, console)
    return 0


def _tell_alike(found: Analogues, console: Console) -> None:
    for note in notes.of_analogues(found):
        console.say(note.code, **note.facts)
    if found.methods:
        print()
        console.table(
            _heads(console, "area_method", "area_sales", "area_error", "area_low", "area_high"),
            [
                [console.word(f"area.method.{one.name}"), one.predicted, _share(one.error), one.low, one.high]
                for one in found.methods
            ],
        )
        print()
        console.table(
            _heads(console, "name", "area_distance", "area_shared", "area_sales"),
            [
                [one.name, f"{one.distance:.2f}" if one.shared else console.word("area.unknown"), one.shared, one.sales]
                for one in found.ranked[:10]
            ],
        )


def _heads(console: Console, *keys: str) -> list[str]:
    return [console.word(f"column.{key}") for key in keys]


def _share(share: float | Decimal | None) -> str:
    return "" if share is None else percent(float(share))
