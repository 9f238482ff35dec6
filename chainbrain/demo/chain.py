"""Generates the demo chain: real export dialects in ``exports``, the answers in ``truth``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from chainbrain.demo import (
    alipay_files,
    bank,
    bank_files,
    differences,
    drawer,
    injected,
    meituan_files,
    order_items,
    orders,
    splits,
    stores,
    table_files,
    takeaway,
    tenders,
    till_files,
    truth,
    wallets,
    wechat_files,
)  # fmt: skip
from chainbrain.demo.files import Exports
from chainbrain.progress import Report, silent

LAST_DAY = date(2026, 10, 31)
"""The window always ends here, so that the same seed gives the same chain on any day."""
_STEPS = ("business", "channels", "tills", "wechat", "alipay", "meituan", "banks", "truth")


@dataclass(frozen=True)
class DemoChain:
    """What was generated and where."""

    directory: Path
    exports: Path
    truth: Path
    stores: int
    first_day: date
    last_day: date
    orders: int
    tenders: int
    payments: int
    files: int
    matches: int
    differences: int


def generate(
    directory: Path,
    *,
    stores: int = 12,
    days: int = 92,
    seed: int = 20260731,
    differences: int = 300,
    report: Report | None = None,
) -> DemoChain:
    """Write a demo chain below ``directory``; the same arguments give the same bytes.

    Files of an earlier run in the same folder are replaced; anything else there is left alone.

    Args:
        directory: receives ``exports`` and ``truth``.
        stores: number of shops.
        days: days up to and including 31 October 2026.
        seed: picks the chain.
        differences: injected differences on a chain of the default size; smaller chains get fewer in proportion, but
            some of every code. 0 gives a chain without any.
        report: told about each step.

    Raises:
        UserError: ``demo.too_small`` without a store or a day.
    """
    return _generate(directory, shops=stores, days=days, seed=seed, wanted=differences, report=report or silent)


def _generate(directory: Path, *, shops: int, days: int, seed: int, wanted: int, report: Report) -> DemoChain:
    step = _stepper(report)
    step()
    chain = stores.build(shops, days, seed, LAST_DAY)
    out = Exports(directory / "exports")
    _clear(directory)
    notes = injected.Ledger(injected.quotas(wanted, shops * days))
    sold = orders.take(chain)
    paid = tenders.pay(chain, sold)
    marks = differences.inject(chain, paid, notes)
    step()
    booked = wallets.payments(chain, paid, marks)
    shared = splits.execute(chain, booked, marks, notes)
    drawn = wallets.withdrawals(chain, booked, shared)
    ledger = wallets.ledger(chain, booked, drawn, shared)
    delivered = takeaway.bill(chain, sold, paid, notes)
    counts = drawer.counts(chain, paid, notes)
    cards = drawer.card_movements(chain, paid, marks)
    statements = bank.post(chain, drawn, delivered, counts, notes)
    step()
    till_orders, till_tenders = _as_the_till_shows(chain, sold, paid, marks)
    table_files.write(chain, out, counts, cards, statements.in_transit)
    till_files.write(chain, out, till_orders, till_tenders)
    order_items.write(chain, out, till_orders)
    step()
    wechat_files.write(chain, out, booked, ledger, shared)
    step()
    alipay_files.write(chain, out, booked, ledger)
    step()
    meituan_files.write(chain, out, delivered)
    step()
    bank_files.write(chain, out, statements)
    step()
    world = truth.World(
        chain, till_orders, till_tenders, booked, shared, ledger, drawn, delivered, counts, statements, notes
    )
    pairs = truth.write(world, out, directory / "truth")
    report(len(_STEPS), len(_STEPS), "demo.step.done")
    return DemoChain(
        directory=directory,
        exports=directory / "exports",
        truth=directory / "truth",
        stores=shops,
        first_day=chain.start,
        last_day=chain.end,
        orders=till_orders.height,
        tenders=till_tenders.height,
        payments=booked.height + delivered.rows.height,
        files=len({fact.file.split("!")[0] for fact in out.facts}),
        matches=pairs,
        differences=len(notes.entries),
    )


def _stepper(report: Report) -> Callable[[], None]:
    """Announces the next step on every call."""
    steps = iter(enumerate(_STEPS))

    def step() -> None:
        done, name = next(steps)
        report(done, len(_STEPS), f"demo.step.{name}")

    return step


def _as_the_till_shows(
    chain: stores.Chain, sold: pl.DataFrame, paid: pl.DataFrame, marks: differences.Marks
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Orders and tenders after the injected differences, in the order of the exports.

    The tenders gain ``first``: false for a row that is only there because the till exported it twice.
    """
    shown = paid.with_columns(
        copies=pl.Series(marks.till_rows),
        late=pl.Series(marks.till_at != paid["at"].to_numpy()),
        at=pl.Series(marks.till_at),
        merchant_no=pl.Series(_printed_merchant(chain, paid, marks), dtype=pl.String),
        first=pl.lit(True),
    )
    unrung = shown.filter((pl.col("copies") == 0) & (pl.col("origin") < 0))["oid"]
    moved = shown.filter("late").select("oid", moved=pl.col("at") - 3)
    visible = (
        sold.filter(~pl.col("oid").is_in(unrung.implode()))
        .join(moved, on="oid", how="left", maintain_order="left")
        .with_columns(at=pl.coalesce("moved", "at"))
        .drop("moved")
        .sort("day", "store", "at", "oid")
    )
    again = shown.filter(pl.col("copies") == 2).with_columns(
        tid=pl.col("tid") + differences.SECOND, first=pl.lit(False)
    )
    rows = pl.concat([shown.filter(pl.col("copies") > 0), again]).join(
        sold.select("oid", "packed"), on="oid", how="left", maintain_order="left"
    )
    return visible, rows.drop("copies", "late", "packed").sort("day", "store", "at", "tid")


def _printed_merchant(chain: stores.Chain, paid: pl.DataFrame, marks: differences.Marks) -> list[str | None]:
    """The merchant number on the slip: that of the code the guest really scanned."""
    printed: list[str | None] = paid["merchant_no"].to_list()
    for row in np.flatnonzero(marks.wallet_store != paid["store"].to_numpy()):
        there = chain.stores[int(marks.wallet_store[row])]
        printed[int(row)] = chain.merchants[there.merchant(paid["method"][int(row)])[0]].number
    return printed


def _clear(directory: Path) -> None:
    """Remove the exports that an earlier run lists, so that no stale file of another size stays behind."""
    listing = directory / "truth" / "files.csv"
    if not listing.exists():
        return
    exports = (directory / "exports").resolve()
    for name in pl.read_csv(listing, infer_schema=False)["file"].to_list():
        path = (exports / name.split("!")[0]).resolve()
        if path.is_relative_to(exports):
            path.unlink(missing_ok=True)
