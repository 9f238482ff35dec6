"""A book driven from outside and read through its public views, for chains written by hand."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from chainbrain.cli import main
from chainbrain.importers import reading
from chainbrain.importers.known import Known, told_by_bytes
from chainbrain.importers.limits import Limits
from chainbrain.importers.member import read_file
from chainbrain.importers.plan import MemberReading
from chainbrain.progress import silent
from chainbrain.workspace import Workspace


@dataclass(frozen=True)
class Read:
    """One data member: what was said about it, and its staged rows by kind."""

    reading: MemberReading
    frames: dict[str, pl.DataFrame]

    @property
    def format(self) -> str:
        return "/".join(part for part in (self.reading.format, self.reading.layout) if part)

    def column(self, kind: str, name: str) -> list[Any]:
        return self.frames[kind][name].to_list()


class HereReader:
    """Reads in this process: starting a reading process for every small import would take most of the time."""

    def __init__(self, desk: Path, *, workers: int = 1, known: Known | None = None, **settings: Any) -> None:
        self._desk, self._known, self._settings = desk, known or {}, {"limits": Limits(), **settings}

    def __enter__(self) -> HereReader:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def read(self, paths: Sequence[Path], report: object = silent, passwords: Sequence[str] = ()) -> Iterator[Any]:
        for number, path in enumerate(paths):
            told = told_by_bytes(path, self._known)
            for found in told or read_file(path, self._desk, f"{number:05d}", passwords=passwords, **self._settings):
                yield replace(found, path=path)


class Book:
    """A folder with files and one book; ``cli``, ``json`` and ``take`` go through the command line."""

    def __init__(self, folder: Path, name: str = "账本", blank: Path | None = None) -> None:
        self.folder = folder
        self._blank = blank
        self.path = folder / f"{name}.chainbrain"
        self._workspace: Workspace | None = None

    def cli(self, *words: object) -> tuple[int, str, str]:
        self.close()
        self._start()
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(["--quiet", *(str(word) for word in words)])
        return status, out.getvalue(), err.getvalue()

    @property
    def workspace(self) -> Workspace:
        """The open book; ``cli`` closes it first."""
        if self._workspace is None:
            self._start()
            self._workspace = Workspace.open_or_create(self.path).__enter__()
        return self._workspace

    def _start(self) -> None:
        # A copy of an empty book opens four times as fast as a new one is made.
        if self._blank is not None and not self.path.exists():
            shutil.copyfile(self._blank, self.path)

    def close(self) -> None:
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    def json(self, *words: object, status: int = 0) -> dict[str, Any]:
        code, out, err = self.cli(*words, "--json")
        assert code == status, (code, out, err)
        return json.loads(out)

    def take(self, *paths: Path, status: int = 0, options: Sequence[str] = ()) -> list[dict[str, Any]]:
        """Import; the entries of the answer in the order of the paths."""
        return self.json("import", self.path, *paths, *options, status=status)["files"]

    def add(self, *paths: Path) -> None:
        """Import files that must all be taken completely."""
        plan = self.workspace.imports.plan(paths)
        told = [(file.name, file.outcome, file.code, file.facts, file.problems) for file in plan.files]
        assert all(file.outcome in ("imported", "already_imported") and not file.problems for file in plan.files), told
        self.workspace.imports.apply(plan)

    def reconcile(self) -> None:
        self.workspace.reconcile()
        self.check_laws()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.workspace.book.rows_of(sql)

    # ------------------------------------------------------------ what is asked most
    def codes(self) -> list[tuple[str, str, Decimal]]:
        """Code, state and amount of all differences, sorted."""
        return [
            (code, state, amount.quantize(Decimal("0.01")) if amount == amount.quantize(Decimal("0.01")) else amount)
            for code, state, amount in self.rows("select code, state, amount from differences order by 1, 2, 3")
        ]

    def pairs(self) -> set[tuple[str, str]]:
        """Confirmed till matches: order number of the tender / number of the wallet's row."""
        return {
            (str(order), str(number))
            for order, number in self.rows(
                "select o.order_no || case when t.amount < 0 then ' refund' else '' end, "
                "p.external_id || coalesce(' ' || p.refund_id, ' ' || p.merchant_refund_no, '') "
                "from matches m join match_members a on a.match_id = m.match_id and a.record_type = 'tender' "
                "join match_members b on b.match_id = m.match_id and b.record_type = 'payment' "
                "join tenders t on t.tender_id = a.record_id join orders o on o.order_id = t.order_id "
                "join payments p on p.payment_id = b.record_id "
                "where m.kind = 'tender_payment' and m.state = 'confirmed'"
            )
        }

    def deposits(self, state: str = "confirmed") -> set[tuple[str, Decimal]]:
        """Matched bank lines: what pays (number of the withdrawal or payout account) and the posted amount."""
        return {
            (str(number), amount)
            for number, amount in self.rows(
                "select coalesce(w.external_id, s.external_id), b.amount from matches m "
                "join match_members i on i.match_id = m.match_id and i.side = 'inner' "
                "join match_members o on o.match_id = m.match_id and o.side = 'outer' "
                "join bank_lines b on b.bank_line_id = o.record_id "
                "left join wallet_lines w on w.wallet_line_id = i.record_id "
                "left join settlements s on s.settlement_id = i.record_id "
                f"where m.kind = 'settlement_bank' and m.state = '{state}'"
            )
        }

    def states(self, record: str, leg: str) -> dict[str, int]:
        return dict(
            self.rows(
                f"select state, count(*) from row_states where record_type = '{record}' and leg = '{leg}' group by 1"
            )
        )

    def facts(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that must not depend on the order of imports: ids, matches, differences, states."""
        asked = {
            "ids": "select 'order', cast(order_id as varchar) from orders union all "
            "select 'tender', cast(tender_id as varchar) from tenders union all "
            "select 'payment', cast(payment_id as varchar) from payments union all "
            "select 'wallet', cast(wallet_line_id as varchar) from wallet_lines union all "
            "select 'bank', cast(bank_line_id as varchar) from bank_lines union all "
            "select 'settlement', cast(settlement_id as varchar) from settlements",
            "matches": "select kind, state, stage, solutions, cast(match_id as varchar) from matches "
            "where state <> 'revoked'",
            "members": "select cast(m.match_id as varchar), side, record_type, cast(record_id as varchar), amount "
            "from match_members m join matches x on x.match_id = m.match_id where x.state <> 'revoked'",
            "differences": "select code, state, store_id, business_day, amount, record_type, "
            "cast(record_id as varchar) from differences",
            "states": "select record_type, cast(record_id as varchar), leg, state from row_states",
        }
        return {name: sorted(self.rows(sql), key=repr) for name, sql in asked.items()}

    def check_laws(self) -> None:
        """Every row one state per leg; every file's rows are all there; confirmed matches add up and are one to one."""
        assert self.rows("select 1 from row_states group by record_type, record_id, leg having count(*) > 1") == []
        for record, table, key in (
            ("order", "orders", "order_id"), ("tender", "tenders", "tender_id"), ("payment", "payments", "payment_id"),
            ("wallet_line", "wallet_lines", "wallet_line_id"), ("bank_line", "bank_lines", "bank_line_id"),
            ("split_line", "split_lines", "split_line_id"),
        ):  # fmt: skip
            lost = f"select count(*) from {table} x where not exists (select 1 from row_states s where "
            lost += f"s.record_type = '{record}' and s.record_id = x.{key} and s.file_id = x.file_id)"
            assert self.rows(lost) == [(0,)], record
        twice = (
            "select a.record_type, a.record_id from match_members a join matches m on m.match_id = a.match_id "
            "where m.state = 'confirmed' and m.kind in ('tender_payment', 'settlement_bank') "
            "group by a.record_type, a.record_id having count(*) > 1"
        )
        assert self.rows(twice) == []
        assert self.rows("select 1 from payments where net <> amount - fee") == []
        matched = "select record_id from row_states where state = 'matched' and leg = 'till' and match_id is not null "
        unequal = (
            f"select 1 from matches m join match_members a on a.match_id = m.match_id and a.side = 'inner' "
            f"join match_members b on b.match_id = m.match_id and b.side = 'outer' "
            f"where m.kind = 'tender_payment' and m.state = 'confirmed' and a.amount <> b.amount "
            f"and a.record_id in ({matched} and record_type = 'tender')"
        )
        assert self.rows(unequal) == [], "a matched tender whose amounts differ"


def read_here(monkeypatch: Any) -> None:
    monkeypatch.setattr(reading, "Reader", HereReader)
