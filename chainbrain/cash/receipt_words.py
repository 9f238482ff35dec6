"""What has to be said beside receipts to come, wherever they are shown: codes of ``texts`` with their facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from chainbrain.cash import holidays_ahead, start_words
from chainbrain.cash.basis import ReceiptsBasis
from chainbrain.errors import Word

if TYPE_CHECKING:
    from chainbrain.cash.forecast.levels import Accuracy
    from chainbrain.cash.receipts import ReceiptsForecast
    from chainbrain.cash.receipts_level import LevelForecast


def told(found: ReceiptsForecast | ReceiptsBasis) -> tuple[start_words.Told, ...]:
    """On what estimates rest where that is not the usual way, at the stores or at the bank; nothing while it is."""
    said: list[start_words.Told] = []
    if found.filled_days:
        said.append(("forecast.filled", {"count": found.filled_days}))
    if found.fallback:
        said.append(("forecast.fallback", {"method": Word(f"forecast_method.{found.fallback}")}))
    if found.spring_assumed:
        said.append(("forecast.spring_assumed", {}))
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


def weekly(accuracy: Iterable[Accuracy]) -> Accuracy | None:
    """How well weeks were foreseen in the nearest band of days; nothing where the past is too short."""
    return next((one for one in accuracy if one.grain.value == "week"), None)
