"""The real files of public projects: each is found as what it is, and every row is read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from chainbrain.importers.banks.bank_personal import BankPersonal

from .conftest import GOLDEN, Reader

SAMPLES = GOLDEN / "samples"
# Format, rows, money in, money out, account. The publishers cut rows out or hid figures, so most no longer agree with
# the totals they print, and some balances no longer follow.
EXPECTED = {
    "wechat/wechat-merchant-trade-ALL-truncated.csv": ("wechat-merchant-trade/ALL", 1, None, None, "differs"),
    "wechat/wechat-merchant-trade-OLD.csv": ("wechat-merchant-trade/OLD_ALL", 2, None, None, "agrees"),
    "wechat/wechat-personal.csv": ("wechat-personal", 27, "5963.27", "23070.64", "differs"),
    "bank/boc-personal-debit.csv": ("bank-personal/boc_debit", 17, "9821.00", "9394.30", "agrees"),
    "bank/bocom-personal-debit.csv": ("bank-personal/bocom_debit", 6, "11.25", "114.00", "none"),
    "bank/ccb-personal.xls": ("bank-personal/ccb", 6, "0.00", "703.26", "none"),
    "bank/citic-credit.xls": ("bank-personal/citic_credit", 13, "1.41", "1098.80", "none"),
    "bank/cmb-personal-debit.csv": ("bank-personal/cmb_debit", 5, "1234.00", "2013.14", "none"),
    "bank/icbc-personal-debit-v1.csv": ("bank-personal/icbc_debit_v1", 11, "2841.74", "4241.08", "differs"),
    "alipay/alipay-personal-new.csv": ("alipay-personal/new", 10, "222393.87", "211.64", "differs"),
    "alipay/alipay-personal-old-web.csv": ("alipay-personal/old_web", 4, "200.00", "80.50", "none"),
    "jd/jd-personal.csv": ("jd-personal", 26, "1097.59", "2746.02", "agrees"),
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_sample(name: str, read_path: Reader) -> None:
    (found,) = read_path(SAMPLES / name)
    format_, rows, received, paid, totals = EXPECTED[name]
    reading = found.reading
    assert "/".join(filter(None, (reading.format, reading.layout))) == format_
    assert (reading.row_count, reading.problems, reading.control_total) == (rows, (), totals)
    if received is not None and paid is not None:
        kind = "bank_lines" if "bank_lines" in found.frames else "wallet_lines"
        amounts = [Decimal(amount) for amount in found.frames[kind]["amount"]]
        assert sum(amount for amount in amounts if amount > 0) == Decimal(received)
        assert -sum(amount for amount in amounts if amount < 0) == Decimal(paid)


def test_every_sample_is_known_or_named() -> None:
    files = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.glob("*/*.*")} - {"LICENSES/Apache-2.0.txt"}
    assert files == EXPECTED.keys()


def test_the_truncated_bill_is_caught_by_its_count(read_path: Reader) -> None:
    (found,) = read_path(SAMPLES / "wechat/wechat-merchant-trade-ALL-truncated.csv")
    count = found.reading.controls[0]
    assert (count.name, str(count.stated), str(count.summed)) == ("总交易单数", "48", "1")


def test_every_personal_bank_layout_has_a_golden_file() -> None:
    there = {path.name.split(".")[0] for path in Path(GOLDEN / "bank-personal").iterdir()}
    assert {layout.id for layout in BankPersonal.layouts} <= there
