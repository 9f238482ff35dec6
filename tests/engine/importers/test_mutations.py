"""Altered files never make our own code fail, never lose a row, and never give another sum while their totals agree.

The everyday run makes 300 seeded alterations of the golden files. Before a release, 20,000:

    CHAINBRAIN_MUTATIONS=20000 .venv/bin/python -m pytest -n auto tests/engine/importers/test_mutations.py

What is demanded of every alteration:

* the outcome is one of four, and whatever was not read has a code;
* every row is staged or named as broken, none is both, and together they are the rows of the file;
* a file that states totals of its amounts, and still states the same ones, is either said to differ or has its rows
  named, or its amounts add up to what they did before.

The last cannot be demanded of files that state no totals: there a digit changed inside one amount is another amount.
A balance is no total in this sense, since it agrees with any stretch of rows that begins and ends with it.
"""

from __future__ import annotations

import io
import os
import random
import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from chainbrain.importers import reading
from chainbrain.importers.files.encoding import BOM
from chainbrain.importers.plan import MemberReading

from .conftest import GOLDEN, SALT, Reader

COUNT = int(os.environ.get("CHAINBRAIN_MUTATIONS", "300"))
SEEDS = 10
TEXTS = sorted(path for path in GOLDEN.rglob("*") if path.suffix in (".csv", ".txt") and "samples" not in path.parts)
ARCHIVES = sorted(
    path for path in GOLDEN.rglob("*") if path.suffix in (".xlsx", ".zip") and "samples" not in path.parts
)
# Workbooks are altered inside one of their sheets, archives inside one of their members: outside, a checksum tells.
INSIDE = ("xl/worksheets/", "xl/sharedStrings.xml")
BATCH = 40
# What totals are about; parts that are split off a payment have none.
# In these the state of a row, or a number that pairs a refund with its purchase, decides whether money moved; their
# totals count the row either way.
TOTALS_OF_ALL_ROWS = ("alipay-personal", "wechat-personal")
STATED_KINDS = ("payments", "wallet_lines", "bank_lines")
FEES = re.compile("手续费|服务费")
JUNK = (
    ",", '"', "\n", "\t", "`", "-", "9" * 30, "E+27", "合计", "#", "=", "''", "\r", ";", "9999-99-99", "9" * 20 + ".99",
    "\u3000", "（", "\0", "NaN", "1e5", "2026-03-01 24:00:00", "\ufffd", "退款", "-,-,-", "²", "<", "</c>", "</row>",
)  # fmt: skip

Sums = dict[tuple[str, str], Decimal]


def _altered(text: str, chance: random.Random) -> str:
    letters = list(text)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(max(len(letters), 1))
        end = at + chance.randint(1, 60)
        way = chance.randrange(5)
        if way == 0:
            letters[at : at + 1] = chr(chance.choice((chance.randrange(32, 127), chance.randrange(0x4E00, 0x9FFF))))
        elif way == 1:
            del letters[at:end]
        elif way == 2:
            letters[at:at] = letters[at:end]
        elif way == 3:
            letters[at:at] = chance.choice(JUNK)
        else:
            letters[at : at + 1] = chance.choice("0123456789.,-`\n")
    return "".join(letters)


def _text(data: bytes) -> tuple[str, str]:
    for encoding in ("utf-16", "utf-8-sig", "gb18030"):
        if encoding != "utf-16" or data.startswith(b"\xff\xfe"):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                continue
    raise AssertionError(data[:80])


def _altered_bytes(data: bytes, chance: random.Random) -> bytes:
    text, encoding = _text(data)
    if encoding == "utf-8-sig" and not data.startswith(BOM):
        encoding = "utf-8"
    return _altered(text, chance).encode(encoding, "replace")


def _altered_archive(path: Path, chance: random.Random) -> bytes:
    """The same archive with one part altered, and checksums that are right."""
    source, out = zipfile.ZipFile(path), io.BytesIO()
    is_workbook = path.suffix == ".xlsx"
    names = [name for name in source.namelist() if not is_workbook or name.startswith(INSIDE)]
    chosen = chance.choice(names)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            data = source.read(entry)
            archive.writestr(entry, _altered_bytes(data, chance) if entry.filename == chosen else data)
    return out.getvalue()


def _sums(found: MemberReading) -> Sums:
    """The sum of each amount column of what was staged."""
    sums: Sums = {}
    for kind, staged in found.staged.items():
        for name, column in pl.read_parquet(staged).to_dict().items():
            if isinstance(column.dtype, pl.Decimal) and kind in STATED_KINDS and name in ("amount", "fee"):
                sums[kind, name] = Decimal(column.sum() or 0)
    return sums


