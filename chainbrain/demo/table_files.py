"""Writes the chain's own tables: 门店档案, 收款账户档案, 分账规则, 期初余额, 现金盘点, 储值变动; then the ledger's."""

from __future__ import annotations

import polars as pl

from chainbrain.demo import ledger_files, order_items, people
from chainbrain.demo.drawer import opening_cards
from chainbrain.demo.files import Exports, date_text, lines, moment, plain_yuan, yuan
from chainbrain.demo.stores import ALIPAY, CHANNEL_WORDS, TAKEAWAY_RATE, WECHAT, Chain, Store
from chainbrain.demo.workbook import Column, Sheet, workbook

FOLDER = "档案"
_ROYALTY = "0-200000:5%;200000-400000:4%;400000-:3%"
_CARD_WORDS = {"topup": "充值", "gift": "赠送", "use": "消费"}


def write(
    chain: Chain, out: Exports, counts: pl.DataFrame, cards: pl.DataFrame, in_transit: tuple[tuple[int, int], ...]
) -> None:
    """Write all tables."""
    _stores(chain, out)
    _accounts(chain, out)
    _split_rules(chain, out)
    _openings(chain, out, in_transit)
    _counts(chain, out, counts)
    _cards(chain, out, cards)
    ledger_files.write(chain, lambda title, header, cells, kind: _text(out, title, header, cells, kind))


def _book(out: Exports, title: str, header: str, rows: list[list[str]], *, numbers: tuple[str, ...], kind: str) -> None:
    names = header.split(",")
    data = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    columns = [Column(name, pl.col(name), number=name in numbers) for name in names]
    out.write(f"{FOLDER}/{title}.xlsx", workbook([Sheet(title, columns, data)]))
    out.note(f"{FOLDER}/{title}.xlsx", title, kind, len(rows))


def _text(out: Exports, title: str, header: str, cells: pl.DataFrame, kind: str) -> str:
    file = f"{FOLDER}/{title}.csv"
    out.write(file, ("\r\n".join([header, *lines(cells)]) + "\r\n").encode("utf-8-sig"))
    out.note(file, "", kind, cells.height)
    return file


def _stores(chain: Chain, out: Exports) -> None:
    header = (
        "门店编号,门店名称,城市,区域,经营方式,开业日期,关店日期,营业日切,面积,月租金,纬度,经度,坐标系,纳税人类型,"
        "业态,城市等级"
    )
    rows = [
        [
            s.code, s.name, s.city, s.region, "加盟" if s.franchise else "直营", s.opened_on.isoformat(), "",
            f"{s.cutoff_hours:02d}:00", str(s.area), plain_yuan(s.rent), _degrees(s.latitude), _degrees(s.longitude),
            s.datum, _taxpayer(chain, s), s.format, s.city_tier,
        ]
        for s in chain.stores
    ]  # fmt: skip
    _book(out, "门店档案", header, rows, numbers=("面积", "月租金", "纬度", "经度"), kind="chainbrain-stores")


def _taxpayer(chain: Chain, shop: Store) -> str:
    """A franchisee with one store stays below what a small-scale taxpayer may sell in a year."""
    alone = shop.franchise and (shop.collected or sum(one.entity == shop.entity for one in chain.stores) == 1)
    return "小规模纳税人" if alone else "一般纳税人"


def _degrees(value: int) -> str:
    return f"{value // 10_000}.{value % 10_000:04d}"


def _accounts(chain: Chain, out: Exports) -> None:
    header = "渠道,商户号,终端号,门店编号,收款主体,费率,结算周期,结算日切,入账账号,生效日期,失效日期"
    rows: list[list[str]] = []
    for shop in chain.stores:
        company, since = people.COMPANIES[shop.entity], max(shop.opened_on.isoformat(), "2024-01-01")
        for channel in (WECHAT, ALIPAY):
            index, terminal = shop.merchant(channel)
            merchant = chain.merchants[index]
            bank = chain.accounts[merchant.bank_account].number
            rate = f"{plain_yuan(merchant.rate)}%"
            rows.append(
                [
                    CHANNEL_WORDS[channel],
                    merchant.number,
                    terminal,
                    shop.code,
                    company,
                    rate,
                    "T1",
                    "24:00",
                    bank,
                    since,
                    "",
                ]
            )
        bank = chain.accounts[shop.takeaway_account].number
        rate = f"{plain_yuan(TAKEAWAY_RATE)}%"
        rows.append(
            [CHANNEL_WORDS["meituan"], shop.meituan_id, "", shop.code, company, rate, "T3", "24:00", bank, since, ""]
        )
    cells = pl.DataFrame(rows, schema=dict.fromkeys(header.split(","), pl.String), orient="row")
    _text(out, "收款账户档案", header, cells, "chainbrain-accounts")


