"""How statements join: what a large book makes of a join shows in no small one."""

from __future__ import annotations

import re
from pathlib import Path

import chainbrain

QUERIES = Path(chainbrain.__file__).parent / "database" / "queries"
# A row of any kind joined with the table of its kind, where the kind is a condition of its own.
TWO_CONDITIONS = re.compile(r"left join \S+ (\w+) on (?!\1\.)(\w+)\.record_type = '\w+' and")


def test_rows_of_many_kinds_are_joined_by_one_number() -> None:
    # Where few rows are expected, every one of many is laid beside the whole table: a month's receipts took minutes.
    found = {
        path.name: match.group()
        for path in QUERIES.rglob("*.sql")
        for match in TWO_CONDITIONS.finditer(path.read_text(encoding="utf-8"))
    }
    assert found == {}, "write: on w.wallet_line_id = if(l.record_type = 'wallet_line', l.record_id, null)"
    two, one = (
        "f.record_type = 'payment' and p.payment_id = f.record_id",
        "s.record_type = 'order' and s.record_id = o.id",
    )
    assert TWO_CONDITIONS.search(f"left join base.payments p on {two}")
    assert not TWO_CONDITIONS.search(f"left join base.row_states s on {one}"), "here the other table is made smaller"
