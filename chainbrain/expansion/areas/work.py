"""Works out one trade area: shares, predicted losses, and the correction by openings that were measured."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from chainbrain.errors import UserError, Word
from chainbrain.expansion.areas import feedback, fit, market, points, rings
from chainbrain.expansion.areas.demand import Demand, Source
from chainbrain.expansion.areas.feedback import Checked, Correction
from chainbrain.expansion.areas.fit import Beta
from chainbrain.expansion.areas.geometry import Numbers, distances_km
from chainbrain.expansion.areas.points import Ground, OwnPoint
from chainbrain.expansion.areas.study import NEIGHBOUR_KM, AreaStudy, Drawn, Loss, Share, Surface, Wish
from chainbrain.money import half_up
from chainbrain.own_openings import rounded
from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.database.book import Book
    from chainbrain.expansion.own_stores import StoreTemplate

_STEPS = 4


def study(book: Book, ground: Ground, template: StoreTemplate, wish: Wish, report: Report = silent) -> AreaStudy:
    """Look at one site.

    Raises:
        UserError: a raster cannot be used, or nobody lives here by the source that was asked for.
    """
    _refuse_impossible(wish)
    report(0, _STEPS, "progress.area_people")
    source = Source(book)
    people = source.around(wish.place, wish.reach_km, wish.basis, wish.raster)
    beta = _beta(book, ground, wish)
    report(1, _STEPS, "progress.area_openings")
    corrected = _correction(source, ground, template, wish, beta)
    report(2, _STEPS, "progress.area_shares")
    itself = _itself(ground, wish)
    today = template.last_day
    own = [one for one in ground.own if one is not itself and (today is None or one.open_on(today))]
    stores = market.draws(wish.place, wish.name, wish.size, own, ground.rivals, km=2 * wish.reach_km)
    middle = market.split(people, stores, beta.middle)
    # Of the two others only the losses are kept: the shares of all points are large.
    lost = [
        middle.lost() if value == beta.middle else market.split(people, stores, value).lost() for value in beta.values
    ]
    losses = _losses(template, stores, lost, corrected, itself)
    sales, sales_basis = _sales(ground, template, wish, itself)
    report(3, _STEPS, "progress.area_rings")
    around = rings.rings(wish.raster, wish.place, wish.radii) if wish.raster else ()
    changes = rings.changes(wish.earlier, wish.raster, wish.place, wish.radii) if wish.raster and wish.earlier else ()
    report(_STEPS, _STEPS, "progress.area_rings")
    return AreaStudy(
        wish=wish,
        basis=people.basis,
        points=len(people.weight),
        people=float(people.weight.sum()),
        unknown_share=people.unknown_share,
        beta=beta,
        shares=tuple(
            Share(
                one.kind, one.key, one.name, one.place, one.km, one.attraction, one.sized,
                None if one.kind == "new" else float(middle.before[number]), float(middle.after[number]),
            )
            for number, one in enumerate(stores)
        ),
        losses=losses,
        unplaced=tuple(one.name for one in own if one.place is None),
        unsized=sum(1 for one in stores if not one.sized),
        unnamed=ground.unnamed,
        sales=sales,
        sales_basis=sales_basis,
        cannibalisation=_cannibalisation(losses, sales),
        correction=corrected,
        rings=around,
        changes=changes,
        drawn=_drawn(people, middle, wish),
        surface=Surface(
            people.latitude, people.longitude, people.weight, middle.of_each, people.blank, people.cell
        ),
    )  # fmt: skip


def _drawn(people: Demand, found: market.Split, wish: Wish) -> tuple[Drawn, ...]:
    away = distances_km(people.latitude, people.longitude, (wish.place,))[:, 0]
    rows: list[Drawn] = []
    for km in sorted(wish.radii):
        inside = away <= km
        weight = float(people.weight[inside].sum())
        share = float(people.weight[inside] @ found.of_new[inside]) / weight if weight > 0 else None
        rows.append(Drawn(km, weight, share))
    return tuple(rows)


def _refuse_impossible(wish: Wish) -> None:
    for name, value, most in (
        ("reach_km", wish.reach_km, 50.0),
        *(("radii", value, 50.0) for value in wish.radii),
        *((("beta", wish.beta, 8.0),) if wish.beta is not None else ()),
    ):
        if not 0 < value <= most:
            raise UserError("area.out_of_range", field=Word(f"area.{name}"), value=f"{value:g}", most=f"{most:g}")
    if wish.earlier is not None and wish.raster is None:
        raise UserError("area.no_raster")


def _beta(book: Book, ground: Ground, wish: Wish) -> Beta:
    if wish.beta is not None:
        return Beta(wish.beta, wish.beta, wish.beta, fitted=False, customers=0, points=0, why="given")
    placed = [one for one in ground.own if one.place is not None]
    latitude, longitude, counts = points.customers(book, tuple(one.store_id for one in placed))
    if not len(counts):
        return fit.assumed("no_origins")
    sizes = market.draws(wish.place, "", None, placed, ground.rivals, km=float("inf"))
    size = {one.key: one.attraction for one in sizes if one.kind == "own"}
    away = distances_km(latitude, longitude, tuple(one.place for one in placed if one.place is not None))
    attraction = np.array([size[one.store_id] for one in placed], dtype=np.float64)
    return fit.fitted(attraction, away, counts)


def past(book: Book, ground: Ground, template: StoreTemplate) -> Correction:
    """What the model says about the openings that were measured, with people from the best source of the book."""
    placed = next((one.place for one in ground.own if one.place is not None), None)
    if placed is None:
        return feedback.correction(())
    # Where the site lies plays no part: every opening is looked at where it opened.
    wish = Wish(placed)
    return _correction(Source(book), ground, template, wish, _beta(book, ground, wish))


def _correction(source: Source, ground: Ground, template: StoreTemplate, wish: Wish, beta: Beta) -> Correction:
    """Predict every opening that was measured as if it lay ahead; competitors are those of today's list.

    A site that has opened itself is left out: its prediction stands beside what it took, which it must not know.
    """
    by_id, itself = {one.store_id: one for one in ground.own}, _itself(ground, wish)
    sales = {one.store_id: one.monthly_sales for one in template.mature}
    found: list[Checked] = []
    for effect in template.effects:
        opening = by_id.get(effect.store_id)
        if opening is None or opening is itself or opening.place is None or effect.share is None:
            continue
        others = [one for one in ground.own if one is not opening and one.open_on(effect.opened_on)]
        stores = market.draws(opening.place, opening.name, opening.area, others, ground.rivals, km=2 * wish.reach_km)
        try:
            people = source.around(opening.place, wish.reach_km, wish.basis, wish.raster)
        except UserError:
            # The raster or the points do not reach that opening: it says nothing about predictions made with them.
            continue
        lost = dict(zip((one.key for one in stores), market.split(people, stores, beta.middle).lost(), strict=False))
        predicted = measured = Decimal(0)
        seen = 0
        for near in effect.neighbours:
            if near.distance_km is None or near.store_id not in sales or near.store_id not in lost:
                continue
            # What it would sell had nobody opened: today's sales with what it lost put back.
            expected = sales[near.store_id] - near.monthly_change
            predicted += half_up(expected * Decimal(repr(float(lost[near.store_id]))))
            measured -= near.monthly_change
            seen += 1
        if seen:
            found.append(
                Checked(opening.store_id, opening.name, effect.opened_on, seen, predicted, measured, effect.clear)
            )
    return feedback.correction(found)


def _itself(ground: Ground, wish: Wish) -> OwnPoint | None:
    """The own store that the site is, when somebody looks at one that has opened."""
    return next((one for one in ground.own if wish.name and wish.name in (one.store_id, one.name)), None)


def _losses(
    template: StoreTemplate,
    stores: tuple[market.Draw, ...],
    lost: list[Numbers],
    corrected: Correction,
    itself: OwnPoint | None,
) -> tuple[Loss, ...]:
    sales = {one.store_id: one.monthly_sales for one in template.mature}
    effect = next((one for one in template.effects if itself and one.store_id == itself.store_id), None)
    measured = {one.store_id: -one.change for one in effect.neighbours} if effect else {}
    found: list[Loss] = []
    for number, one in enumerate(stores[:-1]):
        if one.kind != "own" or one.km > NEIGHBOUR_KM:
            continue
        every = sorted(min(float(each[number]) * corrected.factor, 1.0) for each in lost)
        middle = min(float(lost[1][number]) * corrected.factor, 1.0)
        fractions = (every[0], middle, every[-1])
        base = sales.get(one.key)
        monthly = None
        if base is not None:
            low, mid, high = (half_up(base * Decimal(repr(each))) for each in fractions)
            monthly = (low, mid, high)
        found.append(
            Loss(one.key, one.name, one.km, fractions, float(lost[1][number]), base, monthly, measured.get(one.key))
        )
    return tuple(found)


def _sales(ground: Ground, template: StoreTemplate, wish: Wish, itself: OwnPoint | None) -> tuple[Decimal | None, str]:
    if wish.sales is not None:
        return wish.sales, "given"
    if itself is not None:
        own = next((one.monthly_sales for one in template.mature if one.store_id == itself.store_id), None)
        if own is not None:
            return own, "itself"
    listed = next((one.sales for one in ground.candidates if one.name == wish.name), None)
    if listed is not None:
        return listed, "candidate"
    if template.mature_sales.value is not None:
        return template.mature_sales.value, "own_stores"
    return None, ""


def _cannibalisation(losses: tuple[Loss, ...], sales: Decimal | None) -> tuple[Decimal, Decimal, Decimal] | None:
    """Sums of the neighbours, each at its own end of the range, over the new store's sales; never above all of them."""
    if sales is None or sales <= 0 or any(one.monthly is None for one in losses):
        return None
    low, middle, high = (
        min(rounded(sum((one.monthly[end] for one in losses if one.monthly), Decimal(0)) / sales, 4), Decimal(1))
        for end in range(3)
    )
    return low, middle, high
