"""What a bookkeeper does in an hour at the reconcile screen: so many lines of every kind, by keys alone."""

from __future__ import annotations

from collections.abc import Callable

from bookkeeper import Bookkeeper

_TURNS = 170
# After so many words somebody pauses, and everything is matched anew while the work goes on.
_PAUSE_AFTER, _PAUSE_SECONDS = 40, 1.5


def clear(keeper: Bookkeeper, wanted: int, one_by_one: int = _TURNS, *, pauses: bool = True) -> None:
    """Clear so many lines, of every kind that is open.

    Args:
        keeper: who does it.
        wanted: how many lines.
        one_by_one: from so many of a kind on the rest is ticked and decided together.
        pauses: whether somebody rests now and then.
    """
    if keeper.go("bank", "single") or keeper.go("bank", "several"):
        _groups(keeper)
    rested = 0
    for (leg, work), words in _words_of(keeper).items():
        if len(keeper.done) >= wanted or not keeper.go(leg, work):
            continue
        group = keeper.view.lines.group
        if len(keeper.view.lines.items) > 1:
            keeper.down()
            keeper.up()
        for turn in range(_TURNS):
            if len(keeper.done) >= wanted or keeper.view.lines.group != group or not keeper.view.lines.items:
                break
            if pauses and len(keeper.done) - rested >= _PAUSE_AFTER:
                rested = len(keeper.done)
                keeper.rest(_PAUSE_SECONDS)
            if turn >= one_by_one and work in ("single", "till_only", "wallet_only"):
                keeper.together(min(20, wanted - len(keeper.done)))
                continue
            words[turn % len(words)]()
            if turn == 1:
                keeper.undo()


def _groups(keeper: Bookkeeper) -> None:
    """An answer accepted and taken back, a line found by its amount, and two groups put together."""
    keeper.accept()
    keeper.undo()
    amount = f"{keeper.current().amount:f}"
    assert keeper.find(amount) >= 1
    keeper.match(2)
    keeper.match(3)


def _words_of(keeper: Bookkeeper) -> dict[tuple[str, str], tuple[Callable[[], None], ...]]:
    """What is said on each kind of work, in turn."""
    return {
        ("bank", "single"): (keeper.accept,),
        ("bank", "several"): (keeper.accept,),
        ("bank", "no_candidate"): (keeper.explain,),
        ("bank", "late"): (keeper.expect, keeper.explain),
        ("bank", "bank_amount"): (keeper.explain,),
        ("till", "till_only"): (keeper.explain, keeper.expect),
        ("till", "wallet_only"): (keeper.explain,),
        ("till", "duplicate"): (keeper.leave_out,),
        ("till", "refund"): (keeper.explain,),
        ("till", "amount"): (keeper.explain,),
        ("till", "store"): (keeper.explain,),
        ("till", "cash"): (keeper.explain,),
        ("till", "stored_value"): (keeper.explain,),
        ("ledger", "fee"): (keeper.explain,),
        ("payout", "commission"): (keeper.explain,),
    }
