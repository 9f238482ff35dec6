"""What has to be said beside receipts to come, wherever they are shown: codes of ``texts`` with their facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from chainbrain.cash import holidays_ahead, simpler, start_words
from chainbrain.cash.basis import ReceiptsBasis
from chainbrain.errors import Word

if TYPE_CHECKING:
    from chainbrain.cash.forecast.accuracy import Accuracy
    from chainbrain.cash.outlook import CashPath
    from chainbrain.cash.receipts import ReceiptsForecast
    from chainbrain.cash.receipts_level import LevelForecast

CHAIN: Final = Word("forecast_level.chain")


def told(found: ReceiptsForecast | ReceiptsBasis) -> tuple[start_words.Told, ...]:
    """On what estimates rest where that is not the usual way, at the stores or at the bank; nothing while it is."""
    said: list[start_words.Told] = []
    if found.filled_days:
        said.append(("forecast.filled", {"count": found.filled_days}))
    if found.fallback:
        said.append(("forecast.fallback", {"method": Word(f"forecast_method.{found.fallback}")}))
    spring = found.spring
    if spring is not None:
        code = "forecast.spring_assumed" if spring.inside else "forecast.spring_near"
        said.append((code, {"spring": spring.spring, "first": spring.first, "last": spring.last}))
    if found.untaught:
        said.append(("forecast.untaught", {}))
    if found.by_past:
        said.append(("forecast.by_past", {"stores": found.by_past}))
    if found.idle:
        said.append(("forecast.idle", {"count": len(found.idle), "stores": found.idle}))
    if isinstance(found, ReceiptsBasis):
        return (*said, *start_words.told(found.starts, found.unknown, found.unplaced))
    return (*said, *holidays_ahead.told(found.unannounced), *start_words.told(found.starts, found.unknown))


def of_entity(found: LevelForecast) -> tuple[start_words.Told, ...]:
    """Which stores are not told though one legal entity has accounts of theirs; nothing for all entities."""
    if found.entity is None or not found.shared:
        return ()
    return (("forecast.shared", {"entity": found.entity, "stores": found.shared}),)


def nothing_of(found: LevelForecast) -> start_words.Told | None:
    """Why a legal entity has no receipts at stores to foresee: what is known of it, and what is not; else nothing."""
    if found.entity is None or found.lines:
        return None
    facts: dict[str, object] = {"entity": found.entity}
    if found.shared:
        return "forecast.only_shared", {**facts, "stores": found.shared}
    if found.found.unknown:
        return "forecast.none_sold", {**facts, "stores": found.found.unknown}
    return "forecast.no_stores_of", facts


def none_at_bank(path: CashPath) -> start_words.Told | None:
    """That no receipts to come reach the accounts of one legal entity, and what its path is made of; else nothing."""
    if path.entity is None or any(day.receipts for day in path.days):
        return None
    return "cash.no_receipts_of", {"entity": path.entity}


def measured(
    accuracy: Iterable[Accuracy], level: Word | str = CHAIN, entity: str | None = None
) -> tuple[start_words.Told, ...]:
    """The one verdict on how well receipts were foreseen, wherever it stands: weeks, the nearest days and the farthest.

    Weeks, since cash is looked at by weeks; single days of a store swing by more and say less of a balance.

    Args:
        accuracy: what was measured of one level.
        level: what is added up.
        entity: the legal entity whose stores they are; nothing for all of them.
    """
    every = list(accuracy)
    weeks = [one for one in every if one.grain.value == "week"]
    if not weeks:
        return (("forecast.unmeasured", {}),)
    near, far = weeks[0], weeks[-1]
    facts: dict[str, object] = {
        "level": level, "grain": Word("forecast_grain.week"), "days": _days_of(near, every), "count": near.origins,
        "own": simpler.missed(near.accuracy), "naive": simpler.missed(near.naive),
        "claim": Word(f"forecast_missed.{near.claim}"),
    }  # fmt: skip
    said: list[start_words.Told] = [("forecast.measured", facts)]
    if entity is not None:
        said = [("forecast.measured_of", {**facts, "entity": entity})]
    if far is not near:
        farther: dict[str, object] = {
            "days": _days_of(far, every), "own": simpler.missed(far.accuracy), "naive": simpler.missed(far.naive),
            "claim": Word(f"forecast_missed.{far.claim}"),
        }  # fmt: skip
        said.append(("forecast.measured_farther", farther))
    simple = simpler.told(near)
    return (*said, *([simple] if simple is not None else []))


def measured_of(found: LevelForecast) -> tuple[start_words.Told, ...]:
    """The same of the level that is shown; of one legal entity by its name."""
    accuracy = [one.measured for one in found.found.accuracy]
    if found.level == "entity" and found.entity:
        return measured(accuracy, found.entity)
    return measured(accuracy, Word(f"forecast_level.{found.level}"), found.entity or None)


def _days_of(one: Accuracy, every: Iterable[Accuracy]) -> str:
    """The days ahead of a band: it begins where the one before ends."""
    before = max((other.last_day for other in every if other.last_day < one.last_day), default=0)
    return f"{before + 1}–{one.last_day}"
