"""Fields of a scenario in a bookkeeper's words, with the path that a file has them under beside it."""

from __future__ import annotations

import re
from typing import Final

from chainbrain import texts
from chainbrain.errors import UserError

_GROUPS: Final = ("expansion.programme_input", "expansion.input", "expansion.column")
_PART: Final = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
_LISTS: Final = ("field", "other")


def worded(problem: UserError, lang: str) -> UserError:
    """The same error with its fields in words; what is no error of a scenario stays as it is."""
    if not problem.code.startswith("expansion."):
        return problem
    facts = {name: named(str(value), lang) if name in _LISTS else value for name, value in problem.facts.items()}
    known = facts.get("known")
    if isinstance(known, str) and known:
        facts["known"] = texts.joined([named(one, lang) for one in known.split(", ")], lang)
    return UserError(problem.code, **facts)


def named(path: str, lang: str) -> str:
    """``candidates[2].rent`` as 候选店第 3 项 · 租金（candidates[2].rent）; a path without words stays a path."""
    said: list[str] = []
    trail: list[str] = []
    for number, part in _PART.findall(path):
        if number:
            if said:
                said[-1] = texts.message("expansion.field_nth", lang, field=said[-1], number=int(number) + 1)
            continue
        trail.append(part)
        word = _word(trail, lang)
        if word is None:
            return path
        said.append(word)
    if not said:
        return path
    return texts.message("expansion.field_named", lang, words=" · ".join(said), path=path)


def _word(trail: list[str], lang: str) -> str | None:
    """The word of the last part: as it is called below the one before it, or anywhere."""
    known = texts.catalogue("vocabulary")
    for name in (".".join(trail[-2:]), trail[-1]):
        for group in _GROUPS:
            entry = known.get(f"{group}.{name}")
            if entry is not None:
                return entry[lang]
    return None
