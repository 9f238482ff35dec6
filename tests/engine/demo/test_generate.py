"""The generator as a whole: the same seed gives the same bytes, the size scales, the business has its shape."""

from __future__ import annotations

import hashlib
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from chainbrain import texts
from chainbrain.demo import LAST_DAY, DemoChain, generate, orders, rhythm, stores
from chainbrain.demo.archive import pack
from chainbrain.errors import UserError

from . import reading


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(chain: DemoChain, tmp_path: Path) -> None:
    again = generate(tmp_path / "again", stores=3, days=7)
    assert _hashes(again.directory) == _hashes(chain.directory)
    other = generate(tmp_path / "other", stores=3, days=7, seed=5)
    assert _hashes(other.exports) != _hashes(chain.exports)


def test_a_smaller_chain_in_the_same_folder_leaves_no_old_file(tmp_path: Path) -> None:
    mine = tmp_path / "exports" / "我的.txt"
    generate(tmp_path, stores=3, days=3)
    mine.write_text("kept", encoding="utf-8")
    made = generate(tmp_path, stores=1, days=1)
    listed = {row["file"].split("!")[0] for row in reading.table(made.truth, "files.csv")}
    assert set(_hashes(made.exports)) == listed | {"我的.txt"}
    assert made.files == len(listed)


@pytest.mark.parametrize(("shops", "days"), [(1, 1), (2, 3), (5, 2)])
def test_any_size_works(tmp_path: Path, shops: int, days: int) -> None:
    made = generate(tmp_path, stores=shops, days=days)
    assert (made.stores, (made.last_day - made.first_day).days + 1) == (shops, days)
    assert made.last_day == LAST_DAY
    assert made.orders > 80 * shops * days


def test_a_chain_needs_a_store_and_a_day(tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        generate(tmp_path, stores=0, days=1)
    assert raised.value.code == "demo.too_small"
    assert "0" in texts.error(raised.value)


def test_progress_is_told_in_known_words(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    generate(tmp_path, stores=1, days=1, report=lambda done, total, label: told.append((done, total, label)))
    assert [done for done, _, _ in told] == list(range(told[0][1] + 1))
    words = texts.catalogue("vocabulary")
    assert all(label in words for _, _, label in told)


def test_default_size() -> None:
    chain = stores.build(12, 92, 20260731, LAST_DAY)
    counts = rhythm.guests(chain)
    assert 200_000 < counts.sum() < 220_000
    assert sum(shop.franchise for shop in chain.stores) == 5
    assert sum(shop.collected for shop in chain.stores) == 1
    assert len({shop.city for shop in chain.stores}) == 3
    assert {shop.entity for shop in chain.stores} == {0, 1, 2}
    assert chain.start == date(2026, 8, 1)


def test_the_business_has_its_shape() -> None:
    chain = stores.build(12, 92, 20260731, LAST_DAY)
    counts = rhythm.guests(chain)
    assert chain.newcomer is not None
    assert chain.neighbour is not None
    shop, neighbour = chain.stores[chain.newcomer], chain.stores[chain.neighbour]
    # nobody comes before the opening; two months later it sells more than in its first week
    opened = shop.opening_day
    assert counts[shop.index, :opened].sum() == 0
    assert counts[shop.index, 85:92].sum() > counts[shop.index, opened : opened + 7].sum() * 5 // 4
    # the neighbour loses guests, compared with the weeks before
    before, after = counts[neighbour.index, opened - 14 : opened].sum(), counts[neighbour.index, 78:92].sum()
    assert after * 100 < before * 95
    assert abs(shop.latitude - neighbour.latitude) < 100
    week = rhythm.campaign(chain)
    own = [s.index for s in chain.stores if not s.franchise and s is not shop]
    campaign = counts[own][:, week.start : week.stop].sum()
    assert campaign * 100 > counts[own][:, week.start - 7 : week.start].sum() * 115


def test_sales_after_midnight_belong_to_the_evening(chain: DemoChain) -> None:
    night = [
        row for row in reading.table(chain.exports, "收银/订单明细_加盟_202610.csv") if row["下单时间"][11:13] < "04"
    ]
    assert night
    assert all(row["营业日期"] < row["下单时间"][:10] for row in night)
    shop = {row["门店编号"] for row in night}
    registered = reading.sheet(chain.exports / "档案/门店档案.xlsx", "门店档案", 1)
    assert {row["门店编号"] for row in registered if row["营业日切"] == "04:00"} == shop


def test_prices_are_few() -> None:
    chain = stores.build(3, 7, 20260731, LAST_DAY)
    amounts = orders.take(chain).filter(~orders.pl.col("cancelled"))["amount"]
    assert amounts.min() > 0
    assert amounts.n_unique() < 400


def test_workbooks_read_the_same_in_another_reader(chain: DemoChain) -> None:
    paths = [path for path in sorted(chain.exports.rglob("*.xlsx")) if "美团" not in path.name]
    assert len(paths) == 3
    for path in paths:
        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            rows = [tuple("" if cell is None else cell for cell in row) for row in sheet.iter_rows(values_only=True)]
            texts_of = reading.grid(path, sheet.title)
            assert len(rows) == len(texts_of)
            for row, other in zip(rows[::40], texts_of[::40], strict=True):
                for cell, text in zip(row, other, strict=True):
                    assert str(cell) == text or float(cell) == float(text)


def test_member_names_are_gbk_without_the_flag(chain: DemoChain) -> None:
    path = next((chain.exports / "支付宝").glob("*.csv.zip"))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert all(info.flag_bits & 0x800 == 0 for info in archive.infolist())
    assert any(name.endswith("业务明细(汇总).csv") for name in reading.gbk_members(path))


def test_packed_bytes_do_not_depend_on_the_clock() -> None:
    members = [("a.txt", b"hello" * 50), ("名.txt", "中文".encode())]
    assert pack(members) == pack(members)
    with pytest.raises(UnicodeEncodeError):
        pack([("😀.csv", b"")], names="gbk")
