"""A person's word on how a merchant's money reaches the bank: it comes before what was learned, and is taken back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from straight_book import NUMBERS, day, straight_book

from chainbrain import habit_words
from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.reconciliation.habits import Habit, HabitWord, Reading, clock_of, cutoff_of, rule_of
from chainbrain.workspace import Workspace

S1, S2 = NUMBERS.values()
LEARNED = Reading("D1", -60, "item", merged=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return straight_book(tmp_path_factory.mktemp("straight"))


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """A book of one test's own: nine deposits of each store, every second one names the number."""
    shutil.copytree(made.parent, tmp_path / "own")
    return tmp_path / "own" / made.name


@pytest.fixture
def book(path: Path) -> Iterator[Workspace]:
    with Workspace.open(path) as workspace:
        yield workspace


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[Workspace]:
    """A book whose second store has no deposits, and contracts that do not say when money arrives."""
    with Workspace.open(straight_book(tmp_path, quiet=["S2"], rule="")) as workspace:
        yield workspace


def habit(book: Workspace, merchant: str = S1) -> Habit:
    return book.habits.find(HabitWord("wechat", merchant))


def held(book: Workspace, merchant: str = S1) -> tuple[Reading | None, int, int]:
    one = habit(book, merchant)
    return one.reading, one.votes, one.named


def states(book: Workspace) -> dict[str, int]:
    """Deposits by state."""
    return dict(
        book.book.rows_of(
            "select r.state, count(*)::integer from main.row_states r "
            "join main.bank_lines b on b.bank_line_id = r.record_id where b.amount > 0 and r.leg = 'bank' group by all"
        )
    )


def confirmed(book: Workspace, merchant: str = S1) -> set[tuple[date, date]]:
    """Settlement day and day of deposit of each confirmed payout of one merchant."""
    return set(
        book.book.rows_of(
            "select s.first_day, cast(b.posted_at as date) from main.matches m "
            "join main.match_members i on i.match_id = m.match_id and i.side = 'inner' "
            "join main.match_members o on o.match_id = m.match_id and o.side = 'outer' "
            "join main.settlements s on s.settlement_id = i.record_id "
            "join main.bank_lines b on b.bank_line_id = o.record_id "
            "where m.kind = 'settlement_bank' and m.state = 'confirmed' and s.merchant_no = $merchant",
            merchant=merchant,
        )
    )


def payouts(book: Workspace) -> list[tuple[object, ...]]:
    return book.book.rows_of("select merchant_no, first_day, net, expected_on from main.settlements order by all")


def test_what_was_learned_stands_with_its_votes(book: Workspace) -> None:
    assert held(book) == (LEARNED, 9, 5)
    assert (habit(book).stores, habit(book).word, habit_words.source(habit(book))) == (("一号店",), None, "learned")
    # Half of the days take the same fees either way: the other reading is told, not chosen.
    assert habit(book).other == Reading("D1", -60, "batch")
    assert 0 < habit(book).other_votes < 9
    assert states(book) == {"matched": 18}
    assert confirmed(book) == {(day(n), day(n + 1)) for n in range(1, 10)}


def test_a_wrong_word_leaves_its_deposits_open_and_confirms_nothing_false(book: Workspace) -> None:
    before = payouts(book)
    entry = book.set_habit(HabitWord("wechat", S1, cutoff=120)).entry_id
    assert book.info().reconciled
    assert held(book) == (Reading("D1", 120, "item", merged=True), 0, 0)
    one = habit(book)
    assert (one.other, one.other_votes) == (Reading("D1", -60, "item"), 9)
    assert one.word == HabitWord("wechat", S1, cutoff=120)
    assert one.entry_id == entry
    assert payouts(book) != before
    assert confirmed(book) == set()
    # While payouts of one store are missing, a deposit that names nobody is not proven for the other store either.
    assert confirmed(book, S2) == {(day(n), day(n + 1)) for n in range(1, 10, 2)}
    assert states(book)["matched"] == 5
    book.undo()
    assert (held(book), payouts(book), states(book)) == ((LEARNED, 9, 5), before, {"matched": 18})
    assert habit(book).word is None
    book.redo()
    assert held(book)[0] == Reading("D1", 120, "item", merged=True)


