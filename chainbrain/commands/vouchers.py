"""``vouchers``: the journal lines of a month, the accounts they stand on, and the table for an accounting program."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from chainbrain.commands.console import Console
from chainbrain.commands.splits import month_of
from chainbrain.errors import UserError
from chainbrain.masking import masked
from chainbrain.reports import voucher_files
from chainbrain.reports.vouchers import entity_word, store_names, untold_sentences, vat_sentences
from chainbrain.vouchers.accounts import CHARTS
from chainbrain.vouchers.journal import Voucher, VoucherLine
from chainbrain.vouchers.layouts import LAYOUTS, Frame
from chainbrain.vouchers.room import CHART, MAKER, VAT, WORD, Journal, VoucherRoom
from chainbrain.workspace import Workspace


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("vouchers", show, "凭证：一个月的分录、科目、导入用友金蝶的表 / journal lines of a month")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--month", metavar="YYYY-MM", help="哪个月，如 2026-10 / which month, like 2026-10")
    made.add_argument("--out", type=Path, help="写成 xlsx 或 csv / the xlsx or csv to write")
    made.add_argument(
        "--layout",
        choices=[one.key for one in LAYOUTS],
        default="plain",
        help="按哪种软件的列 / the columns of which program",
    )
    made.add_argument("--entity", metavar="NAME", help="只要这个收款主体的账 / the books of one legal entity")
    made.add_argument("--accounts-out", type=Path, metavar="FILE", help="写出科目对照表 / write the table of accounts")
    made.add_argument(
        "--accounts", type=Path, metavar="FILE", help="读入填好的科目对照表 / take the accounts of a table"
    )
    made.add_argument("--columns", type=Path, metavar="FILE", help="改 --layout 的列：列名、内容 / its own columns")
    made.add_argument("--chart", choices=CHARTS, help="小企业会计准则或企业会计准则的科目 / which chart of accounts")
    made.add_argument("--word", metavar="WORD", help="凭证字，如 记 / the word before the number")
    way = made.add_mutually_exclusive_group()
    way.add_argument(
        "--untaxed",
        dest="vat",
        action="store_const",
        const="untaxed",
        help="收入不含税、税额另列（税率知道的门店）/ revenue without VAT, the tax apart, where the rate is known",
    )
    way.add_argument(
        "--taxed",
        dest="vat",
        action="store_const",
        const="taxed",
        help="收入含税（默认）/ revenue with VAT, the default",
    )
    made.add_argument("--maker", metavar="NAME", help="制单人 / who makes the vouchers")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def show(options: argparse.Namespace, console: Console) -> int:
    """Take words on accounts and layouts, write what is asked for, print the sums by account."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        room = workspace.vouchers
        _set(options, workspace, console)
        if options.accounts_out is not None:
            count = voucher_files.write_accounts(options.accounts_out, room.accounts().values(), console.lang)
            console.say("cli.vouchers_accounts_written", path=str(options.accounts_out), count=count)
        month = month_of(options.month)[0]
        if month is None:
            if options.out is not None or not _said_something(options):
                raise UserError("vouchers.which_month")
            return 0
        journal = _of_entity(room.journal(month), options.entity)
        exemptions = [one for one in room.exemptions(month) if options.entity in {None, one.entity}]
        if options.out is not None:
            names = store_names(workspace.book)
            _write(options, room, journal, names, console)
            for line in (*untold_sentences(journal, names, console.lang), *vat_sentences(exemptions, console.lang)):
                print(line)
        elif options.json:
            console.json(
                {
                    "vouchers": [_shown(one) for one in journal.vouchers],
                    "left_out": journal.left_out,
                    "to_check": journal.to_check,
                    "vat": "untaxed" if room.untaxed else "taxed",
                    "vat_thresholds": exemptions,
                }
            )
        else:
            _print(journal, console)
            console.say("cli.vouchers_untaxed" if room.untaxed else "cli.vouchers_no_vat")
            for line in vat_sentences(exemptions, console.lang):
                print(line)
    return 0


