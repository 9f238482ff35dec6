"""What a planned file as a whole still asks: its suspect rows together, or its own totals that it contradicts."""

from dataclasses import dataclass

from chainbrain.importers.plan import FilePlan
from chainbrain.intake.decisions import LEAVE, Decisions, RowPlace
from ui.theme.translator import translate
from ui.views.imports.rows_table import answers
from ui.views.imports.words import CONTROL_TOTAL

DIFFERENCES, SUSPECTS = "differences", "suspects"
LEAVE_FILE, TAKE_FILE = "leave_file", "take_file"


@dataclass(frozen=True)
class Question:
    """One question about a file; ``current`` is the answer that holds, empty when its rows differ."""

    about: str
    text: str
    scope: str
    answers: tuple[tuple[str, str], ...]
    current: str


def question_of(plan: FilePlan, decisions: Decisions, suspects: tuple[RowPlace, ...]) -> Question | None:
    """Return what the file asks, nothing when it asks nothing.

    Args:
        plan: the file.
        decisions: what was decided already; the question stays, so that it can be answered otherwise.
        suspects: the suspect rows of the file, decided about or not.
    """
    taken = decisions.takes_differing(plan.file_id)
    if plan.code == CONTROL_TOTAL or (plan.reading.control_total == "differs" and taken):
        return Question(
            DIFFERENCES,
            translate("The file contradicts its own total"),
            translate("holds for this file"),
            (
                (LEAVE_FILE, translate("Leave out")),
                (TAKE_FILE, translate("Take it, marked as differing")),
            ),
            TAKE_FILE if taken else LEAVE_FILE,
        )
    if plan.outcome != "imported" or not suspects:
        return None
    words = {decisions.rows.get(place, _unspoken(decisions)) for place in suspects}
    left = plan.counts.suspect
    text = translate("%n row(s) could be repetitions", left) if left else translate("Every suspect row is decided")
    return Question(
        SUSPECTS,
        text,
        translate("all of this file:"),
        tuple(answers()),
        words.pop() if len(words) == 1 else "",
    )


def _unspoken(decisions: Decisions) -> str:
    return "new" if decisions.accept_suspect else LEAVE
