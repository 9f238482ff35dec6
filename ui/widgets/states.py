"""The states a thing can be in: icon and colours, the same everywhere."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StateLook:
    """Icon name and the tokens of text, ground and bar of one state."""

    icon: str
    text: str
    ground: str
    fill: str


MATCHED = "matched"
TIMING = "timing"
DIFFERENCE = "difference"
EXCLUDED = "excluded"
NEW = "new"
SEVERAL = "several"
BROKEN = "broken"
READY = "ready"
NEUTRAL = "neutral"

FOUR_STATES = (MATCHED, TIMING, DIFFERENCE, EXCLUDED)

_LOOKS = {
    MATCHED: StateLook("tick", "matched", "matched_bg", "matched_fill"),
    TIMING: StateLook("clock", "timing", "timing_bg", "timing_fill"),
    DIFFERENCE: StateLook("alert", "difference", "difference_bg", "difference_fill"),
    EXCLUDED: StateLook("dash", "excluded", "excluded_bg", "excluded_fill"),
    NEW: StateLook("plus", "accent", "selected", "accent"),
    READY: StateLook("tick", "accent", "selected", "accent"),
    SEVERAL: StateLook("dots", "timing", "timing_bg", "timing_fill"),
    BROKEN: StateLook("cross", "difference", "difference_bg", "difference_fill"),
    NEUTRAL: StateLook("", "text2", "sunken", "excluded_fill"),
    "warning": StateLook("triangle", "timing", "timing_bg", "timing_fill"),
    "info": StateLook("info", "accent", "selected", "accent"),
    "seen": StateLook("dash", "excluded", "excluded_bg", "excluded_fill"),
    "suspect": StateLook("clock", "timing", "timing_bg", "timing_fill"),
}


def look(state: str) -> StateLook:
    """Return the look of a state; an unknown one is neutral."""
    return _LOOKS.get(state, _LOOKS[NEUTRAL])
