"""All parts of one draw side by side, before they become tables and answers."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from chainbrain.demo.adversary.case import Case
from chainbrain.demo.adversary.deposits import Deposits
from chainbrain.demo.adversary.numbers import Numbers
from chainbrain.demo.adversary.payouts import Payouts
from chainbrain.demo.draws import Flags


@dataclass(frozen=True)
class Parts:
    """``copies`` are rows that a bill repeats, ``worded`` the bank lines with memos, ``there`` the days with a bill."""

    case: Case
    numbers: Numbers
    payouts: Payouts
    copies: pl.DataFrame
    worded: pl.DataFrame
    deposits: Deposits
    tenders: pl.DataFrame
    there: Flags