def _split_rules(chain: Chain, out: Exports) -> None:
    """What franchisees owe the brand, by month and by order, and what the consignor of the drinks gets."""
    header = "规则名称,门店编号,商品类别,接收方,接收方类型,接收方账号,基数,方式,数值,上限比例,生效日期,失效日期"
    number = chain.merchants[chain.stores[0].wechat].number
    brand, until = [people.COMPANIES[0], "品牌", number], ["2024-01-01", ""]
    rows: list[list[str]] = []
    for shop in chain.stores:
        if shop.franchise:
            rows.append(["品牌使用费", shop.code, "", *brand, "扣退款", "阶梯累进", _ROYALTY, "", *until])
        if shop.independent:
            rows.append(["广告基金", shop.code, "", *brand, "扣退款", "比例", "1%", "30%", *until])
    seller = order_items.store_of(chain)
    if seller is not None:
        consigned = ["饮品寄售", seller.code, order_items.DRINKS, people.CONSIGNOR, "供应商", ""]
        rows.append([*consigned, "扣退款不含税", "比例", "35%", "", order_items.since(chain).isoformat(), ""])
    if rows:
        cells = pl.DataFrame(rows, schema=dict.fromkeys(header.split(","), pl.String), orient="row")
        _text(out, "分账规则", header, cells, "chainbrain-split-rules")


def _openings(chain: Chain, out: Exports, in_transit: tuple[tuple[int, int], ...]) -> None:
    header = "类型,渠道或账号,门店编号,日期,余额"
    day = chain.start.isoformat()
    rows = [["银行", account.number, "", day, plain_yuan(account.opening)] for account in chain.accounts]
    rows += [["钱包", m.number, "", day, plain_yuan(m.opening)] for m in chain.merchants]
    rows += [["在途", CHANNEL_WORDS["meituan"], chain.stores[s].code, day, plain_yuan(fen)] for s, fen in in_transit]
    rows += [
        ["应付加盟", "", shop.code, day, plain_yuan(ledger_files.opening(shop))]
        for shop in chain.stores
        if shop.franchise
    ]
    rows.append(["储值负债", "会员储值", "", day, plain_yuan(opening_cards(chain))])
    cells = pl.DataFrame(rows, schema=dict.fromkeys(header.split(","), pl.String), orient="row")
    _text(out, "期初余额", header, cells, "chainbrain-opening")


def _counts(chain: Chain, out: Exports, counts: pl.DataFrame) -> None:
    header = "门店编号,营业日期,班次,收银员,备用金,现金销售,现金退款,支出,缴存,实点"
    codes = {s.index: s.code for s in chain.stores}
    cells = counts.select(
        a=pl.col("store").replace_strict(codes, return_dtype=pl.String),
        b=date_text(chain, "day"),
        c=pl.lit("全天"),
        d=((pl.col("store") * 3 + pl.col("day")) % len(people.CASHIERS)).replace_strict(
            dict(enumerate(people.CASHIERS)), return_dtype=pl.String
        ),
        e=yuan("float"),
        f=yuan("sales"),
        g=yuan("refunds"),
        h=yuan("paid_out"),
        i=yuan("banked"),
        j=yuan("counted"),
    )
    out.place("cash_count", counts["cid"], _text(out, "现金盘点", header, cells, "chainbrain-cash-counts"), line=2)


def _cards(chain: Chain, out: Exports, cards: pl.DataFrame) -> None:
    header = "门店编号,时间,类型,金额,本金,赠金,会员号,单号"
    codes = {s.index: s.code for s in chain.stores}
    cells = cards.select(
        a=pl.col("store").replace_strict(codes, return_dtype=pl.String),
        b=moment(chain, "at"),
        c=pl.col("what").replace_strict(_CARD_WORDS, return_dtype=pl.String),
        d=yuan(pl.col("principal") + pl.col("gift")),
        e=yuan("principal"),
        f=yuan("gift"),
        g=pl.concat_str(pl.lit("M"), (pl.col("member") + 100_000).cast(pl.String)),
        h="number",
    )
    _text(out, "储值变动", header, cells, "chainbrain-stored-value")