def _totals(found: MemberReading) -> set[str]:
    """The totals that a file states about its amounts; counts and balances are none."""
    return {
        total.name
        for total in found.controls
        if "余额" not in total.name and "结余" not in total.name and "笔" not in total.name and "单数" not in total.name
    }


def _covered(sums: Sums, totals: set[str]) -> Sums:
    """The sums that these totals vouch for: a file may state its amounts and say nothing about its fees."""
    fees = {name for name in totals if FEES.search(name)}
    columns = {"fee"} if fees else set()
    if totals - fees:
        columns.add("amount")
    return {key: figure for key, figure in sums.items() if key[1] in columns}


def _check(found: MemberReading, whole: MemberReading | None, sums: Sums) -> None:
    assert found.outcome in ("read", "unknown", "ambiguous", "refused")
    assert (found.code is None) == (found.outcome in ("read", "ambiguous")), found.code
    assert found.code != "import.reader_fault", found.facts
    if found.outcome != "read":
        return
    places = [pl.read_parquet(staged).select("sheet", "line", "rows") for staged in found.staged.values()]
    # A row may become records of several kinds, and a record may stand for several rows.
    staged = pl.concat(places).group_by("sheet", "line").agg(pl.col("rows").max()) if places else pl.DataFrame()
    broken = {(problem.sheet, problem.line) for problem in found.problems}
    if places:
        assert broken.isdisjoint(staged.select("sheet", "line").rows())
    assert (int(staged["rows"].sum()) if places else 0) + len(broken) == found.row_count
    if (
        whole is None
        or found.problems
        or found.format in TOTALS_OF_ALL_ROWS
        or found.format != whole.format
        or found.control_total != "agrees"
    ):
        return
    totals = _totals(whole)
    if totals and _totals(found) == totals and whole.control_total == "agrees" and not whole.problems:
        assert _covered(_sums(found), totals) == _covered(sums, totals), found.controls


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, list[tuple[MemberReading, Sums]]]:
    """What the golden files give as they are."""
    desk = tmp_path_factory.mktemp("golden-desk")
    with reading.Reader(desk, salt=SALT) as reader:
        found: dict[Path, list[tuple[MemberReading, Sums]]] = {}
        for item in reader.read([*TEXTS, *ARCHIVES]):
            found.setdefault(item.path, []).append((item, _sums(item)))
    return found


@pytest.mark.timeout(max(300, COUNT))
@pytest.mark.parametrize("seed", range(SEEDS))
def test_altered_texts(
    seed: int, tmp_path: Path, read_path: Reader, golden: dict[Path, list[tuple[MemberReading, Sums]]]
) -> None:
    chance = random.Random(seed)
    for number in range(COUNT * 4 // 5 // SEEDS):
        source = chance.choice(TEXTS)
        path = tmp_path / "altered"
        path.write_bytes(_altered_bytes(source.read_bytes(), chance))
        try:
            for found in read_path(path):
                whole, sums = golden[source][0]
                _check(found.reading, whole, sums)
        except Exception as error:
            kept = tmp_path / f"failed-{number}.csv"
            path.rename(kept)
            raise AssertionError(f"{source.name}, seed {seed}, number {number}: {kept}") from error


@pytest.mark.timeout(max(300, COUNT))
@pytest.mark.parametrize("seed", range(SEEDS))
def test_altered_workbooks_and_archives(
    seed: int, tmp_path: Path, golden: dict[Path, list[tuple[MemberReading, Sums]]]
) -> None:
    # In the reading process, since an altered workbook may end it.
    chance = random.Random(1_000 + seed)
    desk = tmp_path / "desk"
    desk.mkdir()
    with reading.Reader(desk, salt=SALT) as reader:
        for sources in _batches(chance, COUNT // 5 // SEEDS):
            paths = []
            for number, source in enumerate(sources):
                paths.append(tmp_path / f"{number}{source.suffix}")
                paths[-1].write_bytes(_altered_archive(source, chance))
            origin = dict(zip(paths, sources, strict=True))
            for found in reader.read(paths):
                known = {item.member: (item, sums) for item, sums in golden[origin[found.path]]}
                whole, sums = known.get(found.member, (None, {}))
                try:
                    _check(found, whole, sums)
                except Exception as error:
                    error.add_note(f"{origin[found.path]} as {found.path}, seed {seed}")
                    raise
            for staged in desk.iterdir():
                staged.unlink()


def _batches(chance: random.Random, count: int) -> Iterator[Sequence[Path]]:
    for start in range(0, count, BATCH):
        yield [chance.choice(ARCHIVES) for _ in range(min(BATCH, count - start))]
