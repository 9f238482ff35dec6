"""The window of ChainBrain: Qt widgets over the engine's frozen dataclasses."""
