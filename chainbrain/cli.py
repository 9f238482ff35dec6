"""The command line: every capability of the engine, for scripts and for machines without a display."""

from __future__ import annotations

import argparse
import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from chainbrain import __version__, texts
from chainbrain.commands import (
    books,
    cash,
    cash_freeze,
    cash_ladder,
    cash_plan,
    chain,
    close,
    decisions,
    files,
    forecast_events,
    forecasts,
    formats,
    habits,
    inbox,
    ledger,
    mappings,
    money_map,
    payments,
    places,
    plans,
    split_rules,
    splits,
    unusual,
    vouchers,
)
from chainbrain.commands.console import Console
from chainbrain.errors import Cancelled, UserError, system_reason
from chainbrain.importers.mapped.mapping import FIELDS
from chainbrain.vouchers.accounts import CHARTS
from chainbrain.vouchers.layouts import LAYOUTS

OK: Final = 0
FAULT: Final = 1
USAGE: Final = 2
NOT_ALL: Final = 3

# What the owner of the computer can mend: full disks, permissions, places that are not there.
_THE_COMPUTERS: Final = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.ENOENT, errno.ENOTDIR}
)

_MAPPING_ARGUMENTS: Final = {
    "file": "表格，或写着列对照的文件 / the table, or the file with a map",
    "name": "列对照的名称 / the map's name",
    "new_name": "新名称 / its new name",
}

Command = Callable[[argparse.Namespace, Console], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status.

    0 when all went well, 3 when at least one file was not imported (or a check found something), 2 for wrong usage or
    something the user can mend, 1 for a fault of the program.
    """
    for stream in (sys.stdout, sys.stderr):
        # A C locale or an old Windows console must not turn Chinese into an exception.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(argv)
    console = Console(options.lang, quiet=options.quiet)
    command: Command = options.command
    try:
        return command(options, console)
    except UserError as problem:
        console.failed(texts.error(problem, options.lang))
        if problem.code in files.HINTS:
            console.failed(texts.message(files.HINTS[problem.code], options.lang))
        return USAGE
    except (Cancelled, KeyboardInterrupt):
        console.failed(texts.message("cli.cancelled", options.lang))
        return 130
    except BrokenPipeError:
        return _nobody_reads()
    except OSError as problem:
        if problem.errno not in _THE_COMPUTERS:
            return _fault(problem, console)
        place = problem.filename or "-"
        console.failed(texts.message("cli.system", options.lang, reason=system_reason(problem), path=place))
        return USAGE
    except Exception as problem:
        return _fault(problem, console)


def _nobody_reads() -> int:
    # The reader of our output has gone (``| head``); that is its right.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return OK


def _fault(problem: Exception, console: Console) -> int:
    """A bug of ours: say so, keep the details in a file the user can send, never print a bare traceback."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="chainbrain-fault-", suffix=".txt", encoding="utf-8", delete=False
    ) as kept:
        traceback.print_exception(problem, file=kept)
    console.failed(
        texts.message("cli.fault", console.lang, what=f"{type(problem).__name__}: {problem}", path=kept.name)
    )
    return FAULT


