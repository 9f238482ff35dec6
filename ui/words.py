"""The engine's words in the window's language: vocabulary, sentences of codes."""

from collections.abc import Iterable, Mapping

from chainbrain import texts
from chainbrain.errors import UserError
from ui.jobs.job import Failure
from ui.theme.translator import Language


def word(key: str) -> str:
    """Return the word of the engine's vocabulary in the window's language."""
    return texts.word(key, Language.current())


def message(code: str, /, **facts: object) -> str:
    """Return the sentence of an error code in the window's language."""
    return texts.message(code, Language.current(), **facts)


def history_sentence(kind: str, facts: Mapping[str, object]) -> str:
    """Return what a history entry did, in the window's language."""
    return texts.entry(kind, facts, Language.current())


def enumerated(parts: Iterable[object]) -> str:
    """Write several things in a row, as the window's language does."""
    return texts.joined(parts, Language.current())


def words_of(error: UserError | Failure) -> str:
    """Return what happened, what it means for the data and what to do, in one text."""
    if error.code is None:
        return ""
    return message(error.code, **error.facts)
