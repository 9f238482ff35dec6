"""What the history says: one line per entry, one per file, and whether an entry can be undone or done again."""

from typing import Any

from chainbrain.database.history import Entry
from chainbrain.intake.imported_files import ImportedFile
from ui import figures
from ui.messages import word
from ui.models import Column, Kind
from ui.theme.translator import translate
from ui.views.imports.words import files_text, member_first, rows_text
from ui.widgets.states import EXCLUDED, MATCHED, NEUTRAL, TIMING
from ui.words import history_sentence


def can_be_undone(entry: Entry) -> bool:
    """Return whether an entry can be taken back."""
    return entry.undoable and entry.undone_by is None


def can_be_redone(entry: Entry) -> bool:
    """Return whether an entry was taken back and can be done again."""
    return entry.undoable and entry.undone_by is not None


def entry_columns() -> list[Column]:
    """Return the columns of what was written."""
    return [
        Column("at", lambda: translate("When"), lambda entry: entry.at, Kind.MOMENT, width=152),
        Column(
            "kind", lambda: translate("What"), lambda entry: word(f"history_kind.{entry.kind}"), Kind.KEY, width=110
        ),
        Column("what", lambda: translate("In detail"), entry_words, tip=entry_words, least=160),
        Column("who", lambda: translate("Who"), lambda entry: entry.who, Kind.MUTED, width=140, optional=True),
        Column(
            "undo",
            lambda: translate("Undo"),
            _undo_word,
            Kind.LINK,
            width=96,
            sortable=False,
            tone=lambda entry: "" if entry.undoable else "text3",
        ),
    ]


def _undo_word(entry: Entry) -> str:
    if entry.undone_by is not None:
        return translate("Do again")
    return translate("Undo") if entry.undoable else figures.MINUS


def entry_words(entry: Entry) -> str:
    """Return what an entry did, in words."""
    facts = entry.facts
    match entry.kind:
        case "import":
            words = translate("{files}, {rows}").format(
                files=files_text(_number(facts, "files")), rows=rows_text(_number(facts, "rows"))
            )
            names = facts.get("names") or []
            return f"{words} · {member_first(names[0])}" if len(names) == 1 else words
        case "reconcile":
            return translate("{count} differences open").format(count=figures.plain(_number(facts, "open")))
        case "decide":
            return history_sentence("decide", facts | {"count": figures.plain(_number(facts, "count"))})
        case "rule":
            return translate("{rule} = {value} from {day}").format(
                rule=facts.get("key", ""), value=facts.get("value", ""), day=facts.get("valid_from", "")
            )
        case "holiday":
            return " ".join(str(facts[key]) for key in ("day", "name") if facts.get(key))
        case "habit":
            return " ".join((word(f"channel.{facts.get('channel', '')}"), str(facts.get("merchant", ""))))
        case "redo":
            return translate("did entry {number} again: {kind}").format(
                number=facts.get("entry", ""), kind=word(f"history_kind.{facts.get('kind', '')}")
            )
        case "undo":
            return translate("took entry {number} back: {kind}").format(
                number=facts.get("entry", ""), kind=word(f"history_kind.{facts.get('kind', '')}")
            )
    return history_sentence(entry.kind, facts)


def _number(facts: dict[str, Any], key: str) -> int:
    return int(facts.get(key) or 0)


def file_columns() -> list[Column]:
    """Return the columns of the files of one import."""
    return [
        Column("name", lambda: translate("File"), _name, tip=_name, least=150),
        Column("format", lambda: translate("Kind of table"), lambda file: word(f"format.{file.format}"), width=160),
        Column("days", lambda: translate("Days"), _days, width=190, optional=True),
        Column("rows", lambda: translate("Rows"), lambda file: file.rows, Kind.NUMBER, width=72),
        Column("new", lambda: translate("New"), lambda file: file.new, Kind.NUMBER, width=72),
        Column("left", lambda: translate("Left out"), lambda file: file.suspect + file.broken, Kind.NUMBER, width=72),
        Column("total", lambda: translate("Own total"), _total, Kind.STATE, width=110, optional=True),
    ]


def _name(file: ImportedFile) -> str:
    return member_first(file.name)


def _days(file: ImportedFile) -> str:
    if file.first_day is None or file.last_day is None:
        return ""
    return translate("{first} to {last}").format(first=file.first_day, last=file.last_day)


def _total(file: ImportedFile) -> tuple[str, str]:
    return {
        "agrees": (MATCHED, translate("agrees")),
        "differs": (TIMING, translate("does not agree")),
    }.get(file.control_total, (EXCLUDED if file.control_total == "none" else NEUTRAL, translate("states none")))
