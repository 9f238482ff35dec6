"""WeChat and Alipay bills in every form the formats describe: nothing changes but the spelling."""

# Rows of files stand one to a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_book import Read
from acceptance_wallets import (
    ALI,
    ali_bill,
    ali_ledger,
    ali_refund,
    ali_sale,
    ali_text,
    wx_bill,
    wx_fund,
    wx_refund,
    wx_sale,
    wx_text,
    zipped,
)

Reader = Callable[[Path], list[Read]]
DAY = "2026-03-10"
N = "4200001800202603100000000001"
AN = "2026031022001400000000000001"


def one(found: list[Read]) -> Read:
    assert len(found) == 1
    told = (found[0].reading.outcome, found[0].reading.code, found[0].reading.facts, found[0].reading.problems)
    assert found[0].reading.outcome == "read", told
    return found[0]


def D(*figures: str) -> list[Decimal]:
    return [Decimal(figure) for figure in figures]


# ------------------------------------------------------------------------------------------------ WeChat trade bill
@pytest.mark.parametrize("variant", ["ALL", "SUCCESS", "OLD_ALL"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_wechat_sales_in_all_forms(tmp_path: Path, read: Reader, variant: str, encoding: str) -> None:
    rows = [
        wx_sale(N, "X1", f"{DAY} 12:00:00", "30.00", "0.18"),
        wx_sale(N[:-1] + "2", "X2", f"{DAY} 23:59:59", "0.01", "0"),
    ]
    found = one(read(wx_bill(tmp_path / "bill.txt", rows, variant, encoding)))
    assert found.format == f"wechat-merchant-trade/{variant}"
    assert found.reading.control_total == "agrees"
    assert found.column("payments", "amount") == D("30.00", "0.01")
    assert found.column("payments", "fee") == D("0.18", "0")
    assert found.column("payments", "refund_id") == [None, None]
    assert bool(found.reading.coverage) == (variant != "SUCCESS"), "a bill of successes does not vouch for the day"


def test_wechat_refunds_in_both_forms_are_the_same_rows(tmp_path: Path, read: Reader) -> None:
    rows = [wx_refund(N, "X1", f"{DAY} 13:00:00", "30.00", "50300001", "R1", "-0.18")]
    both = [one(read(wx_bill(tmp_path / f"{kind}.csv", rows, kind))) for kind in ("ALL", "REFUND")]
    for found in both:
        assert found.column("payments", "kind") == ["refund"]
        assert found.column("payments", "amount") == D("-30.00")
        assert found.column("payments", "fee") == D("-0.18")
        assert found.column("payments", "refund_id") == ["50300001"]
        assert found.column("payments", "merchant_refund_no") == ["R1"]
        assert found.column("payments", "occurred_at") == [datetime(2026, 3, 10, 13)]


def test_wechat_line_feeds_only_and_a_final_line_without_end(tmp_path: Path, read: Reader) -> None:
    text = wx_text([wx_sale(N, "X1", f"{DAY} 12:00:00", "30.00", "0.18")]).replace("\r\n", "\n").rstrip("\n")
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    assert one(read(path)).column("payments", "amount") == D("30.00")


def test_wechat_service_provider_device_and_merchant_coupon(tmp_path: Path, read: Reader) -> None:
    rows = [
        wx_sale(N, "X1", f"{DAY} 12:00:00", "25.00", "0.15", 特约商户号="1600000301", 设备号="S1", 订单金额="30.00")
    ]
    found = one(read(wx_bill(tmp_path / "a.csv", rows)))
    assert found.column("payments", "merchant_no") == ["1600000301"]
    assert found.column("payments", "terminal_no") == ["S1"]
    assert found.column("payments", "amount") == D("25.00")
    assert found.column("payments", "order_amount") == D("30.00")


def test_wechat_revoked_takes_the_order_back(tmp_path: Path, read: Reader) -> None:
    rows = [wx_sale(N, "X1", f"{DAY} 12:00:00", "30.00", "0.18"),
            wx_refund(N, "X1", f"{DAY} 12:01:00", "30.00", "50300001", "R1", "-0.18", 交易状态="REVOKED")]  # fmt: skip
    found = one(read(wx_bill(tmp_path / "a.csv", rows)))
    assert found.column("payments", "amount") == D("30.00", "-30.00")
    assert found.column("payments", "kind") == ["payment", "refund"]


def test_wechat_full_width_colons_and_commas_in_goods(tmp_path: Path, read: Reader) -> None:
    rows = [wx_sale(N, "X1", "2026-03-10 12：00：00", "30.00", "0.18", 商品名称='套餐,大份,"加辣"')]
    found = one(read(wx_bill(tmp_path / "a.csv", rows)))
    assert found.column("payments", "occurred_at") == [datetime(2026, 3, 10, 12)]
    assert found.column("payments", "fee") == D("0.18")


def test_wechat_one_digit_altered(tmp_path: Path, read: Reader) -> None:
    text = wx_text(
        [
            wx_sale(N, "X1", f"{DAY} 12:00:00", "30.00", "0.18"),
            wx_sale(N[:-1] + "2", "X2", f"{DAY} 12:00:00", "41.00", "0.25"),
        ]
    )
    for number, (old, new) in enumerate(
        (("`30.00,`0.00,`0,", "`80.00,`0.00,`0,"), ("`0.25000", "`0.26000"), ("`71.00", "`71.01"))
    ):
        path = tmp_path / f"{number}.csv"
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        assert one(read(path)).reading.control_total == "differs"


def test_wechat_cut_short(tmp_path: Path, read: Reader) -> None:
    text = wx_text([wx_sale(f"{N[:-1]}{n}", f"X{n}", f"{DAY} 12:00:00", "30.00", "0.18") for n in range(5)])
    lines = text.split("\r\n")
    for number, shorter in enumerate(
        ("\r\n".join(lines[:4]), "\r\n".join(lines[:4]) + "\r\n" + lines[4][:60], "\r\n".join(lines[:7]))
    ):
        path = tmp_path / f"{number}.csv"
        path.write_text(shorter, encoding="utf-8")
        assert read(path)[0].reading.control_total == "differs" or read(path)[0].reading.outcome == "refused"


def test_wechat_an_empty_day(tmp_path: Path, read: Reader) -> None:
    assert one(read(wx_bill(tmp_path / "a.csv", []))).reading.row_count == 0


# ------------------------------------------------------------------------------------------------ WeChat fund bill
FUND = [("2026-03-10 12:00:01", N, "9001", "交易", "30.00", "X1"), ("2026-03-10 12:00:01", N, "9002", "扣除交易手续费", "-0.18", "X1"),
        ("2026-03-10 13:00:01", "50300001", "9003", "退款", "-10.00", "R1"), ("2026-03-10 13:00:01", "50300001", "9004", "退还交易手续费", "0.06", "R1"),
        ("2026-03-10 13:05:01", "50300001", "9005", "退款关闭", "10.00", "R1"), ("2026-03-10 14:00:00", N, "9006", "分账", "-3.00", "P1"),
        ("2026-03-10 15:00:00", "60001", "9007", "充值", "5.00", ""), ("2026-03-10 20:00:00", "70001", "9008", "提现", "-20.00", "W1")]  # fmt: skip


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_wechat_fund_bill(tmp_path: Path, read: Reader, newest_first: bool, encoding: str) -> None:
    found = one(read(wx_fund(tmp_path / "f.csv", FUND, "100.00", newest_first, encoding)))
    assert found.reading.control_total == "agrees", found.reading.controls
    frame = found.frames["wallet_lines"].sort("external_id")
    assert frame["kind"].to_list() == [
        "payment",
        "fee",
        "refund",
        "fee_return",
        "refund_closed",
        "split",
        "top_up",
        "withdrawal",
    ]
    assert frame["amount"].to_list() == D("30.00", "-0.18", "-10.00", "0.06", "10.00", "-3.00", "5.00", "-20.00")


def test_wechat_fund_bill_with_one_digit_altered(tmp_path: Path, read: Reader) -> None:
    path = wx_fund(tmp_path / "f.csv", FUND, "100.00")
    text = path.read_text(encoding="utf-8-sig")
    for number, (old, new) in enumerate(
        (("`30.00,`130.00", "`80.00,`130.00"), ("`30.00,`130.00", "`30.00,`130.08"), ("`129.82", "`129.28"))
    ):
        other = tmp_path / f"{number}.csv"
        assert old in text
        other.write_text(text.replace(old, new, 1), encoding="utf-8")
        assert one(read(other)).reading.control_total == "differs"


# ------------------------------------------------------------------------------------------------ Alipay
SALE = ali_sale(AN, "X1", f"{DAY} 12:00:00", "20.00", "0.12", "S1")
BACK = ali_refund(AN, "X1", f"{DAY} 18:00:00", "20.00", "B1", "0.12", made=f"{DAY} 12:00:00", store="S1")


def test_alipay_bill(tmp_path: Path, read: Reader) -> None:
    found = one(read(ali_bill(tmp_path / "a.csv", [SALE, BACK])))
    assert found.format == "alipay-merchant-trade"
    assert found.reading.control_total == "agrees"
    assert found.column("payments", "amount") == D("20.00", "-20.00")
    assert found.column("payments", "fee") == D("0.12", "-0.12")
    assert found.column("payments", "occurred_at") == [datetime(2026, 3, 10, 12), datetime(2026, 3, 10, 18)]
    assert found.column("payments", "external_id") == [AN, AN]


def test_alipay_half_width_brackets_other_name_and_old_signs(tmp_path: Path, read: Reader) -> None:
    header = [name.replace("（", "(").replace("）", ")") for name in ALI]
    header[0], header[ALI.index("退款批次号/请求号")] = "交易号", "退款批次号"
    rows = [SALE | {"服务费（元）": "0.12"}, BACK | {"服务费（元）": "-0.12"}]
    path = tmp_path / "a.csv"
    path.write_text(ali_text(rows, header=header), encoding="utf-8")
    found = one(read(path))
    assert found.column("payments", "fee") == D("0.12", "-0.12")
    assert found.column("payments", "merchant_refund_no") == [None, "B1"]


@pytest.mark.parametrize(
    "name, remark",
    [("奶茶,大杯", ""), ("奶茶", "少糖,少冰"), ("奶茶,大杯,热", "少糖,2026,去冰"), ("a,2026-03-10 11:00:00,b", "")],
)
def test_alipay_commas_in_free_text(tmp_path: Path, read: Reader, name: str, remark: str) -> None:
    found = one(read(ali_bill(tmp_path / "a.csv", [SALE | {"商品名称": name, "备注": remark}, BACK])))
    assert found.reading.problems == ()
    assert found.column("payments", "amount") == D("20.00", "-20.00")
    assert found.column("payments", "fee") == D("0.12", "-0.12")


def test_alipay_discounts_of_both_sides(tmp_path: Path, read: Reader) -> None:
    row = SALE | {
        "订单金额（元）": "20.00",
        "商家实收（元）": "18.00",
        "商家优惠（元）": "2.00",
        "支付宝红包（元）": "3.00",
    }
    found = one(read(ali_bill(tmp_path / "a.csv", [row])))
    assert found.column("payments", "amount") == D("18.00")
    assert found.column("payments", "order_amount") == D("20.00")
    assert found.reading.control_total == "agrees"


def test_alipay_split_becomes_a_split_line(tmp_path: Path, read: Reader) -> None:
    found = one(read(ali_bill(tmp_path / "a.csv", [SALE | {"分润（元）": "-1.50"}])))
    assert found.column("split_lines", "amount") == D("1.50")
    assert found.column("payments", "amount") == D("20.00")


def test_alipay_zip_with_names_in_gbk(tmp_path: Path, read: Reader) -> None:
    detail = ali_text([SALE, BACK]).encode("gb18030")
    summary = "\r\n".join([
        "#支付宝业务汇总查询", "#账号：[20881111222233340156]", "#起始日期：[2026年03月10日 00:00:00]   终止日期：[2026年03月11日 00:00:00]", "#----",
        "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）",
        "S1\t,,1,1,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00", "合计,,1,1,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00", "",
    ]).encode("gb18030")  # fmt: skip
    members = {
        "20881111222233340156_20260310_业务明细(汇总).csv": summary,
        "20881111222233340156_20260310_业务明细.csv": detail,
    }
    found = read(zipped(tmp_path / "bill.csv.zip", members))
    assert [item.reading.outcome for item in found] == ["read", "read"]
    assert sorted(item.format for item in found) == ["alipay-merchant-trade", "alipay-merchant-trade-summary"]
    assert all("业务明细" in item.reading.name for item in found)
    wrong = read(zipped(tmp_path / "wrong.zip", {
        "a.csv": summary.replace(b"S1\t,,1,1,0.00,0.00", b"S1\t,,1,1,0.00,0.10").replace("合计,,1,1,0.00,0.00".encode("gb18030"), "合计,,1,1,0.00,0.10".encode("gb18030")), "b.csv": detail,
    }))  # fmt: skip
    assert "differs" in [item.reading.control_total for item in wrong]


def test_alipay_one_digit_altered_or_cut_short(tmp_path: Path, read: Reader) -> None:
    text = ali_text([SALE, ali_sale(AN[:-1] + "2", "X2", f"{DAY} 12:30:00", "31.00", "0.19"), BACK])
    damaged = [text.replace("31.00,31.00", "31.00,37.00", 1), text.replace("-20.00,-20.00", "-20.00,-26.00", 1), text.replace("51.00元", "57.00元"),
               "\r\n".join(text.split("\r\n")[:6])]  # fmt: skip
    for number, other in enumerate(damaged):
        assert other != text
        path = tmp_path / f"{number}.csv"
        path.write_bytes(other.encode("gb18030"))
        found = read(path)[0].reading
        assert found.control_total == "differs" or found.outcome == "refused"


LEDGER = [("2026-03-10 12:00:00", "8001", AN, "X1", "在线支付", "20.00"), ("2026-03-10 12:00:00", "8002", AN, "X1", "收费", "-0.12"),
          ("2026-03-10 18:00:00", "8003", AN, "X1", "退款（交易退款）", "-20.00"), ("2026-03-10 18:00:00", "8004", AN, "X1", "收费", "0.12"),
          ("2026-03-10 23:00:00", "8005", "W77", "", "提现", "-50.00")]  # fmt: skip


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"newest_first": True},
        {"preamble": 1},
        {"wide": True},
        {"negative": False},
        {"wide": True, "preamble": 1, "newest_first": True},
    ],
)
def test_alipay_ledger(tmp_path: Path, read: Reader, how: dict[str, bool]) -> None:
    found = one(read(ali_ledger(tmp_path / "l.csv", LEDGER, "100.00", **how)))
    assert found.format == "alipay-merchant-ledger"
    assert found.reading.control_total == "agrees", found.reading.controls
    frame = found.frames["wallet_lines"].sort("external_id")
    assert frame["kind"].to_list() == ["payment", "fee", "refund", "fee_return", "withdrawal"]
    assert frame["amount"].to_list() == D("20.00", "-0.12", "-20.00", "0.12", "-50.00")


def test_alipay_ledger_with_one_digit_altered(tmp_path: Path, read: Reader) -> None:
    text = ali_ledger(tmp_path / "l.csv", LEDGER, "100.00").read_bytes().decode("gb18030")
    for number, (old, new) in enumerate(
        ((",20.00,,120.00", ",26.00,,120.00"), ("119.88", "119.98"), ("共20.12元", "共20.72元"))
    ):
        assert old in text
        path = tmp_path / f"{number}.csv"
        path.write_bytes(text.replace(old, new, 1).encode("gb18030"))
        assert one(read(path)).reading.control_total == "differs"
