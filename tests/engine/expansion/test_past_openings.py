"""What earlier openings would have foretold for later ones: on a small chain whose truth is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest
from expansion_examples import D, OwnChain

from chainbrain import texts
from chainbrain.database.book import Book
from chainbrain.expansion import past_notes
from chainbrain.expansion.areas.feedback import Checked, correction
from chainbrain.expansion.past import Past, PastOpening, Score, past
from chainbrain.expansion.ranges import Basis
from chainbrain.expansion.scenario import USUAL_RAMP
from chainbrain.reports.past_openings import of_past

FIRST = date(2024, 1, 1)
DAYS = 900
STARTS = {"A": 60, "B": 180, "C": 330, "D": 480, "E": 860}
LEVEL = {"A": 6_000, "B": 7_000, "C": 8_000, "D": 6_600, "E": 7_000}


def chain(**more: int) -> OwnChain:
    """Six mature stores of 6,500 to 7,500 a day; openings that sell half in the first 90 days and then their level."""
    made = OwnChain(FIRST, DAYS)
    for number in range(6):
        made.steady(f"S{number}", 6_500 + 200 * number)
    for code, start in STARTS.items():
        opened = FIRST + timedelta(days=start)
        level = more.get(code, LEVEL[code])
        sales = {day: D(level) / (2 if (day - opened).days < 90 else 1) for day in made.days if day >= opened}
        made.store(code, sales, opened)
    return made


@pytest.fixture(scope="module")
def book() -> Iterator[Book]:
    made = chain().done()
    yield made
    made.close()


@pytest.fixture(scope="module")
def found(book: Book) -> Past:
    return past(book)


def of(found: Past, code: str) -> PastOpening:
    return next(one for one in found.openings if one.store_id == code)


def test_sales_are_foretold_from_the_mature_stores_of_the_eve(found: Past) -> None:
    assert [one.store_id for one in found.openings] == ["E", "D", "C", "B", "A"]
    first = of(found, "A").level
    assert first is not None
    # The six that were there: median of 6,500 to 7,500 a day, a month of 365 / 12 days.
    assert (first.said, first.seen, first.basis) == (D("212916.67"), 6, Basis.OWN_STORES)
    assert first.came == D("182500.00") and first.off == D("30416.67")
    assert first.low < first.said < first.high and first.inside is (first.low <= D("182500.00"))
    # By the day D opened, A and B were mature themselves and count; C was not yet old enough.
    assert (later := of(found, "D").level) is not None and later.seen == 8
    assert of(found, "A").growth == of(found, "D").growth == D(0)


def test_the_ramp_is_foretold_from_the_openings_before_and_from_nothing_of_later(found: Past) -> None:
    first, last = of(found, "A"), of(found, "D")
    assert first.ramp is not None and last.ramp is not None
    usual = sum(USUAL_RAMP, D(0)) / len(USUAL_RAMP)
    assert (first.ramp.seen, first.ramp.basis) == (0, Basis.ASSUMED)
    assert first.ramp.said == usual.quantize(D("0.0001"))
    assert first.ramp.came == D("0.8125")  # three months of a half, five of all
    assert last.ramp.seen == 3 and last.ramp.said == last.ramp.came == D("0.8125")
    assert last.ramp.inside


def test_a_young_store_is_foretold_and_waits(found: Past) -> None:
    young = of(found, "E")
    assert young.level is not None and young.level.came is None and young.level.inside is None
    assert (young.why_not, young.months, young.ramp.came if young.ramp else 0) == ("young", 1, None)


def test_errors_are_sums_and_count_only_what_came(found: Past) -> None:
    level, ramp = found.level, found.ramp
    came = [one.level for one in found.openings if one.level and one.level.came is not None]
    off = sum((abs(one.said - one.came) for one in came if one.came is not None), D(0))
    assert level.openings == ramp.openings == 4 and level.enough
    assert level.error == (off / sum((one.came or D(0) for one in came), D(0))).quantize(D("0.0001"))
    assert level.inside == sum(one.inside is True for one in came)
    assert not Score(2, Decimal("0.1"), 2).enough


def test_what_comes_later_moves_no_figure_that_was_foretold(found: Past) -> None:
    """Other sales of D and E, the latest, change nothing of what is foretold for A, B, C and D."""
    book = chain(D=20_000, E=30_000).done()
    again = past(book)
    book.close()
    for code in "ABCD":
        one, other = of(found, code), of(again, code)
        assert one.level is not None and other.level is not None and one.ramp is not None and other.ramp is not None
        assert (one.level.said, one.level.low, one.level.high) == (other.level.said, other.level.low, other.level.high)
        assert (one.ramp.said, one.ramp.low, one.ramp.high) == (other.ramp.said, other.ramp.low, other.ramp.high)
    assert of(again, "D").level != of(found, "D").level


def test_without_a_mature_store_nothing_is_made_up() -> None:
    made = OwnChain(FIRST, 60)
    opened = FIRST + timedelta(days=20)
    made.store("OLD", dict.fromkeys(made.days, D(7_000)), date(2020, 1, 1))
    made.store("NEW", {day: D(3_000) for day in made.days if day >= opened}, opened)
    book = made.done()
    found = past(book)
    assert [(one.level, one.why_not) for one in found.openings] == [(None, "young")]
    assert (found.level.openings, found.level.error, found.ramp.error) == (0, None, None)
    book.close()
    assert past(Book.in_memory()).openings == ()


def test_the_report_tells_figures_and_words(found: Past) -> None:
    losses = correction([Checked("A", "A店", FIRST, 2, D(900), D(300), clear=True)])
    tables = {one.name: one.rows for one in of_past(found, losses).tables}
    row = tables["past_openings"].filter(pl.col("store_id") == "A").row(0, named=True)
    assert (row["past_said"], row["past_came"], row["past_off"]) == (D("212916.67"), D("182500.00"), D("0.1667"))
    assert (row["past_why"], row["past_stores"], row["past_ramp_came"]) == (None, 6, D("0.8125"))
    assert tables["past_openings"].filter(pl.col("store_id") == "E")["past_why"].item() == "young"
    assert tables["past_losses"]["past_ratio"].item() == D("0.3333")
    said = [texts.message(one.code, "zh", **one.facts) for one in past_notes.of_past(found)]
    assert said[0].startswith("按开业前就知道的数据预测 4 家店") and said[1].startswith("爬坡可比 4 次")
    few = past_notes.of_past(Past(found.openings[-2:]))
    assert [one.code for one in few[:2]] == ["past.level_few", "past.ramp_few"]
    assert [one.code for one in past_notes.of_losses(found, losses)] == [
        "past.correction_few", "past.losses_left_out",
    ]  # fmt: skip
    assert past_notes.of_losses(found, losses)[1].facts == {"count": 4}
