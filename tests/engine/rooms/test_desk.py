"""Words are kept while everything is matched anew beside them; nothing said is lost, each is undone alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainbrain import texts
from chainbrain.demo import generate
from chainbrain.errors import UserError
from chainbrain.reconciliation.room import Decision
from chainbrain.workspace import Workspace


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("desk"), stores=2, days=5).exports


@pytest.fixture
def book(chain: Path, tmp_path: Path) -> Workspace:
    workspace = Workspace.create(tmp_path / "book.chainbrain")
    workspace.imports.apply(workspace.imports.plan([chain]))
    workspace.reconcile()
    return workspace


def open_ones(book: Workspace) -> list[str]:
    return [
        number
        for (number,) in book.book.rows_of(
            "select cast(difference_id as varchar) from base.differences where state = 'open' order by 1"
        )
    ]


def state_of(book: Workspace, difference: str) -> str:
    return str(
        book.book.one_of("select state from base.differences where cast(difference_id as varchar) = $d", d=difference)[
            0
        ]
    )


def why(difference: str) -> Decision:
    return Decision("difference", (difference,), "explain", "seen")


def test_what_moves_only_its_own_row_shows_at_once(book: Workspace) -> None:
    with book:
        one = open_ones(book)[0]
        about = book.book.one_of(
            "select d.code, cast(d.amount as decimal(18,2)), coalesce(s.name, d.store_id) from differences d "
            "left join stores s on s.store_id = d.store_id where cast(d.difference_id as varchar) = $d",
            d=one,
        )
        said = book.desk.say(why(one))
        kept = book.history(1)[0]
        assert (kept.facts["code"], kept.facts["amount"], kept.facts.get("store")) == (
            about[0],
            f"{about[1]:.2f}",
            about[2],
        )
        told = texts.entry("decide", kept.facts)
        assert told.startswith("已说明 1 笔 · 金额 ") and f" · seen · {about[0]} " in told
        assert said.settled and state_of(book, one) == "explained"
        assert book.info().reconciled and book.check().good


def test_a_word_is_kept_in_the_middle_of_matching_anew_and_followed_the_next_time(book: Workspace) -> None:
    with book:
        first, second, third = open_ones(book)[:3]
        taken = book.desk.say(why(first))
        undone = book.desk.take_back(taken.entry_id)
        assert not undone.settled and not book.info().reconciled
        said = []

        def report(done: int, _total: int, _label: str) -> None:
            if done == 3:
                said.append(book.desk.say(why(second)))
                said.append(book.desk.say(why(third)))
                said.append(book.desk.take_back(said[1].entry_id))

        changes = book.follow(report)
        assert changes.entry_id == undone.entry_id, "what came meanwhile is not in it"
        assert not any(one.settled for one in said)
        assert state_of(book, first) == "open"
        assert not book.info().reconciled
        assert book.follow().entry_id == said[-1].entry_id
        assert (state_of(book, second), state_of(book, third)) == ("explained", "open")
        assert book.info().reconciled and book.check().good


def test_a_word_outlives_a_run_that_was_stopped(book: Workspace) -> None:
    with book:
        first, second = open_ones(book)[:2]
        book.desk.take_back(book.desk.say(why(first)).entry_id)

        def stop(done: int, _total: int, _label: str) -> None:
            if done == 2:
                book.desk.say(why(second))
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            book.follow(stop)
        path = book.path
    with Workspace.open(path) as again:
        assert not again.info().reconciled
        again.follow()
        assert state_of(again, second) == "explained" and again.info().reconciled


def test_only_a_word_that_stands_is_taken_back(book: Workspace) -> None:
    with book:
        assert book.desk.newest() is None, "the last thing was an import"
        said = book.desk.say(why(open_ones(book)[0]))
        assert book.desk.newest() == said.entry_id
        book.desk.take_back(said.entry_id)
        with pytest.raises(UserError) as twice:
            book.desk.take_back(said.entry_id)
        assert twice.value.code == "history.already_undone"
        with pytest.raises(UserError) as never:
            book.desk.take_back(1)
        assert never.value.code == "history.not_undoable"
        with pytest.raises(UserError) as empty:
            book.desk.say(Decision("difference", (open_ones(book)[0],), "explain"))
        assert empty.value.code == "decide.note_missing"
        assert book.follow() and book.check().good
