"""The dated rules and the holidays of one book: read as values, edited as rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chainbrain.calendar import Calendar, Festival, Holiday
from chainbrain.database.book import Book
from chainbrain.database.history import Entry


@dataclass(frozen=True)
class RuleRow:
    """One dated rule as it stands in the book; ``valid_to`` is the first day on which it no longer holds."""

    key: str
    value: str
    unit: str | None
    valid_from: date
    valid_to: date | None
    source: str | None
    checked_on: date | None
    note: str | None


@dataclass(frozen=True)
class HolidayRow:
    """One day that is not what its weekday says; ``kind`` is holiday or workday."""

    day: date
    kind: str
    name: str
    projected: bool


@dataclass(frozen=True)
class MovedDay:
    """A day that a table of holidays says differently: what stood and what will stand, nothing for an ordinary day."""

    day: date
    before: Holiday | None
    after: Holiday | None

    def facts(self) -> dict[str, object]:
        """It as the history keeps it."""
        sides = {"before": self.before, "after": self.after}
        return {
            "day": self.day.isoformat(),
            **{key: [one.kind, one.name, one.projected] if one else None for key, one in sides.items()},
        }


class RuleBook:
    """Reads and edits the rule tables of a book; ``workspace`` wraps the edits in a history entry."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def rules(self) -> list[RuleRow]:
        """All rules, by key and date."""
        return [RuleRow(*row) for row in self._book.rows("rules/rules")]

    def holidays(self, year: int | None = None) -> list[HolidayRow]:
        """All special days, or those of one year."""
        return [HolidayRow(*row) for row in self._book.rows("rules/holidays", year=year)]

    def festivals(self, year: int | None = None) -> list[Festival]:
        """The lunar and solar-term days, all years or one."""
        return [Festival(*row) for row in self._book.rows("rules/festivals", year=year)]

    def calendar(self) -> Calendar:
        """Working days, holidays and comparable days as this book's tables say them."""
        holidays = (Holiday(row.day, row.kind, row.name, row.projected) for row in self.holidays())
        return Calendar(holidays, self.festivals())

    def holiday(self, day: date) -> dict[str, object] | None:
        """What is written for one day, or nothing."""
        found = self._book.rows_of("select kind, name, projected from base.holidays where day = $day", day=day)
        return dict(zip(("kind", "name", "projected"), found[0], strict=True)) if found else None

    def add(self, entry_id: int, key: str, value: str, valid_from: date, note: str) -> None:
        """Add a dated row for a key, written by a history entry."""
        self._book.run(
            "rules/add",
            key=key,
            value=value,
            valid_from=valid_from,
            note=note,
            checked=date.today(),
            entry=entry_id,
        )

    def set_holiday(self, day: date, kind: str | None, name: str, *, projected: bool = False) -> None:
        """Write one day, or make it an ordinary one."""
        self._book.execute("delete from base.holidays where day = $day", day=day)
        if kind is not None:
            self._book.execute(
                "insert into base.holidays values ($day, $kind, $name, $projected)",
                day=day, kind=kind, name=name, projected=projected,
            )  # fmt: skip

    def moved_by(self, days: Iterable[Holiday]) -> tuple[MovedDay, ...]:
        """Which days a table of holidays, which speaks of whole years, says differently from what stands."""
        wanted = {one.day: one for one in days}
        years = {day.year for day in wanted}
        stands = {
            row.day: Holiday(row.day, row.kind, row.name, row.projected)
            for year in years
            for row in self.holidays(year)
        }
        return tuple(
            MovedDay(day, stands.get(day), wanted.get(day))
            for day in sorted(stands.keys() | wanted.keys())
            if stands.get(day) != wanted.get(day)
        )

    def put(self, day: date, holiday: Holiday | None) -> None:
        """Write what a day is; nothing makes it an ordinary one."""
        if holiday is None:
            self.set_holiday(day, None, "")
        else:
            self.set_holiday(day, holiday.kind, holiday.name, projected=holiday.projected)

    def _put_side(self, entry: Entry, side: str) -> None:
        for one in entry.facts["moved"]:
            day, told = date.fromisoformat(one["day"]), one[side]
            self.put(day, Holiday(day, *told) if told else None)

    def move_festival(self, festival: str, year: int, day: date) -> None:
        """Put a festival of a year on another day."""
        self._book.run("rules/move_festival", festival=festival, year=year, day=day)

    def take_back(self, entry: Entry) -> None:
        """Undo one edit: a day becomes what it was before; an added rule no longer counts, by its entry alone."""
        if entry.kind == "festival":
            before_text = entry.facts["before"]
            self.move_festival(entry.facts["festival"], entry.facts["year"], date.fromisoformat(before_text))
        elif entry.kind == "holidays":
            self._put_side(entry, "before")
        elif entry.kind == "holiday":
            day = date.fromisoformat(entry.facts["day"])
            before = self._book.rows("rules/holiday_before", entry=entry.entry_id)
            kind, name, projected = before[0] if before else (None, None, None)
            self.set_holiday(day, kind, name or "", projected=bool(projected))

    def put_back(self, entry: Entry) -> None:
        """Do an undone edit again; an added rule counts again by its entry alone."""
        if entry.kind == "festival":
            day = date.fromisoformat(entry.facts["day"])
            self.move_festival(entry.facts["festival"], entry.facts["year"], day)
        elif entry.kind == "holidays":
            self._put_side(entry, "after")
        elif entry.kind == "holiday":
            day = date.fromisoformat(entry.facts["day"])
            self.set_holiday(day, entry.facts["day_kind"], entry.facts["name"])
