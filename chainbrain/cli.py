"""The command line: every capability of the engine, for scripts and for machines without a display."""

from __future__ import annotations

import argparse
import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from typing import Final

from chainbrain import __version__, texts
from chainbrain.commands import (
    areas,
    benchmarks,
    books,
    cash,
    cash_freeze,
    cash_ladder,
    cash_paid,
    cash_plan,
    cash_products,
    chain,
    close,
    decisions,
    files,
    forecast_events,
    forecasts,
    formats,
    habits,
    holidays,
    inbox,
    keeping,
    ledger,
    mappings,
    money_map,
    past_openings,
    payments,
    places,
    plans,
    scenarios,
    sites,
    split_rules,
    splits,
    stores,
    template,
    unusual,
    vouchers,
)
from chainbrain.commands.console import Console
from chainbrain.errors import Cancelled, UserError, system_reason
from chainbrain.expansion.field_names import worded

OK: Final = 0
FAULT: Final = 1
USAGE: Final = 2
NOT_ALL: Final = 3

# What the owner of the computer can mend: full disks, permissions, places that are not there.
_THE_COMPUTERS: Final = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.ENOENT, errno.ENOTDIR}
)

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
        console.failed(texts.error(worded(problem, options.lang), options.lang))
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

    chain.arguments(add)
    files.arguments(add)
    mappings.arguments(add)
    formats.arguments(add)
    books.arguments(add)
    decisions.arguments(add)
    places.arguments(add)
    habits.arguments(add)
    splits.arguments(add)
    split_rules.arguments(add)
    ledger.arguments(add)
    payments.arguments(add)
    money_map.arguments(add)
    cash.arguments(add)
    cash_freeze.arguments(add)
    cash_plan.arguments(add)
    cash_paid.arguments(add)
    cash_ladder.arguments(add)
    stores.arguments(add)
    cash_products.arguments(add)
    unusual.arguments(add)
    vouchers.arguments(add)
    close.arguments(add)
    inbox.arguments(add)
    keeping.arguments(add)
    plans.arguments(add)
    template.arguments(add)
    scenarios.arguments(add)
    areas.arguments(add)
    forecasts.arguments(add)
    forecast_events.arguments(add)
    holidays.arguments(add)
    sites.arguments(add)
    past_openings.arguments(add)
    benchmarks.arguments(add)
    return parser
