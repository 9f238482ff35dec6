"""What has to be said beside past openings: how wrong the figures were, of how many, and what that is worth."""

from __future__ import annotations

from chainbrain.expansion.areas.feedback import LEAST_OPENINGS, Correction
from chainbrain.expansion.areas.notes import Note, percent
from chainbrain.expansion.past import LEAST_PAST, Past, Score
from chainbrain.expansion.ranges import Basis


def of_past(found: Past) -> tuple[Note, ...]:
    """Of sales and ramps; fewer openings than say anything are told as such."""
    if not found.openings:
        return (Note("past.no_openings", {}),)
    said = [_score("past.level", found.level), _score("past.ramp", found.ramp)]
    assumed = sum(
        any(part is not None and part.basis is Basis.ASSUMED for part in (one.level, one.ramp))
        for one in found.openings
    )
    if assumed:
        said.append(Note("past.assumed", {"count": assumed}))
    return tuple(said)


def of_losses(found: Past, losses: Correction) -> tuple[Note, ...]:
    """Of what neighbours were predicted to lose, and whether the next prediction is corrected by it."""
    left_out = len(found.openings) - len(losses.openings)
    said = [_correction(losses)]
    if left_out > 0:
        said.append(Note("past.losses_left_out", {"count": left_out}))
    return tuple(said)


def _correction(losses: Correction) -> Note:
    if losses.ratio is None:
        return Note("past.correction_none", {})
    facts = {"openings": len(losses.openings), "ratio": percent(losses.ratio), "least": LEAST_OPENINGS}
    return Note("past.correction" if losses.applied else "past.correction_few", facts)


def _score(code: str, score: Score) -> Note:
    if score.error is None:
        return Note(f"{code}_none", {})
    facts = {
        "openings": score.openings, "error": percent(float(score.error)), "inside": score.inside, "least": LEAST_PAST,
    }  # fmt: skip
    return Note(code if score.enough else f"{code}_few", facts)