def _parser() -> argparse.ArgumentParser:
    lang = "en" if os.environ.get("CHAINBRAIN_LANG", "zh").startswith("en") else "zh"
    parser = argparse.ArgumentParser(prog="chainbrain", description="链脑 ChainBrain " + __version__)
    parser.add_argument("--version", action="version", version=__version__, help="版本 / the version")
    parser.add_argument("--lang", choices=texts.LANGUAGES, default=lang, help="中文或英文 / Chinese or English")
    parser.add_argument("--quiet", action="store_true", help="不显示进度 / no progress")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command, words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words)
        made.set_defaults(command=command)
        return made

    for name, command, words in (
        ("generate", chain.generate, "写出演示连锁的账单 / write the exports of a demo chain"),
        ("demo", chain.demo, "演示：导入、对账、分析、测算、出报表 / the whole job on a demo chain"),
    ):
        made = add(name, command, words)
        made.add_argument("directory", type=Path, help="写到这个文件夹 / the folder to write to")
        made.add_argument("--stores", type=_positive, default=12, help="几家店 / how many stores")
        made.add_argument("--days", type=_positive, default=92, help="多少天 / how many days")
        made.add_argument(
            "--seed", type=int, default=20260731, help="同一个数做出同样的账单 / the same number makes the same exports"
        )
        made.add_argument(
            "--differences", type=_natural, default=300, help="埋进多少处差异 / how many differences to hide"
        )

    made = add("import", files.import_files, "导入文件或文件夹 / import files and folders")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("paths", type=Path, nargs="+", help="账单文件、压缩包或文件夹 / files, archives or folders")
    made.add_argument("--dry-run", action="store_true", help="只看不写 / say what would be written, write nothing")
    made.add_argument(
        "--accept-differences", action="store_true", help="自带合计对不上也照样收 / take files whose own total differs"
    )
    made.add_argument("--accept-suspect", action="store_true", help="可疑的行都算新的 / take suspect rows as new")
    made.add_argument("--format", metavar="NAME", help="几种格式都像时按它读 / for files that fit several")
    made.add_argument("--password-file", type=Path, help="每行一个密码 / one password a line")
    made.add_argument("--mapping", type=Path, metavar="FILE", help="按这份列对照读 / read by this column map")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add("mapping", mappings.show, "列对照 / column maps for tables no importer knows")
    _mapping_actions(made)

    made = add(
        "formats", formats.show_formats, "能导入哪些文件、在哪里下载 / which files can be imported, and where they are"
    )
    made.add_argument("format", nargs="?", help="只说这一种 / tell about this one")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    for name, command, words in (
        ("reconcile", books.reconcile, "对账 / reconcile"),
        ("status", books.status, "完整度、差异、在途 / completeness, differences, money in transit"),
        ("history", books.show_history, "历史 / what was written"),
        ("check", books.check, "全面核对账本 / verify the book"),
    ):
        made = add(name, command, words)
        made.add_argument("book", type=Path, help="账本文件 / the book")
        made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")
        if name == "reconcile":
            made.add_argument("--all", action="store_true", help="全部重新勾对 / match anew what was not touched, too")

    made = add("decide", decisions.decide, "按表处理差异和勾对 / decide differences and matches from a table")
    made.formatter_class = argparse.RawDescriptionHelpFormatter
    made.epilog = texts.message("decide.help", "zh") + "\n\n" + texts.message("decide.help", "en")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("decisions", type=Path, help="处理表（csv）/ the table of decisions, a csv")

    made = add("places", places.show, "哪些门店、终端、商户号、文件还没归位 / what belongs to no store yet")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--out", type=Path, help="写成一张表，填好后交给 place / a table to fill in for place")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add("place", places.place, "按表归位 / say where they belong, from a table")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("table", type=Path, help="填好的归位表 / the table, filled in")

    made = add("habits", habits.show, "结算规律，几笔到账为证 / how payouts reach the bank, and the grounds")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add("habit", habits.set_habit, "改一个商户号的结算规律 / set how one merchant number is paid out")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("channel", metavar="CHANNEL", help="渠道，如微信 / the channel, like wechat")
    made.add_argument("merchant", metavar="MERCHANT", help="商户号 / the merchant number")
    made.add_argument("--cutoff", metavar="HH:MM", help="结算日切；中午以前的算次日 / before noon: of the next day")
    made.add_argument("--rule", help="到账规则，如 D1、T1 / like D1 or T1")
    made.add_argument(
        "--fees", help="手续费扣法：逐笔扣、按日合计扣、另行收取 / fees: item, batch (the day's sum), later (apart)"
    )
    made.add_argument(
        "--merged", choices=tuple(habits.YES_OR_NO), help="同日到账合成一笔 / one deposit per day of arrival"
    )
    made.add_argument("--learned", action="store_true", help="改回按到账学到的 / as the deposits say again")

    made = add("splits", splits.show, "分账：应分、已分、差异 / splits: due, executed, differences")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--month", metavar="YYYY-MM", help="只看一个月，如 2026-10 / one month only, like 2026-10")
    made.add_argument(
        "--export", type=Path, metavar="FILE", help="把规则写成能再导入的 csv / write the rules as a table to import"
    )
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add("split-rule", split_rules.write, "写、改、停一条分账规则 / write, change or end one split rule")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    for name, help_text in (
        ("name", "规则名称 / name of the agreement"),
        ("receiver", "接收方 / who gets the share"),
    ):
        made.add_argument(f"--{name}", required=True, help=help_text)
    for name, metavar, help_text in (
        ("value", "5%", "比例 5%、每单元数或阶梯 0-200000:5%;200000-:4% / a share, yuan of an order, or tiers"),
        ("way", "比例", "比例、固定、阶梯累进、阶梯全额 / ratio, fixed, progressive, flat"),
        (
            "basis",
            "扣退款",
            "基数：毛额、扣退款、扣手续费、扣佣金，可加“不含税” / base: gross, after_refunds, ..., _untaxed",
        ),
        ("store", "S1", "只管一家门店 / one store only"),
        ("channel", "微信", "只管一个渠道 / one channel only"),
        (
            "group",
            "寄售酒水",
            "只管一个商品类别，要有订单商品明细 / one product group only, by the table of order items",
        ),
        (
            "kind",
            "品牌",
            "接收方是谁：品牌、区域、加盟商、供应商、员工、平台 / what the receiver is: brand, region, ...",
        ),
        ("account", "1900000109", "接收方账号 / the receiver's account"),
        ("cap", "30%", "上限比例 / cap of all shares of one order"),
        ("to", "2027-01-01", "从哪天起不再有效 / the first day on which it no longer holds"),
        ("end", "2027-01-01", "停用：从这天起不再有效 / end it: the first day on which it no longer holds"),
    ):
        made.add_argument(f"--{name}", metavar=metavar, help=help_text.replace("%", "%%"))
    made.add_argument("--from", dest="first", metavar="2026-11-01", help="从哪天起有效 / the first day of it")
    made.add_argument("--anyway", action="store_true", help="有提醒也照写 / write it in spite of warnings")
    made.add_argument(
        "--dry-run", action="store_true", help="只看会怎样，不写入 / say what would happen, write nothing"
    )
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    ledger.arguments(add)
    payments.arguments(add)
    money_map.arguments(add)
    cash.arguments(add)
    cash_freeze.arguments(add)
    cash_plan.arguments(add)
    cash_ladder.arguments(add)
    unusual.arguments(add)

    made = add("vouchers", vouchers.show, "凭证：一个月的分录、科目、导入用友金蝶的表 / journal lines of a month")
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

    made = add("close", close.close, "月结：看板、签字锁定、重开、比较、重算 / the month-end close")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument(
        "--month", metavar="YYYY-MM", help="哪个月，如 2026-10；不写就列出全部 / like 2026-10; all if left out"
    )
    made.add_argument(
        "--sign",
        metavar="NAME",
        nargs="?",
        const="",
        help="签字人；不写姓名就用上次的 / who signs, or whoever did last",
    )
    made.add_argument(
        "--reason", metavar="TEXT", help="有缺也签、或重开的理由 / why it is signed or opened all the same"
    )
    made.add_argument("--reopen", action="store_true", help="重新打开已结的月份 / open a closed month again")
    made.add_argument(
        "--replay", action="store_true", help="用原始文件重算已结的月份 / reckon a closed month from its files"
    )
    made.add_argument(
        "--compare", nargs=2, type=_positive, metavar=("V1", "V2"), help="比较两个版本 / two versions, figure by figure"
    )
    made.add_argument("--pack", type=Path, metavar="DIR", help="月结底稿写到这个文件夹 / write the pack to this folder")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add("inbox", inbox.show_inbox, "盯着的文件夹里有什么新文件 / what waits in the watched folder")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("directory", type=Path, nargs="?", help="要盯的文件夹 / the folder to watch")
    made.add_argument("--forget", action="store_true", help="不再盯任何文件夹 / watch no folder any longer")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add("undo", books.undo, "撤销 / take an entry back")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument(
        "entry",
        type=int,
        nargs="?",
        help="历史里的第几条，不写就是最近一条 / the entry in the history, by default the latest",
    )

    made = add("redo", books.redo, "恢复已撤销的一条 / do an undone entry again")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument(
        "entry",
        type=int,
        nargs="?",
        help="历史里的第几条，不写就是最近一条 / the entry in the history, by default the latest",
    )
    made.add_argument("--password-file", type=Path, help="每行一个密码 / one password a line")

    made = add("report", plans.report, "出报表 / write a report")
    made.add_argument("book", type=Path, nargs="?", help="账本文件 / the book")
    made.add_argument("name", nargs="?", help="报表名称 / the name of the report")
    made.add_argument("--out", type=Path, help="写成 xlsx、pdf、csv 或 json / write as xlsx, pdf, csv or json")
    made.add_argument("--channel", metavar="NAME", help="只要这个渠道，如 wechat / one channel")
    made.add_argument("--merchant", metavar="NUMBER", help="只要这个商户号 / one merchant number")
    made.add_argument("--store", metavar="NUMBER", help="只要这家门店 / one store")
    made.add_argument("--month", metavar="YYYY-MM", help="只要这个月 / one month")
    made.add_argument("--list", action="store_true", help="列出全部报表名称 / list the names of all reports")

    made = add("expand", plans.expand, "测算一家新店或一批店 / simulate a new store, or a programme of several")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("scenario", type=Path, help="方案文件（JSON）/ the scenario, a JSON file")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add("forecast", forecasts.forecast, "预测收款 / forecast the receipts")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--horizon", type=_positive, default=28, metavar="N", help="往后多少天 / how many days ahead")
    made.add_argument(
        "--accuracy", action="store_true", help="在过去反复测，看准不准 / measure on the past how well it went"
    )
    made.add_argument("--out", type=Path, metavar="FILE", help="准确度写成 xlsx 等 / write the accuracy to a file")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add(
        "forecast-series", forecasts.forecast_series, "预测一张表里的每日数列 / forecast the daily series of a table"
    )
    made.formatter_class = argparse.RawDescriptionHelpFormatter
    made.epilog = texts.message("series.help", "zh") + "\n\n" + texts.message("series.help", "en")
    made.add_argument("file", type=Path, help="数列表，csv 或 parquet / the table of series, csv or parquet")
    made.add_argument(
        "--origin",
        type=_day,
        nargs="+",
        required=True,
        metavar="DATE",
        help="起点日，只用到这天为止的数 / last known day",
    )
    made.add_argument("--horizon", type=_positive, required=True, metavar="N", help="往后多少天 / how many days ahead")
    made.add_argument("--out", type=Path, required=True, help="写成 csv 或 parquet / the csv or parquet to write")
    made.add_argument("--known", metavar="COLUMNS", help="哪些列是事先定好的，逗号分隔 / columns that are plans")

    forecast_events.arguments(add)

    made = add("backup", books.backup, "备份账本到一个文件夹 / keep a copy of the book in a folder")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("directory", type=Path, help="备份放在哪个文件夹 / the folder for it")

    made = add("restore", books.restore, "从备份恢复成一本新账本 / put a book back from a backup")
    made.add_argument("backup", type=Path, help="备份文件 / the backup")
    made.add_argument("book", type=Path, help="恢复成哪个账本文件 / the book to write")

    made = add("pack", books.pack, "账本和保险箱打成一个文件 / book and safe in one file")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("file", type=Path, help="打包成的文件 / the file to write")
    return parser


