"""The expansion room of one open book: own experience, a scenario to begin with, and its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from chainbrain.errors import UserError
from chainbrain.expansion import comparing, fields, following, from_book, kept, openings, own_stores, past
from chainbrain.expansion import programme as programmes
from chainbrain.expansion.areas.room import AreaRoom
from chainbrain.expansion.from_book import BookCash
from chainbrain.expansion.programme import Answer, Programme, something_to_plan
from chainbrain.expansion.programme.table import from_table, with_table
from chainbrain.expansion.runner import run
from chainbrain.expansion.scenario import Scenario
from chainbrain.expansion.sites import Sites, sites
from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.database.book import Book
    from chainbrain.expansion.comparing import Compared
    from chainbrain.expansion.following import Followed
    from chainbrain.expansion.kept import Kept, Link, Worked
    from chainbrain.expansion.openings import StoreOpening
    from chainbrain.expansion.own_stores import StoreTemplate
    from chainbrain.expansion.past import Past
    from chainbrain.expansion.result import ScenarioResult


class ExpansionRoom:
    """Reads the book, never writes to it."""

    def __init__(self, book: Book, cash: Callable[[Report], BookCash] | None = None) -> None:
        self._book = book
        self.areas = AreaRoom(book)
        self._cash = cash

    def book_cash(self, report: Report = silent) -> BookCash:
        """The chain's cash as the book forecasts it; it takes seconds.

        Raises:
            UserError: ``expansion.no_chain_forecast``, or what the cash forecast refuses.
        """
        if self._cash is None:
            raise UserError("expansion.no_chain_forecast", known="")
        return self._cash(report)

    def template(self) -> StoreTemplate:
        """What the chain's own stores say about a new one, as the book stands now."""
        return own_stores.template(self._book)

    def opening(self, store_id: str) -> StoreOpening:
        """How one store began, beside the earlier openings of the chain."""
        return openings.opening(self._book, store_id)

    def openings(self) -> tuple[StoreOpening, ...]:
        """Every opening within the book, the newest first."""
        return openings.openings(self._book)

    def past(self, report: Report = silent) -> Past:
        """What would have been foretold for every opening within the book, and what came; see ``past``."""
        return past.past(self._book, report)

    def example(self, template: StoreTemplate | None = None) -> Scenario:
        """A scenario to begin with, filled from own stores where there are any."""
        return Scenario.example(template or self.template())

    def parse(self, given: Mapping[str, object], template: StoreTemplate | None = None) -> Scenario:
        """Read a scenario from JSON; sales, ramp and rent that are left out come from own stores.

        Where it says ``"book"``, the chain's cash, the floor or the days to the bank come from the cash forecast.
        """
        return Scenario.parse(from_book.taken(given, self._ask()), template or self.template())

    def run(
        self,
        scenario: Scenario,
        template: StoreTemplate | None = None,
        report: Report = silent,
        paths: int | None = None,
    ) -> ScenarioResult:
        """Work out what the store would cost and earn; with fewer ``paths`` for a quick look."""
        return run(scenario, template or self.template(), report, paths)

    def parse_programme(self, given: Mapping[str, object], template: StoreTemplate | None = None) -> Programme:
        """Read a programme from JSON, where it stands under ``programme``.

        What a candidate leaves out comes from the table 候选门店 in the book under its name; without a list of
        candidates all of the table are meant.
        """
        return Programme.parse(self.completed(given), template or self.template())

    def completed(self, given: Mapping[str, object]) -> Mapping[str, object]:
        """What stands under ``programme``, with what it leaves to the table of candidates."""
        for name in given:
            if name != "programme":
                raise UserError("expansion.field_unknown", field=name, known="programme")
        whole = from_book.taken_by_programme(fields.mapping("programme", given["programme"]), self._ask())
        return with_table(whole, self.candidates())

    def candidates(self) -> tuple[dict[str, object], ...]:
        """The stores that may be opened as the table in the book has them, by the names of the fields of a scenario."""
        return tuple(from_table(row) for row in self._book.rows("expansion/candidates"))

    def sites(self) -> Sites:
        """Where the stores and the candidates lie."""
        return sites(self._book)

    def run_programme(
        self, programme: Programme, template: StoreTemplate | None = None, report: Report = silent
    ) -> Answer:
        """Find which stores to open, when, and what the chain can afford.

        Raises:
            UserError: ``expansion.nothing_to_plan``.
        """
        something_to_plan(programme.candidates, programme.closures)
        return programmes.run(programme, template or self.template(), report)

    def work_out(
        self, given: Mapping[str, object], template: StoreTemplate | None = None, report: Report = silent
    ) -> Worked:
        """Work out a scenario of either kind from its JSON, ready to be kept."""
        known = template or self.template()
        if "programme" not in given:
            return kept.of_result(self.run(self.parse(given, known), known, report), known)
        completed = self.completed(given)
        answer = self.run_programme(Programme.parse(completed, known), known, report)
        return kept.of_answer(answer, completed, known)

    def kept(self) -> tuple[Kept, ...]:
        """The scenarios that were kept under a name, the newest first."""
        return kept.kept(self._book)

    def find(self, name: str) -> Kept:
        """The kept scenario of a name; see ``kept.find``."""
        return kept.find(self._book, name)

    def links(self) -> tuple[Link, ...]:
        """Which stores came of which kept scenarios."""
        return kept.links(self._book)

    def stores_by_opening(self) -> tuple[tuple[str, str, date | None], ...]:
        """Number, name and opening day of every store, the one opened last first."""
        return tuple(self._book.rows("expansion/openings"))

    def compare(self, names: Sequence[str]) -> Compared:
        """Kept scenarios beside each other; see ``comparing.compare``."""
        return comparing.compare([self.find(name) for name in names])

    def follow(self, name: str, candidate: str = "") -> Followed:
        """A kept scenario beside what came of its store.

        Raises:
            UserError: what ``find`` and ``following.follow`` refuse; ``scenario.not_linked``.
        """
        found = self.find(name)
        mine = [one for one in self.links() if one.scenario_id == found.scenario_id]
        link = next((one for one in mine if not candidate or one.candidate == candidate), None)
        if link is None:
            raise UserError("scenario.not_linked", name=found.name)
        return following.follow(self._book, found, link)

    def _ask(self) -> from_book.Ask:
        """The forecast, worked out once when something asks for it."""
        return cache(self.book_cash)
