"""What an importer hands over: typed columns per kind of record, one Parquet file each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from chainbrain.importers.staged_chain import CHAIN
from chainbrain.importers.staged_places import PLACES
from chainbrain.importers.staged_types import FINE, MOMENT, RATE, YUAN, Types

# Every kind also carries `sheet` (null for text files) and `line`: the physical line in the file, or the row of the
# sheet, counted from 1 with preamble and header, so that a person finds the row again. `rows` says for how many rows of
# the file the record stands: one, or all product and charge rows of an order that are one payment. `apart` tells rows
# of one external number from one another where the platform uses a number twice; it is part of the record's id.
WHERE: Types = {
    "sheet": pl.String, "line": pl.Int64, "rows": pl.Int64, "apart": pl.String,
}  # fmt: skip

KINDS: dict[str, Types] = {
    **PLACES,
    **CHAIN,
    "orders": {
        "store_code": pl.String,
        "order_no": pl.String,
        "channel": pl.String,
        "ordered_at": MOMENT,
        "business_day": pl.Date,
        "list_amount": YUAN,
        "amount": YUAN,
        "status": pl.String,
        "status_text": pl.String,
    },
    "tenders": {
        "store_code": pl.String,
        "order_no": pl.String,
        "method": pl.String,
        "method_text": pl.String,
        "amount": YUAN,
        "is_refund": pl.Boolean,
        "paid_at": MOMENT,
        "merchant_no": pl.String,
        "reference": pl.String,
    },
    "order_items": {
        "store_code": pl.String,
        "order_no": pl.String,
        "business_day": pl.Date,
        "category": pl.String,
        "item": pl.String,
        "quantity": pl.Decimal(18, 3),
        "amount": YUAN,
    },
    "payments": {
        "channel": pl.String,
        "merchant_no": pl.String,
        "terminal_no": pl.String,
        "store_hint": pl.String,
        "external_id": pl.String,
        "merchant_order_no": pl.String,
        "refund_id": pl.String,
        "merchant_refund_no": pl.String,
        "occurred_at": MOMENT,
        "kind": pl.String,
        "amount": YUAN,
        "order_amount": YUAN,
        "fee": FINE,
        "commission": FINE,
        "printed_rate": RATE,
        "status_text": pl.String,
        "cancelled": pl.Boolean,
        "payer_hash": pl.String,
        "settlement_ref": pl.String,
        "payout_account": pl.String,
        "bill_day": pl.Date,
        "channel_order_no": pl.String,
        "paid_with": pl.String,
    },
    "wallet_lines": {
        "channel": pl.String,
        "merchant_no": pl.String,
        "external_id": pl.String,
        "business_id": pl.String,
        "occurred_at": MOMENT,
        "kind": pl.String,
        "kind_text": pl.String,
        "amount": YUAN,
        "balance": YUAN,
        "reference": pl.String,
    },
    "split_lines": {
        "channel": pl.String,
        "merchant_no": pl.String,
        "external_id": pl.String,
        "payment_external_id": pl.String,
        "split_no": pl.String,
        "receiver": pl.String,
        "amount": YUAN,
        "status": pl.String,
        "occurred_at": MOMENT,
    },
    "settlement_rows": {
        "channel": pl.String,
        "merchant_no": pl.String,
        "external_id": pl.String,
        "payout_account": pl.String,
        "bill_day": pl.Date,
        "amount": YUAN,
        "pays_on": pl.Date,
        "status_text": pl.String,
        "part": pl.String,
    },
    "bank_lines": {
        "bank_account": pl.String,
        "posted_at": MOMENT,
        "amount": YUAN,
        "balance": YUAN,
        "counterparty": pl.String,
        "counterparty_account": pl.String,
        "memo": pl.String,
        "external_id": pl.String,
    },
}


def empty(kind: str) -> pl.DataFrame:
    """A frame of this kind without rows, with all columns in order."""
    return pl.DataFrame(schema={**KINDS[kind], **WHERE})


def conform(kind: str, frame: pl.LazyFrame | pl.DataFrame) -> pl.DataFrame:
    """Put columns in the agreed order and types; columns the source lacks become null.

    Raises:
        KeyError: the frame has a column that the kind does not know.
    """
    wanted = {**KINDS[kind], **WHERE}
    data = frame.collect() if isinstance(frame, pl.LazyFrame) else frame
    unknown = [name for name in data.columns if name not in wanted]
    if unknown:
        raise KeyError(f"{kind} has no column {unknown}")
    return data.select(
        (pl.col(name) if name in data.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in wanted.items()
    )


class Files:
    """The staged files of one data member: one per kind, one row group per piece."""

    def __init__(self, start: Path) -> None:
        """Begin the files; ``start`` is the beginning of their names."""
        self._start = start
        self._writers: dict[str, Any] = {}
        self.paths: dict[str, Path] = {}

    def write(self, kind: str, frame: pl.DataFrame, *, last: bool = False) -> None:
        """Add rows of one kind; ``last`` says that no others follow, which is the rule."""
        if frame.is_empty():
            return
        path = self.paths.setdefault(kind, self._start.with_name(f"{self._start.name}-{kind}.parquet"))
        if last and kind not in self._writers:
            frame.write_parquet(path, compression="lz4", statistics=False)
            return
        import pyarrow.parquet  # noqa: PLC0415 -- only long files are written in pieces

        table = frame.to_arrow()
        if kind not in self._writers:
            self._writers[kind] = pyarrow.parquet.ParquetWriter(
                path, table.schema, compression="lz4", write_statistics=False, use_dictionary=False
            )
        self._writers[kind].write_table(table)

    def close(self) -> None:
        """Finish all files."""
        for writer in self._writers.values():
            writer.close()
        self._writers = {}
