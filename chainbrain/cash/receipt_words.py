"""What has to be said beside receipts to come, wherever they are shown: codes of ``texts`` with their facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainbrain.cash import start_words
from chainbrain.errors import Word

if TYPE_CHECKING:
    from chainbrain.cash.receipts import ReceiptsForecast


def told(found: ReceiptsForecast) -> tuple[start_words.Told, ...]:
    """On what the estimates rest where that is not the usual way; nothing while it is."""
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
    return (*said, *start_words.told(found.starts, found.unknown))
