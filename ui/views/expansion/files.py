"""Scenarios and results as JSON files, written whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chainbrain.errors import UserError
from chainbrain.expansion import fields
from chainbrain.expansion.scenario import Scenario


def save(path: Path, content: Mapping[str, object]) -> None:
    """Write a scenario or a result.

    Raises:
        UserError: ``expansion.not_written``.
    """
    temporary = path.with_name(path.name + ".part")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=2)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as problem:
        temporary.unlink(missing_ok=True)
        raise UserError("expansion.not_written", path=str(path), reason=str(problem)) from problem


def read(path: Path) -> Scenario:
    """Read a scenario; a saved result is read for the scenario inside.

    Raises:
        UserError: ``expansion.not_readable``, or what ``Scenario.parse`` raises.
    """
    given = _content(path)
    if isinstance(given, dict) and isinstance(given.get("scenario"), dict):
        given = given["scenario"]
    return Scenario.parse(given)


def read_programme(path: Path) -> dict[str, Any] | None:
    """Read a programme as it stands in the file; nothing when the file is about one store.

    Raises:
        UserError: ``expansion.not_readable``, ``expansion.field_unreadable``.
    """
    given = _content(path)
    if not isinstance(given, dict) or "programme" not in given:
        return None
    return dict(fields.mapping("programme", given["programme"]))


def _content(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as problem:
        raise UserError("expansion.not_readable", path=str(path), reason=str(problem)) from problem
