"""Columns that cross into a book: the ones a statement asks for, from the first time in a process on."""

from __future__ import annotations

import subprocess
import sys

import pytest

ASKS = """
import polars as pl
from chainbrain.database.book import Book
from chainbrain.database.connecting import connect

book = Book(connect(':memory:'))
with book.loaded("frame", pl.DataFrame({"a": ["a1", "a2"], "b": ["b1", "b2"], "c": ["c1", "c2"]})):
    print(book.rows_of("select b, c from frame order by b"))
    print(book.rows_of("select c from frame where a = 'a2'"))
"""


@pytest.mark.parametrize("before", ["", "import pyarrow\n", "import pyarrow.dataset\n"])
def test_the_first_statement_of_a_process_reads_the_columns_it_asks_for(before: str) -> None:
    """In a process of its own: what is loaded once hides how the first answer came about."""
    done = subprocess.run([sys.executable, "-c", before + ASKS], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[('b1', 'c1'), ('b2', 'c2')]", "[('c2',)]"]
    assert done.stderr == ""


def test_what_is_not_there_is_missed_in_the_usual_way() -> None:
    asks = (
        "import chainbrain.database.connecting, contextlib\n"
        "with contextlib.suppress(ModuleNotFoundError):\n    import pandas\nprint('said')"
    )
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "said"
