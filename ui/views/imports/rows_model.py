"""The rows of one planned file as columns: what a row is called, when, whose, how much, and why it waits."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from chainbrain import row_words
from chainbrain.importers.plan import FilePlan
from chainbrain.intake.preview import PreviewRow
from ui import figures
from ui.jobs import Job, JobRunner
from ui.models import Column, Kind, PagedModel
from ui.models.paged_model import PAGE
from ui.theme.translator import Language, translate
from ui.views.imports.words import first_sentence, marked_column, row_reason
from ui.widgets.states import DIFFERENCE, EXCLUDED, NEUTRAL, TIMING
from ui.widgets.states import NEW as NEW_STATE

if TYPE_CHECKING:
    from chainbrain.workspace import Workspace

_BADGES = {"broken": DIFFERENCE, "suspect": TIMING, "new": NEW_STATE, "seen": EXCLUDED}
_TONES = {"broken": "difference", "suspect": "timing"}
_LONG_NUMBER = 14
_BANK = "bank_line"
_SHORT, _TOLD, _ANSWERED = 80, 150, 160


def state_word(state: str) -> str:
    """Return the word of a row's state."""
    words = {
        "broken": translate("Broken"),
        "suspect": translate("suspect"),
        "new": translate("New"),
        "seen": translate("Known"),
    }
    return words.get(state, state)


class PlannedRows:
    """Rows of a planned file as the table wants them; belongs to the worker that holds the open plan."""

    def __init__(self, workspace: "Workspace", plan: FilePlan) -> None:
        self._workspace, self._plan = workspace, plan
        self._count = workspace.imports.preview_count(plan)

    @property
    def row_count(self) -> int:
        """How many rows there are to show."""
        return self._count

    def page(self, number: int) -> list[PreviewRow]:
        """Return one page."""
        return self._workspace.imports.preview(self._plan, number * PAGE, PAGE)


class PlanWorker:
    """Hands page reads to the writing worker: an open plan is kept by the connection that made it."""

    def __init__(self, jobs: JobRunner) -> None:
        self._jobs = jobs

    def start(self, job: Job) -> Job:
        """Queue a job behind what the writing worker does."""
        job.reading = False
        return self._jobs.start(job)

    @property
    def running(self) -> tuple[Job, ...]:
        """Jobs that have not ended."""
        return self._jobs.running


def rows_model(jobs: JobRunner) -> PagedModel:
    """Return an empty model of planned rows."""
    return PagedModel((), cast(JobRunner, PlanWorker(jobs)))


def columns_of(plan: FilePlan, store_names: Mapping[str, str], *, asks: bool) -> list[Column]:
    """Return the columns of a file: a bank line is known by the other party and the memo, others by their number.

    Args:
        plan: the file.
        store_names: names of stores by what files call them.
        asks: whether rows ask for an answer, which stands beside their reason.
    """
    bank = "bank_lines" in plan.reading.staged
    middle = _of_bank() if bank else _of_store(store_names)
    columns = [
        Column("line", lambda: translate("Line"), lambda row: row.line, Kind.NUMBER, width=56, tip=_place),
        Column(
            "state",
            lambda: translate("State"),
            lambda row: (_BADGES.get(row.state, NEUTRAL), state_word(row.state)),
            Kind.BADGE,
            width=82,
        ),
        Column("at", lambda: translate("Time"), _when, Kind.MOMENT, width=146, text=str, tip=_faulty),
        *middle,
        Column("amount", lambda: translate("Amount"), _cell("amount"), Kind.MONEY, width=96, text=_money, tip=_faulty),
    ]
    # Without a reason anywhere the other columns take the room; in full it stands below the table anyway.
    least = _ANSWERED if asks else _SHORT if bank else _TOLD
    return [*columns, _why(least)] if asks or plan.problems else columns


def _why(least: float) -> Column:
    return Column(
        "why",
        lambda: translate("Why"),
        lambda row: first_sentence(row_reason(row)),
        tone=tone_of,
        tip=row_reason,
        least=least,
    )


def _of_bank() -> list[Column]:
    return [
        Column("key", lambda: translate("Other party and memo"), _party, text=str, tip=_whole_party, least=80),
    ]


def _of_store(store_names: Mapping[str, str]) -> list[Column]:
    return [
        Column("key", lambda: translate("Number"), _cell("key"), width=100, optional=True, text=_tail, tip=_whole_key),
        Column(
            "store",
            lambda: translate("Store or merchant"),
            _cell("store"),
            width=92,
            optional=True,
            text=lambda store: store_names.get(str(store), str(store)),
        ),
    ]


def tone_of(row: PreviewRow) -> str:
    """Return the colour in which the reason of a row stands, empty when it has none."""
    return _TONES.get("suspect" if is_suspect(row) else row.state, "")


def is_suspect(row: object) -> bool:
    """Return whether a person may say what this row is, has said so or not."""
    return isinstance(row, PreviewRow) and (row.state == "suspect" or row.decision is not None)


def in_full(row: PreviewRow) -> str:
    """Return what a row says in words that no column cuts: why it waits, what it contradicts, how it is found again."""
    parts = [
        (translate("number {value}"), row.key),
        (translate("with {value}") if row.record_type == _BANK else translate("store or merchant {value}"), row.store),
        (translate("memo {value}"), row.memo),
    ]
    told = translate(", ").join(words.format(value=value) for words, value in parts if value)
    place = translate("Line {line}").format(line=figures.plain(row.line))
    language = Language.current()
    against = row_words.differences(row.code, row.differing, language)
    found_by = row_words.sayings(row.said, language, but=row.column or "") or told
    first = " \u00b7 ".join(text for text in (place, row_reason(row) or told, against) if text)
    return "\n".join(text for text in (first, found_by if row.code else "") if text)


def when_text(row: PreviewRow) -> str:
    """Return the moment of a row: the day in full, the time only where the file states one."""
    if row.at is None:
        return ""
    day = figures.day(row.at, year=True)
    return f"{day} {row.at:%H:%M:%S}" if row.timed else day


def _when(row: PreviewRow) -> str:
    return row.value or "\u2026" if marked_column(row) == "at" else when_text(row)


def _cell(key: str) -> Callable[[PreviewRow], Any]:
    def value(row: PreviewRow) -> Any:
        if marked_column(row) == key:
            return row.value or "\u2026"
        found = getattr(row, key)
        return "" if found is None else found

    return value


def _party(row: PreviewRow) -> str:
    if marked_column(row) == "key":
        return row.value or "\u2026"
    return " \u00b7 ".join(part for part in (row.store, row.memo) if part)


def _whole_party(row: PreviewRow) -> str:
    return "\n".join(part for part in (_party(row), row.key) if part)


def _place(row: PreviewRow) -> str:
    return f"{row.sheet} {row.line}" if row.sheet else ""


def _faulty(row: PreviewRow) -> str:
    return row.value or "" if row.state == "broken" else ""


def _whole_key(row: PreviewRow) -> str:
    return row.value or "" if marked_column(row) == "key" else row.key or ""


def _money(value: Any) -> str:
    return value if isinstance(value, str) else figures.money(value)


def _tail(value: Any) -> str:
    # Long numbers of one day differ at their end only.
    text = str(value)
    return f"\u2026{text[-10:]}" if len(text) > _LONG_NUMBER else text
