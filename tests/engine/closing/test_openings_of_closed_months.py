"""An opening balance moves no month that was closed without it: what that month counted stays counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from chainbrain import texts
from chainbrain.errors import UserError
from tests.engine.closing.closing_book import AUGUST, SEPTEMBER, Chain, M, an_august
from tests.engine.reconciliation.reconcile_book import ident, yuan

NOTHING = """
create or replace view base.opening_days as
select null::varchar as channel, null::varchar as merchant, null::date as day, null::date as transit_day where false
"""


def told(chain: Chain) -> tuple[Decimal, Decimal]:
    """August's closing figure, and what September cannot show."""
    room = chain.workspace.closing
    return room.transit(AUGUST).closing, room.transit(SEPTEMBER).gap


@pytest.mark.parametrize("day", [SEPTEMBER, date(2026, 8, 20)])
def test_an_opening_that_comes_after_the_close_leaves_the_closed_month(tmp_path: Path, day: date) -> None:
    chain = an_august(tmp_path / "链.chainbrain").closed(AUGUST)
    chain.sale("P9", "500.00", date(2026, 9, 3)).reconciled()
    before = told(chain)
    chain.batch("late")
    chain.insert(
        "openings", opening_id=ident("opening", 2), kind="wallet", account_no=M, day=day, balance=yuan("900.00"),
        file_id=chain.file("late"), line=chain.line(),
    )  # fmt: skip
    chain.reconciled()
    assert told(chain) == before
    assert before[1] == 0
    assert chain.sound()
    chain.workspace.close()


def test_a_month_closed_before_openings_contained_anything_goes_on_as_it_was(tmp_path: Path) -> None:
    chain = Chain(tmp_path / "链.chainbrain").opened("900.00", date(2026, 8, 20))
    ((now,),) = chain.book.rows_of("select sql from duckdb_views() where view_name = 'opening_days'")
    chain.book.execute(NOTHING)
    chain.sale("P1", "1100.00", date(2026, 8, 3)).sale("P2", "1200.00", date(2026, 8, 25))
    chain.drawn("W1", "600.00", date(2026, 8, 31), arrives=date(2026, 9, 1)).reconciled().closed(AUGUST)
    chain.book.execute("insert into base.uncontained_closes select entry_id from base.standing_closes")
    chain.book.execute(now.replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1))
    chain.sale("P9", "500.00", date(2026, 9, 3)).reconciled()
    assert told(chain)[1] == 0
    chain.workspace.reopen_month(AUGUST, "老板", "期初以后重算")
    assert chain.workspace.closing.transit(AUGUST).gap == 0
    assert chain.workspace.closing.transit(AUGUST).total("gross") == yuan("1200.00")
    chain.workspace.close()


def test_an_opening_of_a_closed_month_is_not_imported_until_the_month_is_opened_again(tmp_path: Path) -> None:
    chain = an_august(tmp_path / "链.chainbrain").closed(AUGUST)
    table = tmp_path / "期初余额.csv"
    imports = chain.workspace.imports

    def take(day: str) -> None:
        table.write_text(f"类型,渠道或账号,门店编号,日期,余额\n钱包,{M},,{day},900.00\n", encoding="utf-8")
        plan = imports.plan([table])
        assert [one.outcome for one in plan.files] == ["imported"]
        imports.apply(plan)

    known = chain.book.rows_of("select count(*) from base.openings")
    with pytest.raises(UserError, match=r"close\.day_closed") as refused:
        take("2026-08-20")
    assert (refused.value.facts["month"], refused.value.facts["first"]) == ("2026-08", SEPTEMBER)
    assert chain.book.rows_of("select count(*) from base.openings") == known
    take("2026-09-02")
    chain.workspace.reopen_month(AUGUST, "老板", "补期初")
    take("2026-08-20")
    assert chain.book.rows_of("select count(*) from base.openings") == [(known[0][0] + 2,)]
    chain.workspace.close()


def test_an_opening_that_counts_a_number_twice_is_not_imported(tmp_path: Path) -> None:
    chain = an_august(tmp_path / "链.chainbrain")
    chain.account("wechat", "1900000077", "S1")
    imports = chain.workspace.imports
    known = chain.book.rows_of("select count(*) from base.openings")

    def take(*lines: str) -> None:
        table = tmp_path / "期初余额.csv"
        table.write_text("\n".join(("类型,渠道或账号,门店编号,日期,余额", *lines)) + "\n", encoding="utf-8")
        imports.apply(imports.plan([table]))

    whole, one, other = (
        "钱包,微信,S1,2026-08-20,900.00",
        f"钱包,{M},,2026-08-25,300.00",
        "钱包,1900000077,,2026-08-25,1.00",
    )
    with pytest.raises(UserError, match=r"import\.opening_twice") as refused:
        take(whole, one)
    assert refused.value.facts["numbers"] == (M,)
    assert chain.book.rows_of("select count(*) from base.openings") == known
    take(whole)
    with pytest.raises(UserError, match=r"import\.opening_twice"):
        take(one)
    take(one, other)
    chain.workspace.close()


def test_what_an_import_brings_of_closed_months_is_said_before_it_is_written(tmp_path: Path) -> None:
    chain = an_august(tmp_path / "链.chainbrain").closed(AUGUST)
    imports = chain.workspace.imports
    openings = tmp_path / "期初余额.csv"
    openings.write_text(f"类型,渠道或账号,门店编号,日期,余额\n钱包,{M},,2026-09-01,900.00\n", encoding="utf-8")
    late = tmp_path / "往来.csv"
    lines = ("2026-08-30,S1,采购,10.00,A1,", "2026-08-31,S1,采购,20.00,A2,", "2026-09-01,S1,采购,30.00,A3,")
    late.write_text("\n".join(("日期,门店编号,类型,金额,单号,备注", *lines)) + "\n", encoding="utf-8")
    told = {note.code: note.facts for file in imports.plan([openings, late]).files for note in file.notes}
    assert told == {
        "import.opening_on_locked": {"day": SEPTEMBER, "amount": "900.00", "month": "2026-08"},
        "import.prior_rows": {"rows": 2, "months": ("2026-08",), "open": "2026-09"},
    }
    assert "2 行属已结账的 2026-08，计入 2026-09 的前期项" in texts.message(
        "import.prior_rows", "zh", **told["import.prior_rows"]
    )
    chain.workspace.reopen_month(AUGUST, "老板", "补录")
    assert [note for file in imports.plan([openings, late]).files for note in file.notes] == []
    chain.workspace.close()
