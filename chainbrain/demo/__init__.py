"""The seeded demo chain: real export dialects in ``exports``, and the truth about them in ``truth``.

``truth/matches.csv`` lists which rows belong together (``inner`` expects, ``outer`` confirms); a pair stands there even
when something about it differs, such as its amount. ``truth/differences.csv`` lists what was injected, with the effect
on the business. Files are named by their path below ``exports`` (``a.zip!b.csv`` for a member), lines count from 1 with
everything above the table. ``truth/files.csv`` holds rows and control totals per table, ``truth/totals.csv`` sums per
channel. Nothing in ``exports`` tells the answers.
"""

from chainbrain.demo.chain import LAST_DAY, DemoChain, generate

__all__ = ["LAST_DAY", "DemoChain", "generate"]