def test_the_last_word_counts_and_is_taken_back(book: Workspace) -> None:
    book.set_habit(HabitWord("wechat", S1, rule="t+3", cutoff=-90))
    assert held(book)[0] == Reading("T3", -90, "item", merged=True)
    book.set_habit(HabitWord("wechat", S1, fees="batch"))
    # What the last word leaves open is learned among the readings that it allows.
    assert held(book)[0] == Reading("D1", -60, "batch", merged=True)
    assert 0 < held(book)[1] < 9
    book.set_habit(HabitWord("wechat", S1, learned=True))
    assert held(book) == (LEARNED, 9, 5)
    book.undo()
    assert held(book)[0] == Reading("D1", -60, "batch", merged=True)


def test_a_word_that_the_deposits_confirm_keeps_their_votes(book: Workspace) -> None:
    before = payouts(book)
    book.set_habit(HabitWord("wechat", S1, cutoff=-60, merged=True))
    assert held(book) == (LEARNED, 9, 5)
    assert payouts(book) == before
    assert habit_words.source(habit(book)) == "said"


def test_a_cutoff_in_the_middle_of_an_hour_of_the_day_counts_to_the_minute(book: Workspace) -> None:
    """All sales before noon are at 11:00: with a cut-off at 11:30 they are of the day before, at 10:30 they are not."""
    for clock, first in (("11:30", day(-1)), ("10:30", day(0))):
        book.set_habit(HabitWord("wechat", S1, cutoff=cutoff_of(clock)))
        ((found,),) = book.book.rows_of("select min(first_day) from main.settlements where merchant_no = $m", m=S1)
        assert found == first


