"""What goes wrong with the splits on purpose (D13): not done, too much, to somebody else, not returned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from chainbrain.demo.differences import Marks
from chainbrain.demo.draws import some, stream
from chainbrain.demo.injected import Entry, Ledger
from chainbrain.demo.orders import DAY
from chainbrain.demo.stores import Chain

CAP: Final = 3000
"""What may be split of an order at most by the contract, in ten-thousandths."""
_STRANGER: Final = "1690043218"
_SINGLE: Final = 2000
_Row = dict[str, Any]


@dataclass
class _Book:
    """What was changed about the agreed lines: by ``pid`` of the sale or refund."""

    gone: set[int] = field(default_factory=set)
    amounts: dict[int, int] = field(default_factory=dict)
    strangers: set[int] = field(default_factory=set)
    more: list[_Row] = field(default_factory=list)


def mistake(chain: Chain, sales: pl.DataFrame, agreed: pl.DataFrame, marks: Marks, ledger: Ledger) -> pl.DataFrame:
    """The lines as they were really executed; what was done wrong is noted in the ledger."""
    # In proportion to the other differences: 40 beside 300, one of each kind at least.
    wanted = sum(ledger.quota.values()) * 40 // 300
    each = max(1, wanted // len(_OF_SALES + _OF_REFUNDS)) if wanted else 0
    rng = stream(chain.seed, "split mistakes")
    free = ~marks.taken
    # Only where the bill of the next day is there as well is it certain what did not happen.
    known = (pl.col("at") // DAY < chain.days - 2) & (pl.col("pid") == pl.col("tid"))
    plain = sales.filter(known & pl.col("given").is_null() & (pl.col("amount") >= _SINGLE))
    plain = plain.filter(pl.Series(free[plain["tid"].to_numpy()]))
    refunded = sales.filter((pl.col("due") > pl.col("left")) & (pl.col("refund_at") // DAY < chain.days - 2))
    refunded = refunded.filter(pl.Series(free[refunded["refund_tid"].to_numpy()]))
    book = _Book()
    for pool, kinds in ((plain, _OF_SALES), (refunded, _OF_REFUNDS)):
        rows = some(rng, pool["pid"].to_numpy() >= 0, each * len(kinds))
        for n, row in enumerate(rows):
            kinds[n % len(kinds)](pool.row(int(row), named=True), book, ledger)
    return _changed(agreed, book)


def _changed(agreed: pl.DataFrame, book: _Book) -> pl.DataFrame:
    pid = pl.col("pid")
    moved = pid.is_in(sorted(book.strangers))
    kept = agreed.filter(~pid.is_in(sorted(book.gone))).with_columns(
        amount=pid.replace_strict(book.amounts, default=pl.col("amount"), return_dtype=pl.Int64),
        receiver=pl.when(moved).then(pl.lit(_STRANGER)).otherwise("receiver"),
        to=pl.when(moved).then(-1).otherwise("to"),
    )
    kept = kept.filter(pl.col("amount") != 0)
    if not book.more:
        return kept
    to_brand = agreed.select("receiver", "to").row(0, named=True)
    more = pl.DataFrame([to_brand | row for row in book.more], schema=agreed.schema)
    return pl.concat([kept, more])


def _note(ledger: Ledger, row: _Row, effect: int, note: str, *, refund: bool = False) -> None:
    pid, at = (row["refund_pid"], row["refund_at"]) if refund else (row["pid"], row["at"])
    ledger.add(Entry("D13", row["store"], at // DAY, effect, "payment", pid, note))


def _line(row: _Row, amount: int, *, at: int, **other: object) -> _Row:
    return {
        "merchant": row["merchant"], "wallet_no": row["wallet_no"], "pid": row["pid"], "at": at, "amount": amount,
        "order_amount": row["amount"], **other,
    }  # fmt: skip


def _not_split(row: _Row, book: _Book, ledger: Ledger) -> None:
    book.gone.add(row["pid"])
    _note(ledger, row, row["due"], "not split")


def _other_amount(row: _Row, book: _Book, ledger: Ledger) -> None:
    less = row["due"] // 2
    book.amounts[row["pid"]] = row["due"] - less
    _note(ledger, row, less, "half of it split")


def _other_receiver(row: _Row, book: _Book, ledger: Ledger) -> None:
    book.strangers.add(row["pid"])
    _note(ledger, row, row["due"], "split to somebody else")


def _over_cap(row: _Row, book: _Book, ledger: Ledger) -> None:
    """A third of the order: not what was agreed, and more than the contract lets anybody have."""
    split = row["amount"] * 33 // 100
    book.amounts[row["pid"]] = split
    _note(ledger, row, row["due"] - split, "a third split")
    _note(ledger, row, row["amount"] * CAP // 10_000 - split, "over the cap")


def _twice(row: _Row, book: _Book, ledger: Ledger) -> None:
    book.more.append(_line(row, row["due"], at=row["split_at"] + 40))
    _note(ledger, row, -row["due"], "split twice")


def _unagreed(row: _Row, book: _Book, ledger: Ledger) -> None:
    book.more.append(_line(row, row["due"] + 7, at=row["split_at"] + 40, receiver=_STRANGER, to=-1))
    _note(ledger, row, -row["due"] - 7, "split to somebody besides")


def _not_returned(row: _Row, book: _Book, ledger: Ledger) -> None:
    book.gone.add(row["refund_pid"])
    _note(ledger, row, row["left"] - row["due"], "not returned", refund=True)


def _returned_half(row: _Row, book: _Book, ledger: Ledger) -> None:
    back = row["due"] - row["left"]
    book.amounts[row["refund_pid"]] = -(back // 2)
    _note(ledger, row, back // 2 - back, "half of it returned", refund=True)


_Kind = Callable[[_Row, _Book, Ledger], None]
_OF_SALES: tuple[_Kind, ...] = (_not_split, _other_amount, _other_receiver, _over_cap, _twice, _unagreed)
_OF_REFUNDS: tuple[_Kind, ...] = (_not_returned, _returned_half)
