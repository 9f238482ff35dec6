"""On which days the balances are known that a cash forecast begins with: codes of ``texts`` with their facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainbrain.cash.accounts import awake
from chainbrain.cash.outlook import ZERO
from chainbrain.masking import masked

if TYPE_CHECKING:
    from chainbrain.cash.accounts import Account
    from chainbrain.cash.outlook import CashOutlook
    from chainbrain.cash.start_words import Told


def told(outlook: CashOutlook, entity: str | None) -> tuple[Told, ...]:
    """Up to which day each account is known, and what is taken of the days since; no days where all end on one."""
    ends = outlook.ends(entity)
    said: list[Told] = [("cash.ends", {"accounts": tuple(_on(one) for one in ends)})] if ends else []
    moved = [one for one in outlook.accounts if one.moved and entity in {None, one.entity}]
    if moved:
        amounts = tuple(f"{masked(one.number)} {one.moved:+,.2f}".replace("-", "−") for one in moved)
        said.append(("cash.ends_moved", {"accounts": amounts}))
    unseen = sum((amount for of, amount in outlook.unseen if entity in {None, of}), ZERO)
    if unseen:
        said.append(("cash.ends_unseen", {"amount": f"{unseen:,.2f}"}))
    resting = [one for one in ends if one.number not in awake(outlook.accounts)]
    if resting:
        said.append(("cash.ends_resting", {"accounts": tuple(_on(one) for one in resting)}))
    return tuple(said)


def _on(account: Account) -> str:
    return f"{masked(account.number)} {account.day}"
