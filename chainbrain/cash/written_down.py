"""What people wrote down for the cash forecast, as it stands: the plan, products, floors, what happens at stores."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain.cash.events import StoreEvent
from chainbrain.cash.ladder_terms import Product
from chainbrain.cash.placements import Placement
from chainbrain.cash.plan import PlanItem
from chainbrain.cash.recurring import Dismissal
from chainbrain.cash.said_paid import SaidPaid

if TYPE_CHECKING:
    from chainbrain.cash.twice import TwiceAnswer
    from chainbrain.database.book import Book


class WrittenDown:
    """Reads it from the book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def plan(self) -> tuple[PlanItem, ...]:
        """What is planned to be paid, as it stands."""
        return tuple(PlanItem(*row) for row in self._book.rows("cash/plan"))

    def dismissed(self) -> tuple[Dismissal, ...]:
        """Steady payments of which a person said that they will not come again."""
        return tuple(Dismissal(*row) for row in self._book.rows("cash/dismissed"))

    def said_paid(self) -> tuple[SaidPaid, ...]:
        """What a person said was paid of the plan, whether the answer holds or not."""
        return tuple(SaidPaid(*row) for row in self._book.rows("cash/said_paid"))

    def told_apart(self) -> tuple[TwiceAnswer, ...]:
        """Which payments of one day a person said come again anyway, or do not."""
        from chainbrain.cash.twice import TwiceAnswer  # noqa: PLC0415

        return tuple(TwiceAnswer(*row) for row in self._book.rows("cash/told_apart"))

    def products(self) -> tuple[Product, ...]:
        """Where idle money may be put, as the owner typed it in."""
        return tuple(Product(*row) for row in self._book.rows("cash/products"))

    def placements(self) -> tuple[Placement, ...]:
        """What lies or lay in products, as the owner typed it in."""
        return tuple(Placement(*row) for row in self._book.rows("cash/placements"))

    def events(self) -> tuple[StoreEvent, ...]:
        """The promotions and closures of stores that the owner knows, as they stand."""
        return tuple(StoreEvent(*row) for row in self._book.rows("cash/events"))

    def stores(self) -> tuple[tuple[str, str, str | None], ...]:
        """Number, name and region of every store of the book."""
        return tuple((key, name, region) for key, name, region, *_days in self._book.rows("cash/stores"))

    def cities(self) -> tuple[str, ...]:
        """The cities that the book has stores in."""
        return tuple(city for (city,) in self._book.rows("cash/cities"))

    def floors(self) -> dict[str | None, Decimal]:
        """What must stay in the accounts, by legal entity; under nothing for the whole chain."""
        return dict(self._book.rows_of("select entity, amount from base.standing_cash_floors"))

    def bands(self) -> dict[str | None, Decimal]:
        """What must stay when idle money is put away, by legal entity; where nothing is said the floor does."""
        return dict(self._book.rows_of("select entity, amount from base.standing_cash_bands"))
