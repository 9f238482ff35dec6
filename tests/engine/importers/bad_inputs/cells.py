"""Single cells that look like amounts, moments, days or numbers and may not be taken for what they are not."""

from __future__ import annotations

from decimal import Decimal

from .case import CASH, TENDERS, Case, order, orders, workbook

_GOOD = Decimal(36)


def _amount(number: int, value: str, counts: str | None = None) -> Case:
    cell = f'"{value}"' if "," in value else value
    code = "missing" if value in MISSING else "cell_error" if value in ("#REF!", "#N/A") else "amount"
    return Case(
        f"amount {number}", lambda: orders(f"c{number}", order(f"c{number}-2", cell)), "imported",
        rows=() if counts else ((3, "实收金额", code),), good=3 if counts else 2,
        amount=_GOOD + Decimal(counts or 0),
    )  # fmt: skip


def _moment(number: int, value: str, good: bool = False) -> Case:
    rows = () if good else ((3, "下单时间", "moment"),)
    return Case(
        f"moment {number}", lambda: orders(f"m{number}", order(f"m{number}-2", moment=value)), "imported", rows=rows,
        good=2 + good,
    )  # fmt: skip


def _day(number: int, value: str, good: bool = False) -> Case:
    rows = ((1001, "2026-03-01", "5.00"), (1002, value, "5.00"), (1003, "2026-03-01", "5.00"))
    text = "\n".join([CASH, *(",".join(map(str, row)) for row in rows)]) + "\n"
    broken = () if good else ((3, "营业日期", "day"),)
    return Case(f"day {number}", f"{text}", "imported", rows=broken, good=2 + good)


_TENDER = ["A1", "1001", "微信", 1, "2026-03-01 12:00:00", "4200002026030100000000000011"]


def _identifier(number: int, value: object) -> Case:
    """A workbook whose second row has a number that a spreadsheet has touched."""

    def make() -> bytes:
        rows = [[f"i{number}-{row}", *_TENDER[1:]] for row in range(8)]
        rows[1][5] = value
        return workbook(TENDERS.split(","), *rows)

    return Case(f"identifier {number}", make, "imported", rows=((3, "流水号", "id_rounded"),), good=7, suffix=".xlsx")


BROKEN = (
    "", "-", "--", "NaN", "nan", "Infinity", "-inf", "∞", "1e5", "1E2", "1e308", "1_000", "0x10", "1/2", ".5", "5.",
    "12.345", "1,00,000", "12,34.50", "1,234,5", ",500", "500,", "1.234,50", "1 000", "٣٫٥", "٥", "१८", "五", "〇",
    "伍佰元整", "①", "5²", "½", "−5.00", "–5.00", "5-", "+-5", "--5", "(5.00)", "$5", "€5", "5%", "1.5万", "5.00.00",
    "￥￥5", "5元5角", "99999999999999999.00", "1" * 40, "TRUE", "#REF!", "#N/A", "########", "=1+1", "=SUM(A1:A9)",
    "5.00 CR", "待结算", "null", "None", "5\u00a0000", "0.00-", "1.00E+02",
)  # fmt: skip
READ = (
    ("１２．５０", "12.50"), ("－5.00", "-5.00"), ("﹣5.00", "-5.00"), ("￥5", "5"), ("¥ 5.00", "5"), ("5.00元", "5"),
    ("CNY 5.00", "5"), ("+5.00", "5"), ("1,234.50", "1234.50"), ("-1,234,567.89", "-1234567.89"), ("５，０００", "5000"),
    ("12.3400000", "12.34"), ("`5.00", "5"), ("'5.00", "5"), ("0005", "5"), ("\t5.00\t", "5"), ("　5.00　", "5"),
    ('="5.00"', "5"), ('"=""5.00"""', "5"),
)  # fmt: skip
MISSING = ("", "-", "--")
MOMENTS = (
    "2026-02-31 12:00:00", "2026-02-29 12:00:00", "2026-03-01 24:00:00", "2026-03-01 12:60:00", "2026-03-01 12:00:61",
    "1899-12-31 12:00:00", "1900-01-00 00:00:00", "1970-01-01 00:00:00", "2003-12-31 23:59:59", "2036-01-01 00:00:00",
    "9999-12-31 23:59:59", "0000-00-00 00:00:00", "2026-13-01 12:00:00", "03/01/2026 12:00", "1.3.2026", "2026-03",
    "12:00:00", "2026-03-01 下午3:00:00", "2026-03-01T12:00:00Z", "2026-03-01 12:00:00+08:00", "昨天", "1772337600",
    "②026-03-01 12:00:00", "2026-03-01 1２:00:0", "99999", "-45000",
)  # fmt: skip
MOMENTS_READ = (
    "２０２６-０３-０１　１２：００：００", "2026/3/1 12:00", "20260301 120000", "2026年3月1日 12:00", "46082.5", "2026-03-01",
    "2026-03-01 12:00:00.123", "`2026-03-01 12:00:00", "2024-02-29 00:00:00",
)  # fmt: skip
DAYS = (
    "2026-02-30",
    "2026-04-31",
    "20260231",
    "1899-12-30",
    "2026/13/1",
    "二〇二六年三月一日",
    "260301",
    "0",
    "2026-03-01 24:00:00",
)
DAYS_READ = ("2026.3.1", "2026年3月1日", "20260301", "46082", "2026-03-01 23:59:59")
IDENTIFIERS = (
    4200002026030100000000000011, "4.2E+27", "4.20000202603010E+27", "4.2e27", "4200002026030100000000000000",
    9007199254740993, 2**53, 12345678901234567890,
)  # fmt: skip

CASES = (
    *(_amount(number, value) for number, value in enumerate(BROKEN)),
    *(_amount(100 + number, value, counts) for number, (value, counts) in enumerate(READ)),
    *(_moment(number, value) for number, value in enumerate(MOMENTS)),
    *(_moment(100 + number, value, good=True) for number, value in enumerate(MOMENTS_READ)),
    *(_day(number, value) for number, value in enumerate(DAYS)),
    *(_day(100 + number, value, good=True) for number, value in enumerate(DAYS_READ)),
    *(_identifier(number, value) for number, value in enumerate(IDENTIFIERS)),
)  # fmt: skip
