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


def sentences(parts: Iterable[str]) -> str:
    """Write whole sentences one behind the other: Chinese ones stand close, others have a space between them."""
    text = ""
    for part in filter(None, parts):
        close = not text or (Language.current() == Language.CHINESE and text[-1] in "。！？；")
        text += part if close else f" {part}"
    return text


def words_of(error: UserError | Failure) -> str:
    """Return what happened, what it means for the data and what to do, in one text."""
    if error.code is None:
        return ""
    return message(error.code, **error.facts)
