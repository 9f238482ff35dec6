"""The comparison of the open plan: its files against the book, decided about, counted and previewed."""

from __future__ import annotations

import time
from collections.abc import Sequence

from chainbrain.database.book import Book
from chainbrain.errors import UserError
from chainbrain.importers.plan import FilePlan, ImportPlan, MemberReading, RowProblem
from chainbrain.intake import file_notes, known, outcomes, preview, rivals, staged
from chainbrain.intake.decisions import UNDECIDED, Decisions
from chainbrain.intake.preview import PreviewRow
from chainbrain.progress import Report


class Comparison:
    """Counts what every file would add under the decisions; every count is a plan, and the last one stands.

    Attributes:
        decisions: what is decided about the open plan.
    """

    def __init__(self, book: Book) -> None:
        self.decisions = UNDECIDED
        self._book = book
        self._run = 0
        # The files of the open plan; none when the comparison that they were counted by no longer stands.
        self._files: tuple[FilePlan, ...] | None = None
        self._suspects: dict[str, tuple[RowProblem, ...]] = {}
        self._compared = 0
        self._arranged: tuple[int, str] | None = None

    @property
    def files(self) -> tuple[FilePlan, ...]:
        """The files of the open plan; none when it no longer stands."""
        return self._files or ()

    def require(self, plan: ImportPlan) -> None:
        """See that a plan is the one that stands.

        Raises:
            UserError: ``import.plan_outdated``.
        """
        if plan.run != self._run:
            raise UserError("import.plan_outdated")

    def counts_by_rows(self, decisions: Decisions) -> bool:
        """Whether other decisions leave the comparison as it is, so that only rows are counted again."""
        return self._files is not None and decisions.same_files(self.decisions)

    def read_anew(self) -> None:
        """Files were read again: what was compared is no longer what was read."""
        self._files = None

    def outdate(self) -> None:
        """Let no plan stand any more: the book's rows came or went."""
        self._run += 1
        self._files = None

    def drop(self) -> None:
        """Let no plan stand any more and forget what was decided about it."""
        self.outdate()
        self._suspects = {}
        self.decisions = UNDECIDED

    def of_files(
        self, readings: Sequence[MemberReading], decisions: Decisions, report: Report, *, started: float
    ) -> ImportPlan:
        """Compare all files that are taken with the book and with each other.

        Args:
            readings: what was read.
            decisions: what is decided.
            report: told after each kind of record; may raise ``Cancelled``.
            started: when the work on the plan began, by ``time.monotonic``.

        Raises:
            UserError: ``import.plan_outdated`` when an import that the readings counted on was taken back since.
        """
        files = outcomes.first_looks(readings, known.counts(self._book), decisions)
        files = rivals.refuse(self._book, files)
        # From here on an earlier plan no longer stands, even if this comparison is stopped half way.
        self.outdate()
        while True:
            to_write = [
                staged.StagedFile(number, plan.file_id, plan.reading)
                for number, plan in enumerate(files)
                if plan.outcome == "imported"
            ]
            self._compared += 1
            staged.compare(self._book, to_write, report)
            staged.decide(self._book, decisions)
            self._suspects = staged.suspects(self._book)
            counts = staged.divide(self._book, [file.file_id for file in to_write])
            counted = [outcomes.counted(plan, counts, decisions, self._suspects) for plan in files]
            if [plan.outcome for plan in counted] == [plan.outcome for plan in files]:
                break
            # A file fell out: rows that the others share with it are theirs now, so they are compared without it.
            files = [now if now.outcome != plan.outcome else plan for plan, now in zip(files, counted, strict=True)]
        return self._stand(counted, decisions, started)

    def of_rows(self, decisions: Decisions, *, started: float) -> ImportPlan:
        """Count rows again about which something else is decided now; the files are the same (``counts_by_rows``).

        Args:
            decisions: what is decided.
            started: when the work on the plan began, by ``time.monotonic``.
        """
        assert self._files is not None
        self._run += 1
        before = self.decisions
        touched = {
            place.file_id for place, word in {**before.rows, **decisions.rows}.items()
            if (before.rows.get(place), decisions.rows.get(place)) != (word, word)
        }  # fmt: skip
        if before.accept_suspect != decisions.accept_suspect:
            touched = {plan.file_id for plan in self._files}
        if staged.decide(self._book, decisions):
            touched = {plan.file_id for plan in self._files}
            self._arranged = None
        counts = staged.divide(self._book, touched)
        counted = [
            outcomes.counted(plan, counts, decisions, self._suspects)
            if plan.outcome == "imported" and plan.file_id in touched
            else plan
            for plan in self._files
        ]
        return self._stand(counted, decisions, started)

    def preview(self, plan: FilePlan, first: int, count: int) -> list[PreviewRow]:
        """Rows of a file of the open plan as they would be shown: broken, suspect, new, seen."""
        self._arrange(plan)
        return preview.rows(self._book, plan, first, count, accepted=self.decisions.accept_suspect)

    def preview_count(self, plan: FilePlan) -> int:
        """How many rows ``preview`` has of a file of the open plan."""
        self._arrange(plan)
        return preview.count(self._book, plan)

    def preview_first(self, plan: FilePlan, state: str) -> int | None:
        """Where rows of a state (broken, suspect, new, seen) begin in ``preview``; ``None`` when there are none."""
        self._arrange(plan)
        return preview.first_of(self._book, plan, state, accepted=self.decisions.accept_suspect)

    def _stand(self, counted: Sequence[FilePlan], decisions: Decisions, started: float) -> ImportPlan:
        self._files = file_notes.told(self._book, outcomes.twins_follow(counted))
        self.decisions = decisions
        return ImportPlan(self._run, self._files, round(time.monotonic() - started, 3))

    def _arrange(self, plan: FilePlan) -> None:
        if self._arranged != (self._compared, plan.file_id):
            preview.arrange(self._book, plan)
            self._arranged = (self._compared, plan.file_id)
