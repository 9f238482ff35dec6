"""What has to be said of a plan of idle money before its sums: that nothing may go yet, who is short, whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chainbrain.cash.idle import Idle
    from chainbrain.cash.start_words import Told


def leads(found: Idle) -> tuple[Told, ...]:
    """Codes of ``texts`` with their facts, the weightiest first."""
    said: list[Told] = []
    placing = found.placing
    if placing is not None and found.never_kept:
        facts: dict[str, object] = {"scenarios": placing.scenarios, "safety": f"¥{placing.safety:,.2f}"}
        said.append(("cash.idle_not_yet", facts))
    if found.short:
        names = tuple(f"{one.name} {one.day} ¥{one.amount:,.2f}" for one in found.short)
        said.append(("cash.idle_company_short", {"names": names}))
    if found.together:
        said.append(("cash.idle_together", {}))
    return tuple(said)
