"""ChainBrain (链脑): the offline funds brain of a multi-store chain."""

__version__ = "0.1.0"