def test_where_nothing_was_learned_the_word_alone_makes_the_habit(quiet: Workspace) -> None:
    assert held(quiet, S2) == (None, 0, 0)
    assert habit_words.source(habit(quiet, S2)) == "unknown"
    with pytest.raises(UserError) as refused:
        quiet.set_habit(HabitWord("wechat", S2, cutoff=-60))
    assert refused.value.code == "habit.no_rule"
    assert [entry.kind for entry in quiet.history()] == ["reconcile", "import"]
    quiet.set_habit(HabitWord("wechat", S2, cutoff=-60, rule="D2"))
    assert held(quiet, S2) == (Reading("D2", -60, "item", merged=True), 0, 0)
    due = dict(quiet.book.rows_of("select first_day, expected_on from main.settlements where merchant_no = $m", m=S2))
    assert due[day(1)] == day(3)
    assert len(due) == 11
    assert all(late - first == timedelta(days=2) for first, late in due.items())
    assert confirmed(quiet, S2) == set()
    quiet.undo()
    assert held(quiet, S2) == (None, 0, 0)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        (HabitWord("wechat", "4711", rule="D1"), "habit.unknown"),
        (HabitWord("alipay", S1, rule="D1"), "habit.unknown"),
        (HabitWord("wechat", S1), "habit.nothing"),
        (HabitWord("wechat", S1, rule="D1", learned=True), "habit.both"),
        (HabitWord("wechat", S1, rule="morgen"), "habit.rule"),
        (HabitWord("wechat", S1, cutoff=1439), "habit.cutoff"),
        (HabitWord("wechat", S1, fees="some"), "habit.fees"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(book: Workspace, word: HabitWord, code: str) -> None:
    with pytest.raises(UserError) as refused:
        book.set_habit(word)
    assert refused.value.code == code
    assert book.book.rows_of("from base.habit_words") == []
    assert [entry.kind for entry in book.history()] == ["reconcile", "import"]


def test_a_merchant_with_withdrawals_takes_no_word(book: Workspace) -> None:
    book.book.execute("delete from base.straight_merchants where merchant = $m", m=S2)
    with pytest.raises(UserError) as refused:
        book.set_habit(HabitWord("wechat", S2, rule="D1"))
    assert refused.value.code == "habit.not_straight"


@pytest.mark.parametrize(
    ("text", "minutes", "clock"),
    [
        ("23:00", -60, "23:00"), ("24:00", 0, "24:00"), ("0:00", 0, "24:00"), ("02:00", 120, "02:00"),
        ("次日 02:00", 120, "02:00"), ("12:00", -720, "12:00"), ("11：59", 719, "11:59"),
    ],
)  # fmt: skip
def test_clocks_are_read_and_shown(text: str, minutes: int, clock: str) -> None:
    assert cutoff_of(text) == minutes
    assert clock_of(minutes) == clock


@pytest.mark.parametrize("text", ["25:00", "24:01", "23:60", "23", "", "eleven"])
def test_no_clock_is_made_up(text: str) -> None:
    with pytest.raises(UserError) as refused:
        cutoff_of(text)
    assert refused.value.code == "habit.clock"


def test_rules_are_read() -> None:
    assert [rule_of(text) for text in ("t+1", "D0", " D02 ")] == ["T1", "D0", "D2"]
    assert [habit_words.rule(key, "zh") for key in ("D0", "T1", "T3")] == [
        "D+0 当日到账", "T+1 下一个工作日到账", "T+3 第 3 个工作日到账",
    ]  # fmt: skip


def test_the_command_line_shows_and_sets(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quiet", "habits", str(path)]) == 0
    shown = capsys.readouterr().out
    for words in (
        "微信",
        S1,
        "一号店",
        "…0001",
        "D+1 次日到账",
        "23:00",
        "逐笔扣",
        "9 笔到账相符（其中 5 笔写着商户号）",
    ):
        assert words in shown
    assert "571900000001" not in shown
    wanted = ["--cutoff", "次日 02:00", "--rule", "T1", "--fees", "按日合计扣", "--merged", "no"]
    assert main(["--quiet", "habit", str(path), "微信", S1, *wanted]) == 0
    assert "没有到账相符" in capsys.readouterr().out
    assert main(["--quiet", "habits", str(path), "--json"]) == 0
    one, other = json.loads(capsys.readouterr().out)["habits"]
    assert one["reading"] == {"rule": "T1", "cutoff": 120, "fees": "batch", "merged": False}
    assert (one["votes"], one["other_votes"], one["bank_account"]) == (0, 9, "…0001")
    assert (other["word"], other["votes"]) == (None, 9)
    assert main(["--quiet", "habit", str(path), "wechat", S1, "--learned"]) == 0
    assert "改回按到账学到的" in capsys.readouterr().out
    assert main(["--quiet", "habit", str(path), "wechat", S1, "--cutoff", "25:00"]) == 2
    assert "“25:00”不是钟点" in capsys.readouterr().err


def test_the_report_is_written(made: Path, tmp_path: Path) -> None:
    with Workspace.open(made) as workspace:
        for suffix in ("xlsx", "csv", "json", "pdf"):
            assert workspace.reports.write("payout-habits", tmp_path / f"habits.{suffix}", merchant=S1) == 1
    (row,) = json.loads((tmp_path / "habits.json").read_text(encoding="utf-8"))["tables"][0]["rows"]
    assert (row["rule"], row["cutoff"], row["votes"], row["bank_account"]) == ("D1", -60, 9, "…0001")
    _, line = (tmp_path / "habits.csv").read_text(encoding="utf-8-sig").splitlines()
    assert line.startswith(f"微信,{S1},一号店,…0001,D+1 次日到账,23:00,逐笔扣,同日到账合成一笔,按到账学到,9,5")
    assert all((tmp_path / f"habits.{suffix}").stat().st_size > 4_000 for suffix in ("xlsx", "pdf"))
