"""A full look at a book: every block is read, sums and states are proven, the log and the originals verified."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import duckdb

from chainbrain.database import history
from chainbrain.database.bookfile import BookFile
from chainbrain.database.trouble import first_line
from chainbrain.errors import BookDamaged, UserError
from chainbrain.progress import Report, silent


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: ``good`` or not, with the facts its words need (``health.<code>``)."""

    code: str
    good: bool
    facts: dict[str, object]


@dataclass(frozen=True)
class Health:
    """The result of a check."""

    findings: tuple[Finding, ...]

    @property
    def good(self) -> bool:
        """Whether nothing was found wrong."""
        return all(finding.good for finding in self.findings)


def check(file: BookFile, report: Report = silent) -> Health:
    """Look at everything; reads only."""
    findings = [*_tables(file, report), _chain(file), _states(file), _sources(file), *_originals(file, report)]
    return Health(tuple(findings))


def _tables(file: BookFile, report: Report) -> list[Finding]:
    # A block's checksum is verified when the block is read, so every column of every table is read.
    tables = [
        row[0]
        for row in file.book.rows_of("select table_name from duckdb_tables() where schema_name = 'base' order by 1")
    ]
    rows = 0
    for number, table in enumerate(tables, 1):
        report(number, len(tables), "progress.reading_tables")
        try:
            counted = file.book.one_of(f"select count(*), bit_xor(hash(t)) from base.{table} t")
        except UserError as cause:
            return [Finding("health.table_damaged", False, {"table": table, "reason": cause.facts["reason"]})]
        except duckdb.Error as cause:
            return [Finding("health.table_damaged", False, {"table": table, "reason": first_line(cause)})]
        rows += int(counted[0])
    return [Finding("health.tables", True, {"tables": len(tables), "rows": rows})]


def _chain(file: BookFile) -> Finding:
    broken_at = history.verify_chain(file.book)
    seq, head = history.audit_head(file.book)
    return Finding("health.audit", broken_at is None, {"rows": seq, "broken_at": broken_at or "", "head": head[:16]})


def _states(file: BookFile) -> Finding:
    """Each record once per leg, and none without a state of the files that the last reconciliation saw."""
    ((twice,),) = file.book.rows("health/states_twice")
    ((missing,),) = file.book.rows("health/states_missing")
    return Finding("health.states", not (twice or missing), {"twice": twice, "missing": missing})


def _sources(file: BookFile) -> Finding:
    """Rows of each file in the book equal what its import said it wrote, unless another file took them over."""
    wrong = file.book.rows("health/source_rows")
    return Finding(
        "health.sources", not wrong, {"files": ", ".join(str(row[0]) for row in wrong[:5]), "count": len(wrong)}
    )


def _originals(file: BookFile, report: Report) -> list[Finding]:
    wanted = [row[0] for row in file.book.rows_of("select distinct container_sha256 from base.source_files order by 1")]
    bad = []
    for number, sha256 in enumerate(wanted, 1):
        report(number, len(wanted), "progress.reading_originals")
        try:
            if hashlib.sha256(file.safe.read_original(sha256)).hexdigest() != sha256:
                bad.append(sha256[:12])
        except BookDamaged:
            bad.append(sha256[:12])
    return [Finding("health.originals", not bad, {"files": len(wanted), "bad": ", ".join(bad[:5]), "count": len(bad)})]
