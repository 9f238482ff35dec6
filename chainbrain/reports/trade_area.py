"""A trade area as a report: shares, losses, openings held against predictions, rings, and what it all rests on."""

from __future__ import annotations

from decimal import Decimal

from chainbrain.expansion.areas import Analogues, AreaStudy, notes
from chainbrain.expansion.areas.notes import Note
from chainbrain.expansion.places import Datum
from chainbrain.reports.filters import Column, Filters, frame, money, report
from chainbrain.reports.tables import Report, ReportTable, told


def of_study(found: AreaStudy, analogues: Analogues | None = None) -> Report:
    """One site, figure by figure, with the own stores like it where they are given."""
    said = notes.of_study(found) + (notes.of_analogues(analogues) if analogues else ())
    tables = [_notes(said), _shares(found), _losses(found), _openings(found), _drawn(found), _rings(found)]
    if analogues is not None:
        tables += _alike(analogues)
    return report("trade_area", tuple(one for one in tables if one.rows.height), Filters())


def of_surface(found: AreaStudy) -> Report:
    """Every point of demand with its weight and each store's share of it; where nothing is known no figure stands."""
    stores = [Column(f"area_of_{n}", "percent", called=one.name) for n, one in enumerate(found.shares[:-1])]
    columns = (
        Column("latitude_wgs84"), Column("longitude_wgs84"), Column("area_weight"), Column("area_of_new", "percent"),
        *stores,
    )  # fmt: skip
    one = found.surface
    rows: list[tuple[object, ...]] = [
        (f"{latitude:.7f}", f"{longitude:.7f}", f"{weight:g}", _share(shares[-1]), *map(_share, shares[:-1]))
        for latitude, longitude, weight, shares in zip(
            one.latitude.tolist(), one.longitude.tolist(), one.weight.tolist(), one.of_each.tolist(), strict=True
        )
    ]
    nothing = (None,) * (2 + len(stores))
    rows += [
        (f"{latitude:.7f}", f"{longitude:.7f}", *nothing)
        for latitude, longitude in zip(one.blank[0].tolist(), one.blank[1].tolist(), strict=True)
    ]
    return report("trade_area", (ReportTable("area_surface", columns, frame(columns, rows)),), Filters())


def of_analogues(found: Analogues) -> Report:
    """Own stores beside a site, and how wrong predicting from them was."""
    tables = (_notes(notes.of_analogues(found)), *_alike(found))
    return report("analogues", tuple(one for one in tables if one.rows.height), Filters())


def _alike(found: Analogues) -> list[ReportTable]:
    methods = (
        Column("area_method", "word", "area.method"), *money("area_sales"), Column("area_error", "percent"),
        *money("area_low", "area_high"),
    )  # fmt: skip
    stores = (
        Column("programme_name"), Column("area_distance"), Column("area_shared", "count"), *money("area_sales"),
    )  # fmt: skip
    told_by = [(one.name, one.predicted, _share(one.error), one.low, one.high) for one in found.methods]
    ranked = [(one.name, f"{one.distance:.2f}" if one.shared else None, one.shared, one.sales) for one in found.ranked]
    return [
        ReportTable("area_methods", methods, frame(methods, told_by)),
        ReportTable("area_analogues", stores, frame(stores, ranked)),
    ]


def _notes(said: tuple[Note, ...]) -> ReportTable:
    columns = (Column("area_note", "message"),)
    return ReportTable("area_notes", columns, frame(columns, [(told(one.code, one.facts),) for one in said]))


def _shares(found: AreaStudy) -> ReportTable:
    columns = (
        Column("area_kind", "word", "area.kind"), Column("programme_name"), Column("site_km"), Column("latitude_wgs84"),
        Column("longitude_wgs84"), Column("area_size"), Column("area_sized", "word", "area.sized"),
        Column("area_before", "percent"), Column("area_after", "percent"),
    )  # fmt: skip
    rows = []
    for one in found.shares:
        true = one.place.to(Datum.WGS84)
        rows.append(
            (
                one.kind, one.name, f"{one.km:.2f}", f"{true.latitude:.6f}", f"{true.longitude:.6f}",
                f"{one.attraction:g}", "known" if one.sized else "median", _share(one.before), _share(one.after),
            )
        )  # fmt: skip
    return ReportTable("area_shares", columns, frame(columns, rows))


def _losses(found: AreaStudy) -> ReportTable:
    columns = (
        Column("programme_name"), Column("site_km"),
        *(Column(key, "percent") for key in ("area_lost_low", "area_lost", "area_lost_high", "area_raw")),
        *money("area_sales", "area_lost_money_low", "area_lost_money", "area_lost_money_high"),
        Column("area_measured", "percent"),
    )  # fmt: skip
    rows = [
        (
            one.name, f"{one.km:.2f}", _share(one.lost[0]), _share(one.lost[1]), _share(one.lost[2]), _share(one.raw),
            one.sales, *(one.monthly or (None, None, None)), one.measured,
        )
        for one in found.losses
    ]  # fmt: skip
    totals = ("area_lost_money_low", "area_lost_money", "area_lost_money_high")
    return ReportTable("area_losses", columns, frame(columns, rows), totals)


def _openings(found: AreaStudy) -> ReportTable:
    columns = (
        Column("area_opening"), Column("area_opened", "date"), Column("area_neighbours", "count"),
        *money("area_predicted", "area_came"),
    )  # fmt: skip
    rows = [(o.name, o.opened_on, o.neighbours, o.predicted, o.measured) for o in found.correction.openings]
    return ReportTable("area_openings", columns, frame(columns, rows), ("area_predicted", "area_came"))


def _drawn(found: AreaStudy) -> ReportTable:
    columns = (Column("area_ring"), Column("area_weight"), Column("area_of_new", "percent"))
    rows = [(f"{one.km:g}", f"{one.people:.2f}", _share(one.share)) for one in found.drawn]
    return ReportTable("area_drawn", columns, frame(columns, rows))


def _rings(found: AreaStudy) -> ReportTable:
    columns = (
        Column("area_ring"), Column("area_cells", "count"), Column("area_total"), Column("area_mean"),
        Column("area_nodata", "percent"), Column("area_change", "percent"),
    )  # fmt: skip
    change = {one.after.km: one.change for one in found.changes}
    rows = [
        (
            f"{one.km:g}", one.cells, None if one.total is None else f"{one.total:.2f}",
            None if one.mean is None else f"{one.mean:.4f}", _share(one.unknown_share), _share(change.get(one.km)),
        )
        for one in found.rings
    ]  # fmt: skip
    return ReportTable("area_rings", columns, frame(columns, rows))


def _share(share: float | None) -> Decimal | None:
    return None if share is None else Decimal(repr(share))
