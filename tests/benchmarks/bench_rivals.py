"""What other ways of matching make of rows that carry no key: right and wrong matches of each, over the same books.

Run with ``python3 packaging/dev.py bench rivals``; options: --seeds N (2), --stores N (16). Two things without
a key are matched: deposits whose memo names nothing, and tenders without a number. Beside ours stand a greedy
engine that takes the first answer that fits, and the record linkage of splink where it is installed (it is no
dependency of this project: ``pip install --target DIR splink pandas`` and PYTHONPATH=DIR). Rivals are handed
the payouts that our habits worked out.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support"), str(ROOT / "tests" / "benchmarks")]

import adversary_book  # noqa: E402

from chainbrain.database.book import Book  # noqa: E402
from chainbrain.demo.adversary import Draw, Knobs, draw  # noqa: E402
from chainbrain.demo.adversary.knots import EVERYTHING  # noqa: E402
from chainbrain.reconciliation.reconcile import reconcile  # noqa: E402

STATEMENTS = Path(__file__).parent / "reference"
CASES: dict[str, Knobs] = {
    "plain": Knobs(keyless=300),
    "equal prices": Knobs(keyless=300, equal_amounts=500, twins=20, sales=12, equal_batches=30),
    "near collisions": Knobs(keyless=300, near_collisions=60, memo_named=300),
    "everything": replace(EVERYTHING, keyless=300),
}
OURS = """
select cast(i.record_id as varchar) as tender_id, cast(o.record_id as varchar) as payment_id
from main.matches m
join main.match_members i on i.match_id = m.match_id and i.side = 'inner'
join main.match_members o on o.match_id = m.match_id and o.side = 'outer'
where m.kind = 'tender_payment' and m.state = 'confirmed' and {}
"""
Deposits = list[tuple[str, list[str]]]
Pairs = list[tuple[str, str]]


def laid_out(book: Book, drawn: Draw) -> None:
    """What the rivals see: deposits that name nothing, tenders without a number, and what may answer them."""
    nothing = drawn.truth.deposits.filter(pl.col("names") == "nothing")["bank_line_id"]
    with book.loaded("incoming", pl.DataFrame({"id": nothing})):
        book.execute("create or replace temp table silent_lines as select id::uuid as id from incoming")
    book.execute("create or replace temp table nameless_tenders as select tender_id from base.tenders "
                 "where nullif(reference, '') is null and method not in ('cash', 'stored_value')")  # fmt: skip
    claimed = OURS.format("m.stage <> 'amount_and_time'")
    book.execute(
        "create or replace temp table unclaimed_payments as select payment_id from base.payments "
        f"where payment_id::varchar not in (select payment_id from ({claimed}))"
    )
    for name in ("rival_deposits", "rival_tenders"):
        for statement in (STATEMENTS / f"{name}.sql").read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                book.execute(statement)


def first_hit(candidates: Iterable[tuple[str, list[str]]]) -> Deposits:
    """Each in its order takes the first answer of which nothing is taken yet."""
    taken: set[str] = set()
    found: dict[str, list[str]] = {}
    for one, records in candidates:
        if one not in found and not taken.intersection(records):
            found[one] = records
            taken.update(records)
    return list(found.items())


def greedy_deposits(book: Book) -> Deposits:
    rows = book.rows_of("from reference.candidates")
    return first_hit((str(line), [str(one) for one in many]) for line, many, _ in rows)


def greedy_tenders(book: Book) -> Pairs:
    pairs = first_hit((str(tender), [str(payment)]) for tender, payment, _ in book.rows_of("from reference.pairs"))
    return [(tender, payment) for tender, (payment,) in pairs]


def our_deposits(book: Book) -> Deposits:
    found: dict[str, list[str]] = {}
    for line, settlement in book.rows_of(
        "select cast(o.record_id as varchar), cast(i.record_id as varchar) from main.matches m "
        "join main.match_members i on i.match_id = m.match_id and i.side = 'inner' "
        "join main.match_members o on o.match_id = m.match_id and o.side = 'outer' "
        "where m.kind = 'settlement_bank' and m.state = 'confirmed' and o.record_id in (from silent_lines)"
    ):
        found.setdefault(line, []).append(settlement)
    return list(found.items())


def our_tenders(book: Book) -> Pairs:
    return book.rows_of(OURS.format("m.stage = 'amount_and_time'"))  # type: ignore[return-value]


def judged_deposits(book: Book, found: Deposits, drawn: Draw) -> tuple[int, int]:
    """Right and wrong deposits; right are those whose payments are the true ones, to the last."""
    fen = dict(
        book.rows_of(
            "select cast(settlement_id as varchar), cast(round(net * 100) as bigint) from base.settlements "
            "union all select cast(bank_line_id as varchar), cast(amount * 100 as bigint) from base.bank_lines"
        )
    )
    rows = [(line, "confirmed", 1, "outer", "bank_line", line, fen[line]) for line, _ in found]
    rows += [(line, "confirmed", 1, "inner", "settlement", one, fen[one]) for line, many in found for one in many]
    names = ("match_id", "state", "solutions", "side", "record_type", "record_id", "fen")
    told, wrong = adversary_book.judged(book, pl.DataFrame(rows, schema=names, orient="row"), drawn.truth)
    right = told.filter(pl.col("same_amount") & (pl.col("wrong") == 0) & (pl.col("right") > 0))
    return right["bank_line_id"].n_unique(), len(wrong)


def judged_tenders(found: Pairs, drawn: Draw) -> tuple[int, int]:
    """Right and wrong pairs; a row that a bill repeats stands for the row that it repeats."""
    same = dict(drawn.truth.payments.drop_nulls("same_as").select("payment_id", "same_as").iter_rows())
    true = set(drawn.truth.links.select("tender_id", "payment_id").iter_rows())
    right = sum((tender, same.get(payment, payment)) in true for tender, payment in found)
    return right, len(found) - right


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--stores", type=int, default=16)
    options = parser.parse_args()
    engines: dict[str, tuple[Callable[[Book], Deposits], Callable[[Book], Pairs]]] = {
        "ours": (our_deposits, our_tenders), "greedy": (greedy_deposits, greedy_tenders),
    }  # fmt: skip
    if importlib.util.find_spec("splink") is None or importlib.util.find_spec("pandas") is None:
        print("splink is not installed: not measured")
    else:
        import rival_splink

        engines["splink"] = (rival_splink.deposits, rival_splink.tenders)
    for case, knobs in CASES.items():
        sums: dict[str, Counter[str]] = {name: Counter() for name in engines}
        silent = nameless = 0
        for seed in range(1, options.seeds + 1):
            drawn = draw(seed, knobs, options.stores, 28)
            book = adversary_book.load(drawn)
            reconcile(book)
            laid_out(book, drawn)
            silent += int(book.one_of("select count(*) from reference.silent")[0])
            nameless += int(book.one_of("select count(*) from reference.nameless")[0])
            for name, (deposits, tenders) in engines.items():
                of_bank, of_till = deposits(book), tenders(book)
                for what, (right, wrong) in (
                    ("deposit", judged_deposits(book, of_bank, drawn)), ("tender", judged_tenders(of_till, drawn)),
                ):  # fmt: skip
                    sums[name].update({f"{what} right": right, f"{what} wrong": wrong})
            book.close()
        print(f"{case}: {silent:,} deposits that name nothing, {nameless:,} tenders without a number")
        for name, told in sums.items():
            words = ", ".join(
                f"{what}s {told[f'{what} right']:,} right {told[f'{what} wrong']:,} wrong"
                for what in ("deposit", "tender")
            )
            print(f"    {name}: {words}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
