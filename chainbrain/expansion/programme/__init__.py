"""Which stores of a list to open, when, and what the chain can afford: exactly, with the proof."""

from chainbrain.expansion.programme.answer import Answer
from chainbrain.expansion.programme.inputs import Programme, something_to_plan
from chainbrain.expansion.programme.run import run

__all__ = ["Answer", "Programme", "run", "something_to_plan"]
