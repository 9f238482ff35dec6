"""Corporate bank statements in all known layouts: one line per movement, proven by the running balance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from chainbrain.importers.banks import bank_layouts, bank_statement
from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.tables.layout import Layout


class BankCorporate(Importer):
    """The layout says which columns there are; their parts follow from the names."""

    format = "bank-corporate"
    layouts: ClassVar[tuple[Layout, ...]] = bank_layouts.LAYOUTS

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One bank line per row; money in is positive."""
        return bank_statement.read(sheets, bank_layouts.PARTS, context)
