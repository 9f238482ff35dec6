"""Of several jobs of one kind only the newest answers."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject

from ui.jobs import Job, JobRunner, Newest

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def _asked(jobs: JobRunner, newest: Newest, answers: list[str], name: str, wait: threading.Event | None = None) -> None:
    def work(_report: object) -> str:
        if wait is not None:
            wait.wait(10)
        return name

    job = Job(work)
    job.succeeded.connect(answers.append)
    jobs.start(job)
    newest.follow(job)


def test_an_older_answer_never_arrives_and_the_end_is_told_once(qtbot: QtBot, jobs: JobRunner) -> None:
    parent = QObject()
    newest, answers, ends = Newest(parent), list[str](), list[bool]()
    newest.ended.connect(lambda: ends.append(newest.running))
    wait = threading.Event()
    _asked(jobs, newest, answers, "older", wait)
    _asked(jobs, newest, answers, "newest")
    assert newest.running
    with qtbot.waitSignal(jobs.became_idle):
        wait.set()
    assert (answers, ends, newest.running) == (["newest"], [False], False)


def test_what_was_stopped_answers_nothing_and_tells_no_end(qtbot: QtBot, jobs: JobRunner) -> None:
    parent = QObject()
    newest, answers, ends = Newest(parent), list[str](), list[bool]()
    newest.ended.connect(lambda: ends.append(True))
    wait = threading.Event()
    _asked(jobs, newest, answers, "one", wait)
    newest.stop()
    assert not newest.running
    with qtbot.waitSignal(jobs.became_idle):
        wait.set()
    assert (answers, ends) == ([], [])


def test_a_screen_that_is_gone_is_told_nothing(qtbot: QtBot, jobs: JobRunner) -> None:
    screen = QObject()
    newest, wait = Newest(screen), threading.Event()
    _asked(jobs, newest, [], "late", wait)
    shiboken6.delete(screen)
    with qtbot.waitSignal(jobs.became_idle), qtbot.captureExceptions() as faults:
        wait.set()
    assert faults == []


def test_that_there_is_no_answer_is_told_of_the_newest_only(qtbot: QtBot, jobs: JobRunner) -> None:
    parent = QObject()
    newest, failures, wait = Newest(parent), list[object](), threading.Event()
    newest.failed.connect(failures.append)

    def fail(_report: object) -> None:
        wait.wait(10)
        raise ValueError

    for _ in range(2):
        job = Job(fail)
        jobs.start(job)
        newest.follow(job)
    with qtbot.waitSignal(jobs.became_idle):
        wait.set()
    assert len(failures) == 1 and not newest.running
