"""The cash room of one open book: what the stores will take in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.calendar import Calendar
    from chainbrain.cash.receipts import ReceiptsForecast
    from chainbrain.database.book import Book


class CashRoom:
    """Reads the book, never writes to it."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def forecast(self, calendar: Calendar, horizon: int = 28, report: Report = silent) -> ReceiptsForecast:
        """Forecast the receipts of the days after the last one with sales; see ``receipts.forecast``."""
        # What computes is loaded only when something is forecast.
        from chainbrain.cash import receipts  # noqa: PLC0415

        return receipts.forecast(self._book, calendar, horizon, report)
