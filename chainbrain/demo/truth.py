"""Writes the answers beside the exports: which rows belong together, what was injected, what every file sums to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from chainbrain.demo.bank import Bank
from chainbrain.demo.files import Exports, date_text, yuan
from chainbrain.demo.injected import Ledger
from chainbrain.demo.stores import WECHAT, Chain
from chainbrain.demo.takeaway import SALE, Takeaway
from chainbrain.demo.wallets import WITHDRAWAL

_COLUMNS = (
    "kind", "inner_file", "inner_sheet", "inner_line", "outer_file", "outer_sheet", "outer_line", "channel", "key",
    "amount",
)  # fmt: skip
# Which record of the book each of our rows becomes.
_RECORD_TYPES = {
    "payment": "payment", "platform": "payment", "tender": "tender", "withdrawal": "wallet_line", "bill": "settlement",
    "unexpected": "bank_line", "cash_count": "cash_count",
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """Everything the generator knows."""

    chain: Chain
    orders: pl.DataFrame
    tenders: pl.DataFrame
    payments: pl.DataFrame
    splits: pl.DataFrame
    ledger: pl.DataFrame
    withdrawals: pl.DataFrame
    takeaway: Takeaway
    counts: pl.DataFrame
    bank: Bank
    differences: Ledger


def write(world: World, out: Exports, directory: Path) -> int:
    """Write the four truth tables; returns the number of true pairs."""
    directory.mkdir(parents=True, exist_ok=True)
    places = out.index()
    matches = _matches(world, places)
    matches.write_csv(directory / "matches.csv")
    _differences(world, places).write_csv(directory / "differences.csv")
    pl.DataFrame(
        {
            "file": [f.file for f in out.facts],
            "sheet": [f.sheet for f in out.facts],
            "format": [f.format for f in out.facts],
            "rows": [f.rows for f in out.facts],
            "controls": [f.controls for f in out.facts],
        }
    ).write_csv(directory / "files.csv")
    _totals(world).write_csv(directory / "totals.csv")
    return matches.height


def _pairs(places: pl.DataFrame, kind: str, inner: str, outer: str, pairs: pl.DataFrame) -> pl.DataFrame:
    """Look up both sides of ``pairs`` (``inner``, ``outer``, ``channel``, ``key``, ``fen``)."""
    there = places.select("record", "rid", "file", "sheet", "line")
    left = there.filter(pl.col("record") == inner).select(
        inner="rid", inner_file="file", inner_sheet="sheet", inner_line="line"
    )
    right = there.filter(pl.col("record") == outer).select(
        outer="rid", outer_file="file", outer_sheet="sheet", outer_line="line"
    )
    found = pairs.join(left, on="inner", how="inner", maintain_order="left").join(
        right, on="outer", how="inner", maintain_order="left"
    )
    if found.height != pairs.height:
        raise ValueError(f"{pairs.height - found.height} pairs of {kind} have no place in the files")
    return found.select(*_COLUMNS[1:-1], kind=pl.lit(kind), amount=yuan("fen")).select(_COLUMNS)


def _matches(world: World, places: pl.DataFrame) -> pl.DataFrame:
    payments, ledger, bills = world.payments, world.ledger, world.takeaway.bills
    shown = world.tenders.filter("first").select("tid", "amount")
    first = payments.filter(pl.col("pid") == pl.col("tid"))
    wallet = first.join(shown, on="tid", how="inner", maintain_order="left").select(
        inner="tid", outer="pid", channel="channel", key="wallet_no", fen="amount_right"
    )
    rows = world.takeaway.rows
    platform = (
        rows.filter(pl.col("tid") >= 0)
        .join(shown, on="tid", how="inner", maintain_order="left")
        .select(inner="tid", outer="rid", channel=pl.lit("meituan"), key="order_no", fen="amount")
    )
    booked = (
        ledger.filter(pl.col("pid") >= 0)
        .join(payments.select("pid", "channel", "wallet_no"), on="pid", how="left", maintain_order="left")
        .select(inner="pid", outer="lid", channel="channel", key="wallet_no", fen="amount")
    )
    drawn = (
        ledger.filter(pl.col("what") == WITHDRAWAL)
        .select("lid", "wid")
        .join(
            world.withdrawals.select("wid", "merchant", "date", "number", "amount"),
            on="wid",
            how="left",
            maintain_order="left",
        )
    )
    withdrawn = drawn.select("merchant", "number", "lid", settle="date")
    settled = payments.join(withdrawn, on=["merchant", "settle"], how="inner", maintain_order="left").select(
        inner="pid", outer="lid", channel="channel", key="number", fen=pl.col("amount") - pl.col("fee")
    )
    billed = rows.join(
        bills.select("store", "bill_day", "bid"), on=["store", "bill_day"], how="left", maintain_order="left"
    ).select(inner="rid", outer="bid", channel=pl.lit("meituan"), key="bill_no", fen="due")
    # What was split follows a sale or a refund, to the cent or not; only what a stranger got belongs to none.
    shared = world.splits.filter(pl.col("to") >= 0).select(
        inner="pid", outer="sid", channel=pl.lit(WECHAT), key="wallet_no", fen="amount"
    )
    lines = world.bank.lines
    channels = pl.DataFrame(
        {"merchant": [m.index for m in world.chain.merchants], "channel": [m.channel for m in world.chain.merchants]}
    )
    arrived = (
        lines.filter(pl.col("link") == "withdrawal")
        .select("nid", wid="rid", fen="amount")
        .join(
            drawn.join(channels, on="merchant", how="left", maintain_order="left"),
            on="wid",
            how="left",
            maintain_order="left",
        )
        .select(inner="lid", outer="nid", channel="channel", key="number", fen="fen")
    )
    payout = (
        lines.filter(pl.col("link") == "payout")
        .select("nid", bid="rid")
        .join(bills.select("bid", "account", "pay_day"), on="bid", how="left", maintain_order="left")
    )
    paid_out = bills.join(
        payout.select("nid", "account", "pay_day"), on=["account", "pay_day"], how="inner", maintain_order="left"
    ).select(inner="bid", outer="nid", channel=pl.lit("meituan"), key="bill_no", fen="amount")
    cash = lines.filter(pl.col("link") == "cash").select(
        inner="rid", outer="nid", channel=pl.lit("cash"), key="memo", fen="amount"
    )
    return pl.concat(
        [
            _pairs(places, "tender_payment", "tender", "payment", wallet),
            _pairs(places, "tender_payment", "tender", "platform", platform),
            _pairs(places, "payment_wallet", "payment", "ledger", booked),
            _pairs(places, "split", "payment", "split", shared),
            _pairs(places, "payment_settlement", "payment", "ledger", settled),
            _pairs(places, "payment_settlement", "platform", "bill", billed),
            _pairs(places, "settlement_bank", "ledger", "bank", arrived),
            _pairs(places, "settlement_bank", "bill", "bank", paid_out),
            _pairs(places, "settlement_bank", "cash_count", "bank", cash),
        ]
    )


def _differences(world: World, places: pl.DataFrame) -> pl.DataFrame:
    codes = {s.index: s.code for s in world.chain.stores}
    entries = pl.DataFrame(
        [
            (e.code, codes.get(-1 if e.store is None else e.store, ""), e.day, e.amount, e.record, e.rid, e.note)
            for e in world.differences.entries
        ],
        schema={
            "code": pl.String, "store_id": pl.String, "day": pl.Int64, "fen": pl.Int64, "record": pl.String,
            "rid": pl.Int64, "note": pl.String,
        },
        orient="row",
    )  # fmt: skip
    # A withdrawal is a ledger row, an unexpected deposit a bank row: the place is looked up under that name.
    aliases = pl.concat(
        [
            places.filter(pl.col("record") != "ledger"),
            world.ledger.filter(pl.col("wid") >= 0)
            .select("lid", "wid")
            .join(places.filter(pl.col("record") == "ledger"), left_on="lid", right_on="rid", how="inner")
            .select(record=pl.lit("withdrawal"), rid="wid", file="file", sheet="sheet", line="line"),
            world.bank.lines.filter(pl.col("link") == "unexpected")
            .select("nid", un="rid")
            .join(places.filter(pl.col("record") == "bank"), left_on="nid", right_on="rid", how="inner")
            .select(record=pl.lit("unexpected"), rid="un", file="file", sheet="sheet", line="line"),
        ]
    )
    keys = _keys(world)
    found = entries.join(aliases, on=["record", "rid"], how="left", maintain_order="left").join(
        keys, on=["record", "rid"], how="left", maintain_order="left"
    )
    if found["file"].null_count() or found.height != entries.height:
        raise ValueError("an injected difference has no place in the files")
    return found.select(
        "code",
        "store_id",
        business_day=date_text(world.chain, "day"),
        amount=yuan("fen"),
        record_type=pl.col("record").replace_strict(_RECORD_TYPES, return_dtype=pl.String),
        file="file",
        sheet="sheet",
        line="line",
        key=pl.col("key").fill_null(""),
        note="note",
    ).sort("code", "business_day", "store_id", "file", "line")


def _keys(world: World) -> pl.DataFrame:
    """The number by which a person would look each record up."""
    payout = pl.concat_str("account", pl.lit("|"), date_text(world.chain, "pay_day"))
    return pl.concat(
        [
            world.payments.select(record=pl.lit("payment"), rid="pid", key="wallet_no"),
            world.takeaway.rows.select(record=pl.lit("platform"), rid="rid", key="order_no"),
            world.tenders.select(record=pl.lit("tender"), rid="tid", key="reference"),
            world.withdrawals.select(record=pl.lit("withdrawal"), rid="wid", key="number"),
            world.takeaway.bills.select(record=pl.lit("bill"), rid="bid", key=payout),
            world.bank.lines.filter(pl.col("link") == "unexpected").select(
                record=pl.lit("unexpected"), rid="rid", key="memo"
            ),
        ]
    )


def _totals(world: World) -> pl.DataFrame:
    """Per channel: what the tills say, what the channel says, what reached the bank."""
    tills = world.tenders.group_by(channel="method").agg(tenders=pl.len(), tender_fen=pl.col("amount").sum())
    rows = world.takeaway.rows.select(
        channel=pl.lit("meituan"),
        amount=pl.sum_horizontal("food", "pack", "reduction")
        + pl.when(pl.col("what").is_in([SALE, "refund", "cancelled"])).then(0).otherwise("due"),
        net="due",
    )
    wallets = world.payments.select("channel", "amount", net=pl.col("amount") - pl.col("fee"))
    booked = (
        pl.concat([wallets, rows])
        .group_by("channel")
        .agg(payments=pl.len(), payment_fen=pl.col("amount").sum(), net_fen=pl.col("net").sum())
    )
    channel_of = {m.index: m.channel for m in world.chain.merchants}
    drawn = world.withdrawals.select(
        "wid", channel=pl.col("merchant").replace_strict(channel_of, return_dtype=pl.String)
    )
    lines = world.bank.lines
    link = pl.col("link")
    from_wallets = lines.filter(link == "withdrawal").join(drawn, left_on="rid", right_on="wid")
    from_platform = lines.filter(link.is_in(["payout", "before"])).with_columns(channel=pl.lit("meituan"))
    from_drawers = lines.filter(link == "cash").with_columns(channel=pl.lit("cash"))
    arrived = (
        pl.concat([part.select("channel", "amount") for part in (from_wallets, from_platform, from_drawers)])
        .group_by("channel")
        .agg(deposits=pl.len(), deposit_fen=pl.col("amount").sum())
    )
    return (
        tills.join(booked, on="channel", how="left")
        .join(arrived, on="channel", how="left")
        .fill_null(0)
        .sort("channel")
        .select(
            "channel",
            "tenders",
            "payments",
            "deposits",
            tender_amount=yuan("tender_fen"),
            payment_amount=yuan("payment_fen"),
            fee=yuan(pl.col("payment_fen") - pl.col("net_fen")),
            net=yuan("net_fen"),
            deposit_amount=yuan("deposit_fen"),
        )
    )
