"""How large the inputs of a store may be: all sums of the simulation have to stay inside 64-bit numbers of fen."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

LARGEST_INVESTMENT: Final = Decimal(100_000_000)
LARGEST_MONTH: Final = Decimal(20_000_000)
LARGEST_BALANCE: Final = LARGEST_INVESTMENT * 100
LONGEST_LIFE: Final = 120
LONGEST_DELAY: Final = 24
HIGHEST_RAMP: Final = Decimal(2)
WIDEST_GAP: Final = Decimal(3)
MOST_PATHS: Final = 100_000
MOST_ENTRIES: Final = 60
"""Entries of one list: items of the investment, steps of the rent, rules of tax."""
LONGEST_LAG: Final = Decimal(30)
"""Days until sales are in the bank; what arrives later than a month is no settlement."""
