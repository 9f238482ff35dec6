"""``map``: where stores and candidates lie, in one datum, and how far apart they are."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from chainbrain.commands.console import Console
from chainbrain.errors import UserError
from chainbrain.expansion.sites import Near, Site, Sites
from chainbrain.workspace import Workspace

_KEYS: Final = ("site_kind", "site", "name", "city", "latitude_wgs84", "longitude_wgs84", "site_nearest", "site_km")
_NEAR: Final = ("site_kind", "site", "name", "city", "site_km")


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of this command."""
    made = add("map", show, "门店和候选店在哪儿、相距多远 / where stores and candidates lie, and how far apart")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--around", metavar="STORE", help="只看这家周围：编号或店名 / around this one: number or name")
    made.add_argument("--km", type=float, metavar="3", help="多少公里以内 / within how many km")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def show(options: argparse.Namespace, console: Console) -> int:
    """Print every store and candidate with the nearest open store, or what lies around one of them."""
    if options.km is not None and not 0 < options.km <= 20_100:
        raise UserError("expansion.radius", km=options.km)
    with Workspace.open(options.book, console.upgrading) as workspace:
        found = workspace.expansion.sites()
    if options.around is not None:
        return _around(found, options, console)
    if options.json:
        near = found.nearest()
        console.json({"unnamed_datum": found.unnamed, "sites": [_facts(one, near) for one in found.sites]})
    elif not found.sites:
        console.say("cli.map_none")
    else:
        near = found.nearest()
        console.table(_heads(_KEYS, console), [_line(one, near.get(one.key), console) for one in found.placed])
        _tell_lost(found, console)
    return 0


def _around(found: Sites, options: argparse.Namespace, console: Console) -> int:
    site = found.find(options.around)
    if site is None:
        raise UserError("expansion.site_unknown", site=options.around)
    if site.place is None:
        raise UserError(f"expansion.site_lacks_{site.lacks}", site=site.name)
    near = found.around(site, options.km)
    if options.json:
        console.json(
            {"around": _facts(site, found.nearest()), "within_km": options.km, "near": [_apart(one) for one in near]}
        )
    elif near:
        console.table(
            _heads(_NEAR, console),
            [[*_names(one.site, console), one.site.city or "", f"{one.km:.3f}"] for one in near],
        )
    else:
        console.say("cli.map_alone", site=site.name)
    if not options.json:
        _tell_lost(found, console)
    return 0


def _tell_lost(found: Sites, console: Console) -> None:
    if found.unnamed:
        console.say("cli.map_unnamed")
    for lacks in ("coordinates", "datum", "range"):
        lost = [one.name for one in found.lost if one.lacks == lacks]
        if lost:
            console.say(f"cli.map_lacks_{lacks}", count=len(lost), names=tuple(lost))


def _heads(keys: tuple[str, ...], console: Console) -> list[str]:
    return [console.word(f"column.{key}") for key in keys]


def _names(site: Site, console: Console) -> list[object]:
    return [console.word(f"site.{site.kind}"), site.key, site.name]


def _line(site: Site, near: Near | None, console: Console) -> list[object]:
    assert site.place is not None
    return [
        *_names(site, console),
        site.city or "",
        f"{site.place.latitude:.6f}",
        f"{site.place.longitude:.6f}",
        near.site.name if near else "",
        f"{near.km:.3f}" if near else "",
    ]


def _facts(site: Site, nearest: Mapping[str, Near]) -> dict[str, object]:
    near = nearest.get(site.key)
    return {
        "kind": site.kind, "key": site.key, "name": site.name, "city": site.city, "opened_on": site.opened_on,
        "closed_on": site.closed_on, "written_datum": site.written,
        "latitude": round(site.place.latitude, 7) if site.place else None,
        "longitude": round(site.place.longitude, 7) if site.place else None,
        "lacks": site.lacks or None, "nearest": _apart(near) if near else None,
    }  # fmt: skip


def _apart(near: Near) -> dict[str, object]:
    return {"kind": near.site.kind, "key": near.site.key, "name": near.site.name, "km": round(near.km, 3)}
