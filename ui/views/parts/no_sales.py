"""What a screen of figures shows while the book has no sales, or none that were matched."""

from __future__ import annotations

from ui.widgets import EmptyState


class NoSales(EmptyState):
    """``acted`` leads to reconciliation, or else to the import."""

    def set_state(self, *, unmatched: bool, note: str) -> None:
        """Set every text.

        Args:
            unmatched: files are there whose rows were not matched yet.
            note: which files this screen needs, where there are none.
        """
        if unmatched:
            self.set_texts(
                self.tr("Imported, not reconciled yet"),
                self.tr("The figures stand here as soon as the rows have been matched."),
                self.tr("To reconciliation"),
            )
        else:
            self.set_texts(self.tr("No sales yet"), note, self.tr("To import"))
