"""The tables that say who is who and what the files vouch for: stores, contracts, coverage, openings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal

import numpy as np
import polars as pl

from chainbrain.demo.adversary.case import Case
from chainbrain.demo.adversary.fees import MILLI
from chainbrain.demo.adversary.numbers import Numbers
from chainbrain.demo.adversary.terms import CHANNELS, RULES, UNSTATED, bank_account
from chainbrain.demo.draws import Flags

_FENS = pl.lit(Decimal("0.01"))
_FILE_OF = ("master", "till", "wallet", "bank")


def yuan(fen: pl.Expr, scale: int = 2) -> pl.Expr:
    """Whole fen as an exact decimal in yuan."""
    return (fen.cast(pl.Decimal(38, 2)) * _FENS).cast(pl.Decimal(18, scale))


class Master:
    """Master data of one draw; what every table needs to name things the same way."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._terms = terms = case.terms
        self.numbers = Numbers(case.seed)
        self._midnight = datetime.combine(terms.start, time.min)

    def master(self, there: Flags, rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
        """Files, stores, contracts, coverage and what was in transit when the book began."""
        terms = self._terms
        stores = pl.DataFrame({"store": np.arange(terms.stores), "closes": terms.closes}).select(
            code=store_code(pl.col("store")),
            name=pl.format("{}店", store_code(pl.col("store"))),
            ownership=pl.lit("own"),
            closed_on=pl.when(pl.col("closes") < terms.days).then(self._day(pl.col("closes"))),
            day_cutoff=pl.lit(time(0)),
            row_id=self.numbers.record("store", pl.col("store")),
            file_id=self._file("master", pl.lit(0)),
            line=pl.col("store") + 2,
            entry_id=pl.lit(1, pl.Int64),
        )
        before = rows.filter((pl.col("at") < 0) & (pl.col("batch") >= 0))
        before = before.with_columns(way=pl.Series(terms.channel[before["merchant"].to_numpy()], dtype=pl.Int64))
        openings = (
            before.group_by("way")
            .agg(fen=(pl.col("amount") - pl.col("fee") // MILLI).sum())
            .sort("way")
            .select(
                opening_id=self.numbers.record("opening", pl.col("way")),
                kind=pl.lit("in_transit"),
                channel=named(pl.col("way"), CHANNELS),
                day=pl.lit(terms.start),
                balance=yuan(pl.col("fen")),
                file_id=self._file("master", pl.lit(0)),
                line=pl.col("way") + 2,
            )
        )
        return {
            "source_files": self._files(),
            "stores": stores,
            "accounts": self._contracts(),
            "coverage": self._coverage(there),
            "openings": openings,
        }

    @property
    def _accounts(self) -> int:
        return int(self._terms.account.max()) + 1

    def _contracts(self) -> pl.DataFrame:
        """One row per merchant, two where the contract tells of a change of rate."""
        terms = self._terms
        both = pl.DataFrame({
            "merchant": np.arange(terms.size), "number": list(terms.number), "way": terms.channel, "store": terms.store,
            "rate": terms.rate, "later": terms.new_rate, "changes": terms.changes, "tells": terms.tells_change,
            "rule": terms.rule, "stated": terms.stated_cutoff, "account": terms.account,
        })  # fmt: skip
        first = both.with_columns(
            row=pl.col("merchant") * 2, until=pl.when("tells").then("changes"), since=pl.lit(None, pl.Int64)
        )
        second = both.filter("tells").with_columns(
            row=pl.col("merchant") * 2 + 1, rate="later", until=pl.lit(None, pl.Int64), since="changes"
        )
        rows = pl.concat([first, second.select(first.columns)])
        return rows.select(
            row_id=self.numbers.record("account", pl.col("row")),
            account_id=self.numbers.record("account", pl.col("row")),
            channel=named(pl.col("way"), CHANNELS),
            merchant_no=pl.col("number"),
            store_code=store_code(pl.col("store")),
            fee_rate=(pl.col("rate").cast(pl.Decimal(38, 6)) * pl.lit(Decimal("0.0001"))).cast(pl.Decimal(9, 6)),
            settlement_rule=named(pl.col("rule"), RULES),
            settlement_cutoff=pl.when(pl.col("stated") != UNSTATED).then(
                (pl.col("stated") * 1_000_000_000).cast(pl.Time)
            ),
            bank_account=named(pl.col("account"), [bank_account(i) for i in range(self._accounts)]),
            valid_from=self._day(pl.col("since")),
            valid_to=self._day(pl.col("until")),
            file_id=self._file("master", pl.lit(0)),
            line=pl.col("row") + 2,
            entry_id=pl.lit(1, pl.Int64),
        )

    def _coverage(self, there: Flags) -> pl.DataFrame:
        """What the files vouch for: every till and statement day, and the bill days that are there."""
        terms = self._terms
        merchant, day = np.nonzero(there)
        wallet = pl.DataFrame({"merchant": merchant, "day": day}).select(
            kind=pl.lit("wallet"),
            channel=named(pl.Series(terms.channel[merchant]), CHANNELS),
            account_no=named(pl.col("merchant"), terms.number),
            day=self._day(pl.col("day")),
            file_id=self._file("wallet", pl.col("merchant")),
        )
        every = pl.DataFrame({"day": np.arange(terms.days)})
        till = pl.DataFrame({"store": np.arange(terms.stores), "closes": terms.closes}).join(every, how="cross")
        bank = pl.DataFrame({"account": np.arange(self._accounts)}).join(every, how="cross")
        parts = [
            wallet,
            till.filter(pl.col("day") < pl.col("closes")).select(
                kind=pl.lit("till"), channel=pl.lit(None, pl.String), account_no=store_code(pl.col("store")),
                day=self._day(pl.col("day")), file_id=self._file("till", pl.col("store")),
            ),
            bank.select(
                kind=pl.lit("bank"), channel=pl.lit(None, pl.String),
                account_no=named(pl.col("account"), [bank_account(i) for i in range(self._accounts)]),
                day=self._day(pl.col("day")), file_id=self._file("bank", pl.col("account")),
            ),
        ]  # fmt: skip
        return pl.concat(parts).with_columns(whole=pl.lit(value=True))

    def _files(self) -> pl.DataFrame:
        terms = self._terms
        counts = (1, terms.stores, terms.size, self._accounts)
        frames = [
            pl.DataFrame({"number": np.arange(count)}).select(
                file_id=self._file(kind, pl.col("number")),
                sha256=pl.format("{}-{}", pl.lit(kind), "number"),
                container_sha256=pl.format("{}-{}", pl.lit(kind), "number"),
                name=pl.format("{}-{}.csv", pl.lit(kind), "number"),
            )
            for kind, count in zip(_FILE_OF, counts, strict=True)
        ]
        zeros = {f"{state}_rows": pl.lit(0, pl.Int64) for state in ("new", "seen", "suspect", "broken")}
        return pl.concat(frames).with_columns(
            format=pl.lit("adversary"), row_count=pl.lit(0, pl.Int64), control_total=pl.lit("none"),
            controls=pl.lit("[]"),
            format_confirmed=pl.lit(value=True), imported_at=pl.lit(self._midnight + timedelta(days=terms.days)),
            entry_id=pl.lit(1, pl.Int64), first_day=pl.lit(terms.start), last_day=pl.lit(terms.day(terms.days - 1)),
            **zeros,
        )  # fmt: skip

    def _file(self, kind: str, number: pl.Expr) -> pl.Expr:
        return self.numbers.record("source_file", number * len(_FILE_OF) + _FILE_OF.index(kind))

    def _day(self, index: pl.Expr) -> pl.Expr:
        return pl.lit(self._terms.start) + pl.duration(days=index)


def named(index: pl.Expr | pl.Series, names: Sequence[str]) -> pl.Expr:
    """The word that stands at a place of a short list."""
    words = pl.Series(list(names), dtype=pl.String)
    where = pl.lit(index) if isinstance(index, pl.Series) else index
    return pl.lit(words).gather(where.cast(pl.Int64))


def store_code(index: pl.Expr) -> pl.Expr:
    """The number of a store."""
    return pl.format("S{}", (index + 1).cast(pl.String).str.zfill(4))
