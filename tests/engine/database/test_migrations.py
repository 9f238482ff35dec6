"""The steps of the schema: each number once, none left out, and a book runs through all of them."""

from __future__ import annotations

from chainbrain.database import migrate
from chainbrain.database.book import Book


def test_every_step_has_its_own_number_and_none_is_left_out() -> None:
    """Two steps of one number would leave a book that has the first without the second."""
    numbers = [number for number, _ in migrate.steps()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_new_book_is_at_the_newest_step() -> None:
    assert migrate.version(Book.in_memory()) == migrate.newest()
