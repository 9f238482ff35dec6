"""The reports room of one open book: which reports there are, what they say, and writing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chainbrain import __version__
from chainbrain.errors import UserError
from chainbrain.reports import as_csv, as_json, as_pdf, as_xlsx
from chainbrain.reports.content import MAKERS
from chainbrain.reports.files import replacing
from chainbrain.reports.filters import Filters
from chainbrain.reports.given_filters import given_filters
from chainbrain.reports.tables import Report
from chainbrain.reports.taken import check, narrowed, told

if TYPE_CHECKING:
    from chainbrain.analytics.compare import Comparison as StoreComparison
    from chainbrain.cash.backtest import Backtest
    from chainbrain.cash.book_replay import BookReplay
    from chainbrain.cash.comparing import Comparison
    from chainbrain.cash.idle import Idle
    from chainbrain.cash.outlook import CashOutlook
    from chainbrain.cash.receipts_level import LevelForecast
    from chainbrain.database.book import Book
    from chainbrain.expansion.areas import Analogues, AreaStudy
    from chainbrain.expansion.areas.feedback import Correction
    from chainbrain.expansion.comparing import Compared
    from chainbrain.expansion.following import Followed
    from chainbrain.expansion.kept import Worked
    from chainbrain.expansion.openings import StoreOpening
    from chainbrain.expansion.past import Past
    from chainbrain.expansion.programme import Answer

WRITERS: Final[dict[str, Callable[[Report, Path, str], None]]] = {
    ".xlsx": as_xlsx.write,
    ".csv": as_csv.write,
    ".json": as_json.write,
    ".pdf": as_pdf.write,
}


def catalogue() -> tuple[str, ...]:
    """The names of all reports; words stand under ``report.<name>``."""
    return tuple(MAKERS)


def make(book: Book, name: str, **filters: object) -> Report:
    """What a report says now.

    Args:
        book: a reading book.
        name: one of ``catalogue()``.
        filters: any of first, after (business days, the second excluded), period (a name of ``periods.CHOICES``),
            month (``2026-06``), week (a day of it), stores (numbers), store (one number), group (``city=杭州``, of
            ``store_groups.KINDS``), channel, merchant (number), code, state, kind, leg, entity (a legal entity),
            payments (``known`` ones only). Its head says all that were applied; those a report has no use for are
            refused (``reports.taken``).

    Raises:
        UserError: ``report.unknown``, ``report.unknown_filter``, ``report.not_taken``, ``report.unknown_store``,
            ``report.month``, ``report.week``, or what the report itself refuses.
    """
    maker = MAKERS.get(name)
    if maker is None:
        raise UserError("report.unknown", name=name, known=", ".join(catalogue()))
    check(name, filters)
    with book.standing_still():
        return maker(book, given_filters(book, filters))


def write(book: Book, name: str, path: Path, lang: str = "zh", **filters: object) -> int:
    """Write a report to a file, whole or not at all; the ending of the name chooses the format. Returns its row count.

    Raises:
        UserError: what ``make`` refuses, ``report.unknown_format``, ``report.no_folder`` or ``report.not_written``.
    """
    writer = _writer(path)
    return _write(make(book, name, **filters), path, lang, writer)


def _write(report: Report, path: Path, lang: str, writer: Callable[[Report, Path, str], None]) -> int:
    with replacing(path) as temporary:
        writer(report, temporary, lang)
    # A text table holds the main table only.
    return report.main.rows.height if path.suffix.lower() == ".csv" else report.row_count


def _writer(path: Path) -> Callable[[Report, Path, str], None]:
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UserError("report.unknown_format", path=str(path), suffix=path.suffix, known=", ".join(WRITERS))
    return writer


class ReportRoom:
    """Reports on one book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @staticmethod
    def catalogue() -> tuple[str, ...]:
        """The names of all reports."""
        return catalogue()

    @staticmethod
    def options(name: str) -> str:
        """The options of the command line that a report takes."""
        return told(name)

    @staticmethod
    def narrowed(name: str, filters: Mapping[str, object]) -> tuple[dict[str, object], tuple[str, ...]]:
        """What of the filters of a screen a report makes use of, and the names of the others."""
        return narrowed(name, filters)

    def make(self, name: str, **filters: object) -> Report:
        """What a report says now; see ``make``."""
        return make(self._book, name, **filters)

    def write(self, name: str, path: Path, lang: str = "zh", **filters: object) -> int:
        """Write a report to a file and return its row count; see ``write``."""
        return write(self._book, name, path, lang, **filters)

    def write_cash(self, found: CashOutlook, path: Path, lang: str = "zh", entity: str | None = None) -> int:
        """Write a cash forecast that was worked out already, of one legal entity or of all; as ``write`` does."""
        from chainbrain.reports import cash  # noqa: PLC0415

        filters = Filters(entity=entity, payments=None if found.with_irregular else "known")
        return _write(cash.of_outlook(found, filters), path, lang, _writer(path))

    def write_programme(self, found: Answer, path: Path, lang: str = "zh") -> int:
        """Write a programme of stores that was worked out; as ``write`` does."""
        from chainbrain.reports import programme  # noqa: PLC0415

        return _write(programme.of_answer(found), path, lang, _writer(path))

    def write_scenarios(self, found: Compared, path: Path, lang: str = "zh") -> int:
        """Write kept scenarios side by side; as ``write`` does."""
        from chainbrain.reports import scenarios  # noqa: PLC0415

        return _write(scenarios.of_compared(found, lang), path, lang, _writer(path))

    def write_board(self, name: str, worked: Worked, path: Path, lang: str = "zh") -> int:
        """Write the board pack of a scenario that was worked out just now; as ``write`` does."""
        from chainbrain.reports import board_pack  # noqa: PLC0415

        made = board_pack.of_figures(name, worked.kind, worked.given, worked.plain_figures, __version__)
        return _write(made, path, lang, _writer(path))

    def write_followed(self, found: Followed, path: Path, lang: str = "zh") -> int:
        """Write the plan of a store beside what came; as ``write`` does."""
        from chainbrain.reports import scenarios  # noqa: PLC0415

        return _write(scenarios.of_followed(found), path, lang, _writer(path))

    def write_area(self, found: AreaStudy, path: Path, lang: str = "zh", *, analogues: Analogues | None = None) -> int:
        """Write a trade area that was worked out, with own stores like it where they are given; as ``write`` does."""
        from chainbrain.reports import trade_area  # noqa: PLC0415

        return _write(trade_area.of_study(found, analogues), path, lang, _writer(path))

    def write_surface(self, found: AreaStudy, path: Path, lang: str = "zh") -> int:
        """Write each store's share at every point of demand; as ``write`` does."""
        from chainbrain.reports import trade_area  # noqa: PLC0415

        return _write(trade_area.of_surface(found), path, lang, _writer(path))

    def write_analogues(self, found: Analogues, path: Path, lang: str = "zh") -> int:
        """Write own stores beside a site; as ``write`` does."""
        from chainbrain.reports import trade_area  # noqa: PLC0415

        return _write(trade_area.of_analogues(found), path, lang, _writer(path))

    def write_comparison(self, found: Comparison, path: Path, lang: str = "zh") -> int:
        """Write a frozen forecast that was held against what came; as ``write`` does."""
        from chainbrain.reports import comparison  # noqa: PLC0415

        return _write(comparison.of_comparison(found, Filters(entity=found.path.entity)), path, lang, _writer(path))

    def write_stores(self, found: StoreComparison, path: Path, lang: str = "zh") -> int:
        """Write stores that were put beside each other already; as ``write`` does."""
        from chainbrain.reports import store_comparison  # noqa: PLC0415

        return _write(store_comparison.of_comparison(found), path, lang, _writer(path))

    def write_openings(self, found: Sequence[StoreOpening], path: Path, lang: str = "zh") -> int:
        """Write how stores began, measured already; as ``write`` does."""
        from chainbrain.reports import openings  # noqa: PLC0415

        return _write(openings.of_openings(found), path, lang, _writer(path))

    def write_past(self, found: Past, losses: Correction, path: Path, lang: str = "zh") -> int:
        """Write what would have been foretold for past openings and what came; as ``write`` does."""
        from chainbrain.reports import past_openings  # noqa: PLC0415

        return _write(past_openings.of_past(found, losses), path, lang, _writer(path))

    def write_accuracy(self, found: Backtest, path: Path, lang: str = "zh") -> int:
        """Write what was measured already; as ``write`` does."""
        from chainbrain.reports import foresight  # noqa: PLC0415

        return _write(foresight.of_backtest(found, Filters()), path, lang, _writer(path))

    def write_receipts(self, found: Sequence[LevelForecast], path: Path, lang: str = "zh") -> int:
        """Write receipts to come that were worked out already; as ``write`` does."""
        from chainbrain.reports import receipts  # noqa: PLC0415

        filters = Filters(entity=found[0].entity if found else None)
        return _write(receipts.of_levels(found, filters), path, lang, _writer(path))

    def write_idle(self, found: Idle, path: Path, lang: str = "zh") -> int:
        """Write a plan of idle money that was worked out already; as ``write`` does."""
        from chainbrain.reports import idle  # noqa: PLC0415

        payments = None if found.wish.with_irregular else "known"
        filters = Filters(entity=found.path.entity, payments=payments)
        return _write(idle.of_idle(found, filters), path, lang, _writer(path))

    def write_replay(self, found: BookReplay, path: Path, lang: str = "zh") -> int:
        """Write a replay of idle money that was worked out already; as ``write`` does."""
        from chainbrain.reports import replay  # noqa: PLC0415

        return _write(replay.of_replay(found, Filters(entity=found.entity)), path, lang, _writer(path))
