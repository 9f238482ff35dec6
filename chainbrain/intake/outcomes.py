"""What becomes of a file of a plan: taken, refused, asked about, left out, or there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from chainbrain.errors import UserError
from chainbrain.importers.plan import FilePlan, MemberReading, RowCounts, RowProblem
from chainbrain.intake.decisions import Decisions

PARTLY: Final = "import.already_partly"
TWIN: Final = "import.same_as_other"


def file_id(found: MemberReading) -> str:
    """The id that a file's content gives it."""
    return str(UUID(found.sha256[:32]))


def first_looks(
    readings: Sequence[MemberReading], there: Mapping[str, RowCounts], decisions: Decisions
) -> list[FilePlan]:
    """The outcomes that follow from the files alone; of the same bytes twice, one is written.

    Args:
        readings: what was read.
        there: how the rows of the book's files stand there, by file id.
        decisions: what is decided.
    """
    written: dict[str, str] = {}
    plans: dict[int, FilePlan] = {}
    # Copies are named "bill (1).csv", "bill - 副本.csv": the shortest name is the file's own.
    for number, found in sorted(enumerate(readings), key=lambda one: len(one[1].name)):
        plan = first_look(found, there, decisions)
        if plan.outcome == "imported" and plan.file_id in written:
            plan = replace(plan, outcome="already_imported", code=TWIN, facts={"other": written[plan.file_id]})
        elif plan.outcome == "imported":
            written[plan.file_id] = plan.name
        plans[number] = plan
    return [plans[number] for number in range(len(readings))]


def twins_follow(plans: Sequence[FilePlan]) -> tuple[FilePlan, ...]:
    """The plans, with every copy counted as the file of the same bytes that is written; not written if that is not."""
    originals = {plan.file_id: plan for plan in plans if plan.code != TWIN}
    return tuple(_as_original(plan, originals[plan.file_id]) if plan.code == TWIN else plan for plan in plans)


def _as_original(twin: FilePlan, original: FilePlan) -> FilePlan:
    if original.outcome != "imported":
        return replace(original, reading=twin.reading)
    counts = original.counts
    kept = RowCounts(seen=counts.new + counts.seen, suspect=counts.suspect, broken=counts.broken)
    return replace(twin, counts=kept, problems=original.problems)


def first_look(found: MemberReading, there: Mapping[str, RowCounts], decisions: Decisions) -> FilePlan:
    """The outcome that follows from one file alone, before its rows are compared."""
    identity = file_id(found)
    broken = len({(p.sheet, p.line) for p in found.problems if p.state == "broken"})
    plan = FilePlan(identity, found, RowCounts(broken=broken), "imported", found.problems)
    if identity in decisions.leave_out:
        return replace(plan, outcome="left_out", code="import.left_out")
    if found.outcome == "unknown":
        return replace(plan, outcome="needs_mapping", code=found.code or "import.unknown_format", facts=found.facts)
    if found.outcome == "ambiguous":
        facts = {**found.facts, "candidates": ", ".join(found.candidates)}
        return replace(plan, outcome="ambiguous", code="import.ambiguous", facts=facts)
    if found.outcome == "known" and identity not in there:
        # Its import was taken back since; it would have to be read now.
        raise UserError("import.plan_outdated")
    if found.outcome not in ("read", "known"):
        return replace(plan, outcome="refused", code=found.code or "import.unreadable", facts=found.facts)
    if identity in there:
        return _already(plan, there[identity])
    if found.control_total == "differs" and not decisions.takes_differing(identity):
        wrong = next(total for total in found.controls if not total.agrees)
        facts = {"total": wrong.name, "stated": str(wrong.stated), "summed": str(wrong.summed)}
        return replace(plan, outcome="refused", code="import.control_total_differs", facts=facts)
    return plan


def _already(plan: FilePlan, stored: RowCounts) -> FilePlan:
    """A file of the book, with what of it the book does not have."""
    known = replace(plan, outcome="already_imported", counts=stored)
    if not stored.suspect and not stored.broken:
        return replace(known, code="import.already_imported")
    left = {"left": stored.suspect + stored.broken, "broken": stored.broken, "suspect": stored.suspect}
    return replace(known, code=PARTLY, facts={name: str(count) for name, count in left.items()})


def counted(
    plan: FilePlan, counts: Mapping[str, RowCounts], decisions: Decisions, suspects: Mapping[str, Sequence[RowProblem]]
) -> FilePlan:
    """The outcome after its rows were compared: how they divide, and which of them are not written.

    Args:
        plan: the file as it was first looked at.
        counts: how the rows of the compared files divide, by file id.
        decisions: what is decided.
        suspects: the suspect rows of the comparison, by file id.
    """
    if plan.outcome != "imported":
        return plan
    found = replace(counts.get(plan.file_id, RowCounts()), broken=plan.counts.broken)
    if found.total != plan.reading.row_count:
        # Rows may neither vanish nor multiply between reading and writing.
        facts = {"read": str(plan.reading.row_count), "accounted": str(found.total)}
        return replace(plan, outcome="refused", code="import.rows_unaccounted", facts=facts)
    still_open = decisions.open_rows(plan.file_id, suspects.get(plan.file_id, ()))
    return replace(plan, counts=found, problems=(*plan.reading.problems, *still_open))
