"""The answer in one sentence, as a message code with facts: how many stores, and what the next one would break."""

from __future__ import annotations

from chainbrain.errors import Word
from chainbrain.expansion.programme.answer import Answer, Left
from chainbrain.expansion.programme.problem import Breach, Limit
from chainbrain.expansion.programme.projects import month_at
from chainbrain.expansion.result import Note
from chainbrain.money import from_fen

_NUMBERED = (Limit.A_MONTH, Limit.OPENINGS, Limit.MANAGED, Limit.REGION_MOST, Limit.REGION_LEAST, Limit.EXCLUSIVE)


def verdict(answer: Answer) -> Note:
    """What the owner should take away: "4 can be opened; the 5th breaks July by 63,000"."""
    if answer.plan is None and not answer.proven:
        return Note("expansion.programme.undecided", {"rounds": str(answer.rounds)})
    if answer.plan is None:
        broken = answer.breaches[0] if answer.breaches else None
        if broken is None:
            return Note("expansion.programme.none", {})
        return Note(f"expansion.programme.none_{_kind(broken)}", _facts(answer, broken))
    following = answer.next_left
    count = str(answer.opened)
    if following is None:
        return Note("expansion.programme.all", {"count": count})
    facts = {"count": count, "next": str(answer.opened + 1), "name": following.name}
    broken = following.breach
    if broken is None:
        return Note("expansion.programme.near", facts)
    return Note(f"expansion.programme.{_kind(broken)}", {**facts, **_facts(answer, broken)})


def proof(answer: Answer) -> Note:
    """How good the plan is, and how good any other could be at most."""
    code = "expansion.programme.proven" if answer.proven else "expansion.programme.unproven"
    return Note(
        code,
        {
            "value": _yuan(answer.value),
            "bound": _yuan(answer.bound),
            "gap": f"{answer.gap * 100:.2f}%",
            "paths": f"{answer.programme.paths:,}",
            "seed": str(answer.programme.seed),
        },
    )


def reason(answer: Answer, left: Left) -> Note:
    """Why one store is not in the plan."""
    broken = left.breach
    if broken is None:
        return Note(f"expansion.left.{left.reason}", {})
    return Note(f"expansion.left.{_kind(broken)}", _facts(answer, broken))


def _kind(breach: Breach) -> str:
    return "limit" if breach.limit in _NUMBERED else breach.limit.value


def _facts(answer: Answer, breach: Breach) -> dict[str, str]:
    month = "" if breach.month is None else f"{month_at(answer.programme, breach.month):%Y-%m}"
    return {"month": month, "by": _yuan(breach.by), "limit": Word(f"expansion.limit.{breach.limit.value}")}


def _yuan(value: int) -> str:
    return f"{from_fen(value):,.2f}"