def _set(options: argparse.Namespace, workspace: Workspace, console: Console) -> None:
    if options.columns is not None:
        columns = json.dumps(voucher_files.read_columns(options.columns), ensure_ascii=False)
        workspace.set_voucher_setting(f"layout:{options.layout}", columns)
        console.say("cli.vouchers_columns_set", layout=console.word(f"voucher_layout.{options.layout}"))
    if options.accounts is not None:
        words = voucher_files.read_accounts(options.accounts, workspace.vouchers.accounts().values())
        if words:
            workspace.set_accounts(words)
        console.say("cli.vouchers_accounts_set", count=len(words))
    # After the table: its rows are those of the chart that held when it was written.
    for key, value in ((CHART, options.chart), (WORD, options.word), (MAKER, options.maker), (VAT, options.vat)):
        if value is not None:
            workspace.set_voucher_setting(key, value)
            told = console.word(f"vat_way.{value}") if key == VAT else value
            console.say("cli.vouchers_set", setting=console.word(f"voucher_setting.{key}"), value=told)


def _said_something(options: argparse.Namespace) -> bool:
    said = (
        options.chart, options.word, options.maker, options.vat, options.columns, options.accounts,
        options.accounts_out,
    )  # fmt: skip
    return any(one is not None for one in said)


def _of_entity(journal: Journal, entity: str | None) -> Journal:
    if entity is None:
        return journal
    mine = tuple(one for one in journal.vouchers if one.entity == entity)
    if not mine:
        names = tuple(one for one in journal.entities if one is not None)
        raise UserError("vouchers.entity", entity=entity, known=names)
    return replace(journal, vouchers=mine)


def _write(
    options: argparse.Namespace, room: VoucherRoom, journal: Journal, names: Sequence[tuple[str, str]], console: Console
) -> None:
    layout = room.layout(options.layout)
    # What an accounting program keeps is in the language of its books.
    frame = Frame(room.setting(WORD), room.setting(MAKER), "zh", tuple(names))
    lines = voucher_files.write_vouchers(options.out, layout, journal.vouchers, frame)
    console.say("cli.vouchers_written", path=str(options.out), vouchers=len(journal.vouchers), lines=lines)
    if not layout.own and layout.known != "own":
        console.say(f"cli.vouchers_layout_{layout.known}", layout=console.word(f"voucher_layout.{layout.key}"))


def _shown(one: Voucher) -> Voucher:
    return replace(one, lines=tuple(_line(line) for line in one.lines))


def _line(line: VoucherLine) -> VoucherLine:
    return replace(line, detail=masked(line.detail)) if line.role == "bank" and line.detail else line


def _print(journal: Journal, console: Console) -> None:
    if not journal.vouchers:
        console.say("cli.vouchers_none", month=_month(journal.month))
        return
    console.say("cli.vouchers", month=_month(journal.month), count=len(journal.vouchers))
    keys = ("legal_entity", "voucher_no", "store", "voucher_group", "debit", "credit")
    console.table(
        [console.word(f"column.{key}") for key in keys],
        [
            [
                entity_word(one.entity, console.lang), one.number, one.store,
                console.word(f"voucher_group.{one.group}"), one.debit, one.credit,
            ]
            for one in journal.vouchers
        ],
    )  # fmt: skip
    for heading, told in (("cli.vouchers_to_check", journal.to_check), ("cli.vouchers_left_out", journal.left_out)):
        if not told:
            continue
        print()
        console.say(heading)
        left = ("voucher_left_out", "store", "channel", "count", "amount")
        console.table(
            [console.word(f"column.{key}") for key in left],
            [
                [
                    console.word(f"voucher_left_out.{one.reason}"), one.store,
                    console.word(f"channel.{one.channel}") if one.channel else "", one.items, one.amount,
                ]
                for one in told
            ],
        )  # fmt: skip


def _month(day: date) -> str:
    return f"{day:%Y-%m}"
