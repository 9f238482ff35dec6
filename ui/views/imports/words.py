"""What the import screen says about a planned file: its group, its badge, the reasons in words."""

from enum import StrEnum

from chainbrain.importers.mapped.mapping import FORMAT as MAPPED
from chainbrain.importers.plan import FilePlan, ImportPlan
from chainbrain.intake.outcomes import PARTLY
from chainbrain.intake.preview import PreviewRow
from ui import figures
from ui.messages import message, word
from ui.theme.translator import translate
from ui.views.imports.meanings import candidate_title
from ui.widgets.states import BROKEN, DIFFERENCE, EXCLUDED, READY, TIMING

CONTROL_TOTAL = "import.control_total_differs"
_ASKS = frozenset({"needs_mapping", "ambiguous"})


class Group(StrEnum):
    """The three groups of the list, in this order."""

    READY = "ready"
    DECIDE = "decide"
    LEFT = "left"


def group_of(plan: FilePlan) -> Group:
    """Return where a file stands: it can be written, waits for a word, or will not be written."""
    if plan.outcome == "imported":
        return Group.READY
    waits = plan.code == CONTROL_TOTAL or plan.outcome in _ASKS or plan.locked
    return Group.DECIDE if waits else Group.LEFT


def waits_for_a_word(plan: FilePlan) -> bool:
    """Return whether a person should look at this file before it is written."""
    return group_of(plan) is Group.DECIDE or (
        plan.outcome == "imported" and plan.counts.suspect + plan.counts.broken > 0
    )


def group_title(group: Group) -> str:
    """Return the name of a group."""
    return {
        Group.READY: translate("Can be imported"),
        Group.DECIDE: translate("You decide"),
        Group.LEFT: translate("Will not be written"),
    }[group]


def badge_of(plan: FilePlan) -> tuple[str, str]:
    """Return state and word of a file's badge."""
    counts = plan.counts
    if plan.outcome == "imported":
        broken = translate("%n broken", counts.broken) if counts.broken else ""
        if counts.suspect:
            # What waits for a word comes first: broken rows only wait for a better file.
            undecided = translate("%n undecided", counts.suspect)
            return TIMING, f"{undecided} \u00b7 {broken}" if broken else undecided
        if broken:
            return DIFFERENCE, broken
        if not counts.new:
            return EXCLUDED, translate("Nothing new")
        return READY, translate("Ready")
    if plan.code == PARTLY:
        return TIMING, word("outcome.already_partly")
    if plan.outcome in ("already_imported", "left_out"):
        return EXCLUDED, word(f"outcome.{plan.outcome}")
    if plan.code == CONTROL_TOTAL:
        return TIMING, translate("Total differs")
    if plan.locked:
        return TIMING, translate("Needs a password")
    if plan.outcome in _ASKS:
        return TIMING, word(f"outcome.{plan.outcome}")
    return BROKEN, word(f"outcome.{plan.outcome}")


def short_name(plan: FilePlan) -> str:
    """Return the name of a file, for a member of an archive its own name first."""
    return member_first(plan.name)


def member_first(name: str) -> str:
    """Write what the book calls ``archive!member`` as people do."""
    container, separator, member = name.partition("!")
    return f"{member} · {container}" if separator else container


def is_mapped(plan: FilePlan) -> bool:
    """Return whether the file was read by column names that a person gave."""
    return plan.reading.format == MAPPED


def format_name(plan: FilePlan) -> str:
    """Return what kind of table it is, in the words of those who download it."""
    reading = plan.reading
    if plan.locked:
        return translate("Not opened yet")
    if plan.outcome == "ambiguous":
        return " / ".join(dict.fromkeys(word(f"format.{one.partition('/')[0]}") for one in reading.candidates))
    if reading.format is None:
        # What could not be opened at all may be a table we know.
        return translate("Unknown table") if reading.headers or plan.outcome in _ASKS else translate("Not readable")
    return word(f"format.{reading.format}")


def rows_text(count: int) -> str:
    """Write a number of rows with thousands separators."""
    return grouped(translate("%n row(s)", count), count)


def files_text(count: int) -> str:
    """Write a number of files."""
    return grouped(translate("%n file(s)", count), count)


def grouped(words: str, count: int) -> str:
    """Return words about a number with thousands separators in it."""
    return words.replace(str(count), figures.plain(count), 1)


def reason_of(plan: FilePlan) -> str:
    """Return why a file is not written: what is wrong, what happens to the data, what to do."""
    if plan.code is None:
        return ""
    facts = dict(plan.facts)
    if plan.outcome == "ambiguous":
        facts["candidates"] = translate(", ").join(candidate_title(one) for one in plan.reading.candidates)
    return message(plan.code, path=short_name(plan), **facts)


def row_reason(row: PreviewRow) -> str:
    """Return why a row is not written as it stands, in full."""
    if row.code is None:
        return ""
    return message(f"row.{row.code}", column=row.column or "", value=row.value or "")


def first_sentence(text: str) -> str:
    """Return what is wrong; the rest of the message stands in the tooltip."""
    for end in ("\u3002", ". "):
        if end in text:
            return text.partition(end)[0]
    return text


# Which column of the preview shows the cell that cannot be read, by the code of the problem.
_MARKED = {"amount": "amount", "rate": "amount", "number": "amount", "moment": "at", "day": "at", "clock": "at"}


def marked_column(row: PreviewRow) -> str:
    """Return the key of the preview column in which the faulty value of a broken row stands."""
    return _MARKED.get(row.code or "", "key") if row.state == "broken" else ""


def worth_writing(plan: ImportPlan) -> bool:
    """Return whether confirming adds anything: rows, or the word of a file whose rows are there already, or none."""
    return plan.new_rows > 0 or any(file.counts.seen or not file.counts.total for file in plan.writable)


def left_out_note(plan: ImportPlan) -> str:
    """Return what stands beside the sum in the action bar: rows and files left out, and that it can be undone."""
    broken = sum(file.counts.broken for file in plan.writable)
    suspect = sum(file.counts.suspect for file in plan.writable)
    left = len(plan.files) - len(plan.writable)
    parts = []
    if broken or suspect:
        words = translate("{rows} left out for now (broken {broken}, suspect {suspect})")
        parts.append(words.format(rows=rows_text(broken + suspect), broken=broken, suspect=suspect))
    if left:
        parts.append(translate("{files} left out").format(files=files_text(left)))
    parts.append(translate("can be undone afterwards"))
    return translate("; ").join(parts)
