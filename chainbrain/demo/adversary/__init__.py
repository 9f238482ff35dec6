"""Books of facts made to mislead: wallets that pay straight to the bank, without a ledger and without batch numbers.

``draw`` gives the tables of schema ``base`` and the truth about them: what each deposit pays, which tender is which
payment, what was planted. ``Knobs`` says what is odd, ``KNOTS`` names combinations worth keeping. The shape of a plain
book: every store has two merchant numbers with trade bills, one deposit comes per merchant and settlement day, net of
fees, many stores share a bank account, and three deposits of ten name nothing.
"""

from chainbrain.demo.adversary.drawing import Draw, draw
from chainbrain.demo.adversary.facts import Facts
from chainbrain.demo.adversary.knobs import Knobs
from chainbrain.demo.adversary.truth import Truth

__all__ = ["Draw", "Facts", "Knobs", "Truth", "draw"]
