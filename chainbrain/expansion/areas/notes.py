"""What has to be said beside the figures of a trade area: on what they rest, and what they cannot know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chainbrain.errors import Word
from chainbrain.expansion.areas.analogues import LEAST_FOR_REGRESSION, Analogues
from chainbrain.expansion.areas.demand import Basis
from chainbrain.expansion.areas.feedback import LEAST_OPENINGS
from chainbrain.expansion.areas.study import AreaStudy


@dataclass(frozen=True)
class Note:
    """A message code and its facts; words in them are vocabulary keys."""

    code: str
    facts: Mapping[str, object]


def of_study(found: AreaStudy) -> tuple[Note, ...]:
    """The answer in a sentence first, then on what it rests."""
    return (_take(found), *_rests(found), *_gaps(found))


def of_analogues(found: Analogues) -> tuple[Note, ...]:
    """What the comparison can and cannot say."""
    return tuple(_likeness(found))


def _take(found: AreaStudy) -> Note:
    if found.cannibalisation is None:
        return Note("area.note.take_unknown", {})
    if not found.losses:
        return Note("area.note.no_neighbours", {})
    low, middle, high = (percent(float(each)) for each in found.cannibalisation)
    return Note(
        "area.note.take",
        {
            "middle": middle, "low": low, "high": high, "sales": f"{found.sales:,.2f}",
            "basis": Word(f"area.sales.{found.sales_basis}"),
        },
    )  # fmt: skip


def _rests(found: AreaStudy) -> Iterator[Note]:
    km, points = f"{found.wish.reach_km:g}", f"{found.points:,}"
    if found.basis is Basis.EVEN:
        yield Note("area.note.even", {"km": km})
    else:
        yield Note(f"area.note.{found.basis.value}", {"km": km, "points": points, "people": f"{found.people:,.0f}"})
    beta = found.beta
    numbers = {"beta": f"{beta.middle:.2f}", "low": f"{beta.low:.2f}", "high": f"{beta.high:.2f}"}
    if beta.fitted:
        yield Note(
            "area.note.beta_fitted", {**numbers, "customers": f"{beta.customers:,}", "points": f"{beta.points:,}"}
        )
    elif beta.why == "given":
        yield Note("area.note.beta_given", numbers)
    else:
        yield Note("area.note.beta_assumed", {"why": Word(f"area.beta.{beta.why}")})
    yield _corrected(found)


def _corrected(found: AreaStudy) -> Note:
    done = found.correction
    if done.ratio is None:
        return Note("area.note.correction_none", {})
    facts = {"openings": len(done.openings), "ratio": percent(done.ratio), "least": LEAST_OPENINGS}
    return Note("area.note.corrected" if done.applied else "area.note.correction_seen", facts)


def _gaps(found: AreaStudy) -> Iterator[Note]:
    if not found.rivals:
        yield Note("area.note.no_rivals", {})
    if found.unsized:
        yield Note("area.note.unsized", {"stores": found.unsized})
    if found.unplaced:
        yield Note("area.note.unplaced", {"names": found.unplaced})
    if found.unnamed:
        yield Note("area.note.unnamed", {})
    if found.unknown_share > 0:
        yield Note("area.note.unknown", {"share": percent(found.unknown_share)})
    if found.changes and not any(one.compared for one in found.changes):
        yield Note("area.note.other_grid", {})


def _likeness(found: Analogues) -> Iterator[Note]:
    if not found.methods:
        yield Note("area.note.no_mature", {})
        return
    if found.stores < LEAST_FOR_REGRESSION:
        yield Note("area.note.few_stores", {"stores": found.stores, "least": LEAST_FOR_REGRESSION})
    if found.beyond:
        yield Note("area.note.beyond", {"features": tuple(Word(f"area.feature.{one}") for one in found.beyond)})
    if found.missing:
        yield Note("area.note.missing", {"features": tuple(Word(f"area.feature.{one}") for one in found.missing)})
    best = found.best
    if best is not None and best.error is not None:
        code = "area.note.median_best" if best.name == "median" else "area.note.best"
        yield Note(code, {"method": Word(f"area.method.{best.name}"), "error": percent(best.error)})


def percent(share: float) -> str:
    """A share as people read it."""
    return f"{share * 100:.1f}%"
