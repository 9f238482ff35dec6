"""Pages of one list of the engine, as the table wants them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from ui.views.listing.columns import Row

if TYPE_CHECKING:
    from chainbrain.database.pages import Pages


class ListSource:
    """Asked by the reading worker."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return self._pages.count

    def page(self, number: int) -> list[Row]:
        """The rows of a page."""
        return self._pages.page(number)

    def totals(self, columns: Sequence[str]) -> tuple[Decimal, ...]:
        """Some columns added up over all rows."""
        return tuple(self._pages.total(column) for column in columns)

    def close(self) -> None:
        """Let the order of the rows go."""
        self._pages.close()
