"""What a replay of idle money proves and what it does not, the same words on the screen, in the report, in the command.

A plan that earned less than a simpler way has to say so; and over few days none of them is proven better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chainbrain.errors import Word

if TYPE_CHECKING:
    from chainbrain.cash.book_replay import BookReplay, ReplayedWay
    from chainbrain.cash.start_words import Told

JUDGED: Final = 91
"""From so many replayed days on one way is said to be better than another: each quarter brings its taxes once."""
_PLAN: Final = "plan"
_FORESIGHT: Final = "foresight"


def told(found: BookReplay) -> tuple[Told, ...]:
    """Whether it can be judged, who earned more than the plan, and over which days all of it is counted."""
    said: list[Told] = []
    plan = next(one for one in found.ways if one.key == _PLAN)
    if found.days < JUDGED:
        said.append(("cash.replay_unjudged", {"days": found.days, "least": JUDGED}))
    better = better_than_plan(found)
    said.extend(_lost(plan, one) for one in better)
    if not better and found.days >= JUDGED:
        said.append(("cash.replay_best", {"earned": f"{plan.earned:,.2f}", "broken": plan.broken}))
    said.append(("cash.replay_same_days", {"days": found.days, "first": found.first, "last": found.last}))
    return tuple(said)


def better_than_plan(found: BookReplay) -> tuple[ReplayedWay, ...]:
    """The simpler ways that earned more, the best first; what nobody can do is none."""
    plan = next(one for one in found.ways if one.key == _PLAN)
    simple = (one for one in found.ways if one.key not in {_PLAN, _FORESIGHT})
    return tuple(sorted((one for one in simple if one.earned > plan.earned), key=lambda one: (-one.earned, one.key)))


def _lost(plan: ReplayedWay, one: ReplayedWay) -> Told:
    facts: dict[str, object] = {
        "way": Word(f"replay_way.{one.key}"), "more": f"{one.earned - plan.earned:,.2f}",
        "earned": f"{one.earned:,.2f}", "own": f"{plan.earned:,.2f}", "broken": one.broken, "own_broken": plan.broken,
    }  # fmt: skip
    return ("cash.replay_lost" if one.broken <= plan.broken else "cash.replay_lost_broken"), facts
