"""The seeded demo chain: real export dialects and the truth about them."""

from chainbrain.demo.chain import LAST_DAY, DemoChain, generate

__all__ = ["LAST_DAY", "DemoChain", "generate"]