def _mapping_actions(made: argparse.ArgumentParser) -> None:
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")
    actions = made.add_subparsers(metavar="ACTION")
    for name, command, arguments, words in (
        ("list", mappings.show, (), "全部列对照 / all maps"),
        ("suggest", mappings.suggest, ("file",), "为一张表提出建议 / propose a map for a table"),
        ("export", mappings.export, ("name",), "写成文件 / write one to a file"),
        ("add", mappings.add, ("file",), "收进账本 / keep the map of a file"),
        ("rename", mappings.rename, ("name", "new_name"), "改名 / call it something else"),
        ("remove", mappings.remove, ("name",), "删除 / recognise no more tables by it"),
    ):
        action = actions.add_parser(name, help=words, description=words)
        action.set_defaults(command=command)
        for argument in arguments:
            action.add_argument(argument, type=Path if argument == "file" else str, help=_MAPPING_ARGUMENTS[argument])
        if command in (mappings.suggest, mappings.export):
            action.add_argument("--out", type=Path, required=True, help="写到这个文件 / the file to write")
        if command is mappings.suggest:
            action.add_argument("--member", help="压缩包里的哪个文件 / which file of an archive")
            action.add_argument("--sheet", help="哪张工作表 / which sheet")
            action.add_argument("--kind", choices=tuple(FIELDS), help="表里是什么记录 / what the rows are")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(text)
    return number


def _natural(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(text)
    return number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as cause:
        raise argparse.ArgumentTypeError(text) from cause
