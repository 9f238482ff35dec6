"""One case under draw: its seed and knobs, the terms agreed, and the marks of what was touched so far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chainbrain.demo.adversary.knobs import Knobs
from chainbrain.demo.adversary.marks import Marks
from chainbrain.demo.adversary.terms import Terms
from chainbrain.demo.draws import Flags, chance, stream


@dataclass(frozen=True)
class Case:
    """What every part of a draw needs to know."""

    seed: int
    knobs: Knobs
    terms: Terms
    marks: Marks

    def stream(self, part: str) -> np.random.Generator:
        """A generator for one part: turning a knob leaves the draws of the others as they were."""
        return stream(self.seed, f"adversary {part}")

    def drawn(self, knob: str, size: int) -> Flags:
        """Which of ``size`` records a knob touches."""
        return chance(self.stream(knob), getattr(self.knobs, knob), size)
