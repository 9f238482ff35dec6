"""Master tables: the latest row of a store or contract counts, whatever the order in which the rows were written."""

from __future__ import annotations

from itertools import permutations

from chainbrain.database.book import Book

ROWS = (
    # name, row, entry, line: the third and fourth stand on the same line of two tables of the same import
    ("first import", 1, 3, 9),
    ("second import, above", 2, 4, 2),
    ("second import, one file", 3, 4, 5),
    ("second import, other file", 4, 4, 5),
)


def uuid(number: int) -> str:
    return f"00000000-0000-0000-0000-{number:012d}"


def test_the_latest_row_of_a_store_and_of_a_contract_does_not_depend_on_the_order_of_writing() -> None:
    names, entities = set(), set()
    for order in permutations(ROWS):
        book = Book.in_memory()
        for name, row, entry, line in order:
            book.execute(
                "insert into base.stores by name select 'S1' as code, $name as name, cast($row as uuid) as row_id, "
                "cast($row as uuid) as file_id, cast($line as bigint) as line, cast($entry as bigint) as entry_id",
                name=name, row=uuid(row), line=line, entry=entry,
            )  # fmt: skip
            book.execute(
                "insert into base.accounts by name select cast($row as uuid) as row_id, "
                "cast($account as uuid) as account_id, 'wechat' as channel, '160' as merchant_no, "
                "$name as legal_entity, cast($row as uuid) as file_id, "
                "cast($line as bigint) as line, cast($entry as bigint) as entry_id",
                account=uuid(7), name=name, row=uuid(row), line=line, entry=entry,
            )  # fmt: skip
        names.add(book.one_of("select name from stores")[0])
        entities.add(book.one_of("select legal_entity from merchant_accounts")[0])
        book.close()
    assert names == entities == {"second import, other file"}
