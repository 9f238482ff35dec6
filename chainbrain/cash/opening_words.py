"""On which days the balances are known that a cash forecast begins with: codes of ``texts`` with their facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainbrain.cash.accounts import awake
from chainbrain.masking import masked

if TYPE_CHECKING:
    from chainbrain.cash.accounts import Account
    from chainbrain.cash.outlook import CashOutlook
    from chainbrain.cash.start_words import Told


def told(outlook: CashOutlook, entity: str | None) -> tuple[Told, ...]:
    """Up to which day each account is known, and what is taken of the days since; nothing where all end on one day."""
    ends = outlook.ends(entity)
    if not ends:
        return ()
    said: list[Told] = [("cash.ends", {"accounts": tuple(_on(one) for one in ends)})]
    moved = [one for one in ends if one.moved]
    if moved:
        amounts = tuple(f"{masked(one.number)} {one.moved:+,.2f}" for one in moved)
        said.append(("cash.ends_moved", {"accounts": amounts}))
    resting = [one for one in ends if one.number not in awake(outlook.accounts)]
    if resting:
        said.append(("cash.ends_resting", {"accounts": tuple(_on(one) for one in resting)}))
    return tuple(said)


def _on(account: Account) -> str:
    return f"{masked(account.number)} {account.day}"
