"""The cash room of one open book: what is planned, what the stores will take in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chainbrain import clock
from chainbrain.cash import drafts, holidays_ahead, said_paid
from chainbrain.cash.accounts import Account, accounts
from chainbrain.cash.ladder_terms import Terms
from chainbrain.cash.outlook import HORIZON
from chainbrain.cash.past import PastDay, past_days
from chainbrain.cash.pay_days import PayDays
from chainbrain.cash.placed_dues import arriving, placed, without_orders
from chainbrain.cash.recurring import LOOKED_BACK, Outgoing, Proposal, proposals
from chainbrain.cash.written_down import WrittenDown
from chainbrain.errors import UserError
from chainbrain.progress import Report, silent
from chainbrain.rules import Rule, Rules
from chainbrain.text_tables import write_text_table

if TYPE_CHECKING:
    from chainbrain.calendar import Calendar
    from chainbrain.cash.backtest import Backtest
    from chainbrain.cash.book_replay import BookReplay
    from chainbrain.cash.comparing import Comparison
    from chainbrain.cash.freezing import Freeze
    from chainbrain.cash.idle import Idle, Wish
    from chainbrain.cash.measuring import Measured
    from chainbrain.cash.moneymap import MoneyMap
    from chainbrain.cash.outlook import CashOutlook
    from chainbrain.cash.plan import PlanItem
    from chainbrain.cash.receipts import ReceiptsForecast, Reckoned
    from chainbrain.cash.receipts_level import LevelForecast
    from chainbrain.database.book import Book

PAST_DAYS: Final = 28
"""So many days of the past stand beside those to come."""


class CashRoom(WrittenDown):
    """Reads the book, never writes to it."""

    def __init__(self, book: Book) -> None:
        super().__init__(book)
        self._kept: tuple[object, Measured] | None = None
        self._map: tuple[object, MoneyMap] | None = None
        self._sold: tuple[object, dict[int, Reckoned]] | None = None

    def forecast(
        self, calendar: Calendar, horizon: int = 28, report: Report = silent, *, pairs: bool = False
    ) -> ReceiptsForecast:
        """Forecast the receipts of the days after the last one with sales; see ``receipts.forecast``."""
        # What computes is loaded only when something is forecast.
        from chainbrain.cash import receipts  # noqa: PLC0415

        return receipts.forecast(self._book, calendar, horizon, report, pairs=pairs)

    def receipts(
        self, calendar: Calendar, level: str, days: int = 28, report: Report = silent, *, entity: str | None = None
    ) -> LevelForecast:
        """The receipts of so many days to come at one level, beside those of as many days before.

        Of one ``entity`` only its own stores; nothing for all of them.

        Raises:
            UserError: ``forecast.level``, ``forecast.no_sales`` or ``forecast.horizon``.
        """
        from chainbrain.cash import receipts_level  # noqa: PLC0415

        level = receipts_level.checked(level)
        return receipts_level.at(self._reckoned(calendar, days, report), level, days, entity)

    def backtest(self, calendar: Calendar, report: Report = silent) -> Backtest:
        """How well the receipts of the past would have been foreseen; see ``backtest.backtest``."""
        from chainbrain.cash import backtest  # noqa: PLC0415

        return backtest.backtest(self._book, calendar, report)

    def check_backtest(self) -> None:
        """Refuse what ``backtest`` would refuse; see ``backtest.check``."""
        from chainbrain.cash import backtest  # noqa: PLC0415

        backtest.check(self._book)

    def outlook(
        self,
        calendar: Calendar,
        horizon: int = HORIZON,
        report: Report = silent,
        *,
        with_irregular: bool = True,
        today: date | None = None,
    ) -> CashOutlook:
        """What will be in the bank accounts of each legal entity and of all together; see ``reckoning.reckon``.

        It is looked at ``today``, by default on the day of the computer.
        """
        from chainbrain.cash import reckoning  # noqa: PLC0415

        plan = self.plan()
        measured = self._measured(calendar, self._begun_for(), horizon, report)
        found = reckoning.reckon(
            self._book, measured, plan, self.floors(), with_irregular=with_irregular, dismissed=self.dismissed(),
            placed=placed(arriving(self.placements(), self.products(), Terms(calendar)), plan),
            pay_days=PayDays(
                calendar, Rules(Rule(*row) for row in self._book.rows("rules/rules")), (self._book, measured.held)
            ),
            answers=self.said_paid(), told_apart=self.told_apart(),
        )  # fmt: skip
        found = found.looked_at(today or clock.today())
        ahead = found.chain.ahead or found.chain.days
        return replace(found, unannounced=holidays_ahead.among(calendar, ahead[0].day, ahead[-1].day))

    def freezes(self) -> tuple[Freeze, ...]:
        """The frozen forecasts that stand, the newest first."""
        from chainbrain.cash import freezing  # noqa: PLC0415

        return freezing.freezes(self._book)

    def compare(self, name: str | None = None, entity: str | None = None) -> Comparison:
        """A frozen forecast, by default the newest, beside what came since.

        Raises:
            UserError: ``cash.no_freeze``, ``cash.none_frozen`` or ``cash.unknown_entity``.
        """
        from chainbrain.cash import comparing  # noqa: PLC0415

        found = next((one for one in self.freezes() if name in {None, one.name}), None)
        if found is None:
            raise UserError("cash.none_frozen") if name is None else UserError("cash.no_freeze", name=name)
        return comparing.compare(self._book, found, self.accounts(), entity)

    def past(self, entity: str | None = None, days: int = PAST_DAYS) -> tuple[PastDay, ...]:
        """What was in the accounts at the end of each of the last days, as far as all of them are known."""
        return past_days(self._book, self.accounts(), self._after() - timedelta(days=days), entity)

    def idle(
        self,
        calendar: Calendar,
        entity: str | None = None,
        wish: Wish | None = None,
        report: Report = silent,
        *,
        today: date | None = None,
    ) -> Idle:
        """How much idle money the owner's products may take, and what each band that is kept costs; see ``idle``.

        No order is planned for a day that is over ``today``, by default the day of the computer.

        Raises:
            UserError: ``cash.no_balance``, ``cash.no_products``, ``cash.unknown_entity`` or ``cash.all_over``.
        """
        from chainbrain.cash import idle  # noqa: PLC0415
        from chainbrain.cash.companies_short import companies_short  # noqa: PLC0415

        products = self.products()
        if not products:
            raise UserError("cash.no_products")
        wish = wish or idle.Wish()
        found = self.outlook(calendar, report=report, with_irregular=wish.with_irregular, today=today)
        path = found.path(entity)
        if path is None:
            raise UserError(
                "cash.unknown_entity", entity=entity, known=tuple(one.entity for one in found.paths if one.entity)
            )
        if found.all_over:
            raise UserError("cash.all_over", known_to=found.known_to, last=path.days[-1].day)
        if wish.band is None:
            wish = replace(wish, band=self.bands().get(entity))
        planned = idle.idle(
            path.from_now(), products, wish, calendar,
            placed=arriving(self.placements(), products, Terms(calendar)), report=report,
        )  # fmt: skip
        together = entity is None and len(found.paths) > 2
        short = companies_short(found) if together else ()
        return replace(planned, known_to=found.known_to, old=found.old, together=together, short=short)

    def replay(
        self, calendar: Calendar, entity: str | None = None, safety: Decimal | None = None, report: Report = silent
    ) -> BookReplay:
        """What the owner's products would have earned in the past of the accounts; see ``book_replay.replayed``.

        Raises:
            UserError: ``cash.no_products``, ``cash.no_safety``, ``cash.unknown_entity`` or ``cash.replay_short``.
        """
        from chainbrain.cash import book_replay  # noqa: PLC0415

        return book_replay.of_book(self._book, self, calendar, (entity, safety), self._after(), report=report)

    def money_map(self) -> MoneyMap:
        """Where the money lies on every day; that of before, while nothing that moves it was written since."""
        from chainbrain.cash import moneymap  # noqa: PLC0415

        key, kept = self._book.one("cash/newest_entry"), self._map
        if kept is None or kept[0] != key:
            kept = key, moneymap.read(self._book)
            self._map = kept
        return kept[1]

    def _measured(self, calendar: Calendar, parties: set[str], horizon: int, report: Report) -> Measured:
        """What a forecast rests on; that of before, while nothing but the plan or a floor was written since."""
        from chainbrain.cash import measuring  # noqa: PLC0415

        newest = self._book.one("cash/newest_entry")
        key, kept = (newest, horizon, frozenset(parties)), self._kept
        if kept is None or kept[0] != key:
            sales = partial(self._reckoned, calendar, report=report)
            kept = key, measuring.measure(self._book, calendar, parties, horizon, report, sales=sales)
            self._kept = kept
        return kept[1]

    def _reckoned(self, calendar: Calendar, days: int, report: Report) -> Reckoned:
        """The receipts to come of every series; those of before, while nothing was written since."""
        from chainbrain.cash import receipts  # noqa: PLC0415

        newest = self._book.one("cash/newest_entry")
        if self._sold is None or self._sold[0] != newest:
            self._sold = newest, {}
        kept = self._sold[1]
        if days not in kept:
            kept[days] = receipts.reckoned(self._book, calendar, days, report)
        return kept[days]

    def accounts(self) -> tuple[Account, ...]:
        """The bank accounts as they are known at the end of their statements."""
        return accounts(self._book, self._after(), self._begun_for())

    def entities(self) -> tuple[str, ...]:
        """The legal entities that have accounts or planned payments."""
        names = {one.entity for one in self.accounts()} | {item.entity for item in self.plan()}
        return tuple(sorted(name for name in names if name))

    def owners(self) -> tuple[str, ...]:
        """The legal entities that have accounts, at a bank or at a channel."""
        named = (name for (name,) in self._book.rows("cash/owners"))
        return tuple(sorted({*named, *(one.entity for one in self.accounts() if one.entity)}))

    def recurring(self) -> tuple[Proposal, ...]:
        """Payments that came again and again and are not in the plan, with their evidence."""
        after, held = self._after(), self.accounts()
        rows = self._book.rows("cash/outgoings", first=after - LOOKED_BACK, after=after)
        entities = {one.number: one.entity for one in held}
        found = proposals(
            without_orders((Outgoing(*row) for row in rows), self.placements(), entities),
            self.plan(),
            entities,
            {one.number: one.day for one in held if one.day is not None},
        )
        ended = self.dismissed()
        return tuple(one for one in found if not any(word.means(one) for word in ended))

    def payers(self, item: PlanItem, due: date) -> tuple[Outgoing, ...]:
        """Bank lines that may have paid one day of an item, or brought it, the likeliest first."""
        entities = {one.number: one.entity for one in self.accounts()}
        standing = said_paid.of_plan(self.said_paid(), self.plan())
        taken = {one.line_id for _, one in standing if one.line_id is not None and one.due_key != (item.item_id, due)}
        return said_paid.payers(self._book, item, due, entities, taken)

    def write_table(self, path: Path) -> int:
        """Write the plan as a table that can be imported again; how many items there are.

        Raises:
            UserError: ``cash.not_written``.
        """
        items = self.plan()
        write_text_table(path, drafts.as_csv(items), "cash.not_written")
        return len(items)

    def _begun_for(self) -> set[str]:
        """The legal entities that the plan was begun for: what is planned later moves no account."""
        return {name for (name,) in self._book.rows("cash/begun_for")}

    def _after(self) -> date:
        """The day after the last one that a bank statement or an opening balance knows."""
        (last,) = self._book.one_of(
            "select greatest((select max(cast(posted_at as date)) from base.bank_lines), "
            "(select max(day) from base.coverage where kind = 'bank'), "
            "(select max(day) from base.openings where kind = 'bank'))"
        )
        return (last or date.max - timedelta(days=1)) + timedelta(days=1)
