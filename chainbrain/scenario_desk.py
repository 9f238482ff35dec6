"""Where a person keeps scenarios under names and says which store came of them; each with an entry to undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from chainbrain import __version__
from chainbrain.changes import Changes
from chainbrain.database import history
from chainbrain.database.bookfile import BookFile
from chainbrain.database.lock import who
from chainbrain.errors import UserError
from chainbrain.expansion import frozen, kept
from chainbrain.expansion.kept import Kept, Kind, Worked

_LONGEST = 60


class ScenarioDesk:
    """What a person writes; ``workspace.undo`` takes it back."""

    def __init__(self, file: BookFile) -> None:
        self._file = file

    def keep(self, name: str, worked: Worked) -> Changes:
        """Keep a scenario with all its figures under a name.

        Raises:
            UserError: ``scenario.no_name``, ``scenario.long_name`` or ``scenario.twice``; nothing was written.
        """
        name = self._free(name)
        one = Kept(
            "", datetime.now(), "", name, worked.kind, worked.given, frozen.written(worked.template), worked.seed,
            __version__, worked.figures,
        )  # fmt: skip
        return self._say(one, "scenario_kept", removed=False, scenario_kind=worked.kind.value)

    def rename(self, name: str, new: str) -> Changes:
        """Give a kept scenario another name.

        Raises:
            UserError: what ``kept.find`` and ``keep`` refuse; nothing was written.
        """
        found = kept.find(self._file.book, name)
        return self._say(found, "scenario_renamed", removed=False, called=self._free(new))

    def remove(self, name: str) -> Changes:
        """Keep a scenario no longer.

        Raises:
            UserError: what ``kept.find`` refuses; nothing was written.
        """
        return self._say(kept.find(self._file.book, name), "scenario_removed", removed=True)

    def link(self, name: str, store_id: str, opened: date, candidate: str = "") -> Changes:
        """Say which store came of a scenario and in which month it opened; ``candidate`` is its name in a programme.

        Raises:
            UserError: what ``kept.find`` refuses, ``scenario.no_store``, ``scenario.no_candidate`` or
                ``scenario.which_candidate``; nothing was written.
        """
        found = kept.find(self._file.book, name)
        candidate = self._candidate(found, candidate)
        if (store_id,) not in self._file.book.rows_of("select store_id from main.stores"):
            raise UserError("scenario.no_store", store=store_id)
        return self._link(found, candidate, store_id, opened.replace(day=1))

    def unlink(self, name: str, candidate: str = "") -> Changes:
        """Say that no store came of a scenario.

        Raises:
            UserError: what ``kept.find`` refuses, ``scenario.not_linked``; nothing was written.
        """
        found = kept.find(self._file.book, name)
        candidate = self._candidate(found, candidate)
        if not any(
            (one.scenario_id, one.candidate) == (found.scenario_id, candidate) for one in kept.links(self._file.book)
        ):
            raise UserError("scenario.not_linked", name=found.name)
        return self._link(found, candidate, None, None)

    def _candidate(self, found: Kept, candidate: str) -> str:
        """The name under which a programme knows a store; empty for one store."""
        if found.kind is Kind.ONE:
            return ""
        known = tuple(found.figures.get("stores", {}))
        if not candidate:
            raise UserError("scenario.which_candidate", name=found.name, known=known)
        if candidate not in known:
            raise UserError("scenario.no_candidate", name=found.name, candidate=candidate, known=known)
        return candidate

    def _free(self, name: str) -> str:
        name = " ".join(name.split())
        if not name:
            raise UserError("scenario.no_name")
        if len(name) > _LONGEST:
            raise UserError("scenario.long_name", most=_LONGEST)
        if any(one.name == name for one in kept.kept(self._file.book)):
            raise UserError("scenario.twice", name=name)
        return name

    def _say(self, one: Kept, kind: str, *, removed: bool, called: str | None = None, **facts: object) -> Changes:
        told = {"name": one.name, **facts, **({} if called is None else {"new_name": called})}

        def write(entry_id: int, at: datetime) -> None:
            self._file.book.run(
                "expansion/add_scenario",
                entry=entry_id, at=at, who=who(), scenario=one.scenario_id or None, removed=removed,
                name=called or one.name, kind=one.kind.value, given=frozen.as_text(one.given), template=one.template,
                seed=one.seed, version=one.version, figures=frozen.as_text(one.figures),
            )  # fmt: skip

        return self._written(kind, told, write)

    def _link(self, one: Kept, candidate: str, store_id: str | None, opened: date | None) -> Changes:
        facts: dict[str, object] = {"name": one.name, "candidate": candidate, "store": store_id or ""}
        kind = "scenario_linked" if store_id else "scenario_unlinked"
        if opened is not None:
            facts["month_opened"] = f"{opened:%Y-%m}"

        def write(entry_id: int, at: datetime) -> None:
            self._file.book.run(
                "expansion/add_link",
                entry=entry_id, at=at, who=who(), scenario=one.scenario_id, candidate=candidate, store=store_id,
                opened=opened,
            )  # fmt: skip

        return self._written(kind, facts, write)

    def _written(self, kind: str, facts: dict[str, object], write: Callable[[int, datetime], None]) -> Changes:
        book = self._file.book
        with book.transaction():
            # What is planned moves no closed month.
            entry_id = history.add(book, kind, facts, undoable=True)
            write(entry_id, datetime.now().replace(microsecond=0))
        self._file.acknowledge()
        return Changes(frozenset({"scenarios"}), entry_id)
