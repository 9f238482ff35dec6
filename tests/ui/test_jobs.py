import gc
import threading
import time
import weakref
from types import SimpleNamespace

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication, QWidget

from chainbrain.errors import Cancelled, UserError
from ui.jobs import Job, JobRunner
from ui.jobs.heartbeat import Heartbeat
from ui.views.parts.reader import Loader


def test_a_result_arrives_in_the_windows_thread(qtbot, jobs):
    seen = []
    job = Job(lambda report: threading.current_thread().name)
    job.succeeded.connect(lambda result: seen.append((result, QThread.currentThread())))
    with qtbot.waitSignal(job.finished):
        jobs.start(job)
    assert seen == [("work", QApplication.instance().thread())]
    assert jobs.is_idle()


def test_writing_jobs_run_in_order_and_one_at_a_time(qtbot, jobs):
    order, active, overlaps = [], [], []

    def work(number):
        def run(report):
            active.append(number)
            overlaps.append(len(active))
            time.sleep(0.002)
            order.append(number)
            active.remove(number)

        return run

    for number in range(20):
        jobs.start(Job(work(number)))
    with qtbot.waitSignal(jobs.became_idle):
        pass
    assert order == list(range(20))
    assert max(overlaps) == 1


def test_a_cancel_that_comes_too_late_strikes_no_other_job(qtbot, jobs):
    """Both read through one connection; the first is over in its worker, which nobody has been told yet."""
    struck, over, release = [], threading.Event(), threading.Event()
    first = Job(lambda report: "page", reading=True, interrupt=lambda: struck.append("first"))

    def work(report):
        over.set()
        release.wait(10)
        return "next"

    second = Job(work, reading=True, interrupt=lambda: struck.append("second"))
    jobs.start(first)
    jobs.start(second)
    assert over.wait(10)
    first.cancel()
    assert struck == []
    second.cancel()
    assert struck == ["second"]
    release.set()
    with qtbot.waitSignal(jobs.became_idle):
        pass


def test_what_is_over_is_let_go_with_all_that_its_work_and_its_listeners_held(qtbot, jobs):
    held = []

    class Page:
        pass

    for _ in range(20):
        page = Page()
        held.append(weakref.ref(page))
        job = Job(lambda report, page=page: None, reading=True)
        job.succeeded.connect(lambda _result, job=job, page=page: None)
        jobs.start(job)
    del page, job
    with qtbot.waitSignal(jobs.became_idle):
        pass
    # The workers let go of the last one in their own time.
    qtbot.waitUntil(lambda: gc.collect() >= 0 and not any(one() for one in held), timeout=5_000)


@pytest.fixture
def slow_workers(qapp):
    """Workers that stand still after every step, so that the window is done with all it was told before they go on."""

    def stand_still(frame, event, _called):
        if event == "c_return" and frame.f_globals["__name__"].startswith("ui.jobs"):
            time.sleep(0.001)

    threading.setprofile(stand_still)
    runner = JobRunner()
    threading.setprofile(None)
    yield runner
    assert runner.close(10)


@pytest.mark.parametrize("held", ["in the work", "in the answer", "in the failure"])
def test_a_worker_is_never_the_last_to_let_go_of_what_a_job_holds(qtbot, slow_workers, held):
    """A table that goes in a worker loses there what the window may be painting it with."""
    where = []

    def start(number):
        table = QObject()
        weakref.finalize(table, lambda: where.append(threading.current_thread().name))

        def work(report, table=table):
            report(1, 1, "read")
            if held == "in the failure":
                raise ValueError(table)
            return table if held == "in the answer" else None

        job = Job(work, reading=number % 2 == 0)
        job.succeeded.connect(lambda _answer: None)
        job.failed.connect(lambda _failure: None)
        slow_workers.start(job)

    here = threading.current_thread().name
    for _ in range(10):
        for number in range(10):
            start(number)
        assert slow_workers.wait_idle(30_000)
    qtbot.waitUntil(lambda: gc.collect() >= 0 and len(where) == 100, timeout=5_000)
    assert set(where) == {here}


def test_a_job_is_over_only_when_its_worker_has_left_it(qtbot, slow_workers):
    """The window deletes what is over: its worker must not be telling anything of it any more."""
    left = []

    class Watched(Job):
        def run(self):
            outcome = super().run()
            left.append(shiboken6.isValid(self))
            return outcome

    for number in range(20):
        job = Watched(lambda report: report(1, 1, "read"), reading=number % 2 == 0)
        job.finished.connect(lambda number=number: left.append(number))
        slow_workers.start(job)
        assert slow_workers.wait_idle(30_000)
    assert left == [said for number in range(20) for said in (True, number)]


def test_reading_does_not_wait_behind_writing(qtbot, jobs):
    release = threading.Event()
    slow = Job(lambda report: release.wait(10))
    quick = Job(lambda report: "page", reading=True)
    jobs.start(slow)
    with qtbot.waitSignal(quick.succeeded) as caught:
        jobs.start(quick)
    assert caught.args == ["page"]
    assert jobs.working is slow
    release.set()
    with qtbot.waitSignal(jobs.became_idle):
        pass


def test_cancel_stops_at_the_next_report(qtbot, jobs):
    running = threading.Event()

    def work(report):
        for step in range(10_000):
            running.set()
            report(step, 10_000, "step.import")
            time.sleep(0.001)

    job = Job(work)
    heard = []
    job.cancelled.connect(lambda: heard.append("cancelled"))
    job.failed.connect(lambda failure: heard.append("failed"))
    jobs.start(job)
    assert running.wait(5)
    started = time.monotonic()
    with qtbot.waitSignal(job.finished):
        job.cancel()
    assert time.monotonic() - started < 1
    assert heard == ["cancelled"]


def test_an_interrupted_query_counts_as_cancelled(qtbot, jobs):
    stop = threading.Event()

    def work(report):
        stop.wait(10)
        raise RuntimeError("interrupted by the driver")

    job = Job(work, interrupt=stop.set)
    with qtbot.waitSignal(job.started):
        jobs.start(job)
    with qtbot.waitSignal(job.cancelled):
        job.cancel()


def test_a_job_cancelled_before_its_turn_does_nothing(qtbot, jobs):
    release, done = threading.Event(), []
    jobs.start(Job(lambda report: release.wait(10)))
    waiting = Job(lambda report: done.append(1))
    jobs.start(waiting)
    waiting.cancel()
    release.set()
    with qtbot.waitSignal(waiting.cancelled):
        pass
    assert done == []


def test_errors_of_the_user_carry_code_and_facts(qtbot, jobs):
    def work(report):
        raise UserError("import.unknown_format", path="a.csv")

    job = Job(work)
    with qtbot.waitSignal(job.failed) as caught:
        jobs.start(job)
    failure = caught.args[0]
    assert (failure.code, dict(failure.facts)) == ("import.unknown_format", {"path": "a.csv"})


def test_anything_else_is_a_fault_with_its_trace(qtbot, jobs):
    job = Job(lambda report: 1 / 0)
    with qtbot.waitSignal(job.failed) as caught:
        jobs.start(job)
    assert caught.args[0].code is None
    assert "ZeroDivisionError" in caught.args[0].details


def test_progress_is_thinned_but_labels_and_the_end_are_kept(qtbot, jobs):
    def work(report):
        for step in range(5_000):
            report(step, 5_000, "first")
        report(5_000, 5_000, "second")

    heard = []
    job = Job(work)
    job.progressed.connect(lambda *step: heard.append(step))
    with qtbot.waitSignal(job.finished):
        jobs.start(job)
    assert len(heard) < 500
    assert heard[0] == (0, 5_000, "first")
    assert heard[-1] == (5_000, 5_000, "second")


def test_close_cancels_and_waits(qtbot):
    runner = JobRunner()

    def work(report):
        while True:
            report(0, 0, "endless")
            time.sleep(0.001)

    job = Job(work)
    with qtbot.waitSignal(job.started):
        runner.start(job)
    queued = [runner.start(Job(work)) for _ in range(3)]
    assert runner.close(5)
    assert all(item.stopping for item in [job, *queued])
    late = Job(lambda report: 1)
    with qtbot.waitSignal(late.cancelled):
        runner.start(late)


def test_report_raises_what_the_engine_knows():
    job = Job(lambda report: None)
    job.cancel()
    with pytest.raises(Cancelled):
        job.report(1, 2, "x")


def test_heartbeat_finds_a_stall(qtbot):
    heart = Heartbeat()
    heart.start()
    qtbot.wait(60)
    assert heart.longest_ms < 60
    time.sleep(0.15)
    assert heart.stop() >= 130


def test_what_was_dropped_does_not_arrive_though_it_was_read_already():
    started, told, busy = [], [], []
    context = SimpleNamespace(rooms=SimpleNamespace(interrupt=lambda: None), jobs=SimpleNamespace(start=started.append))
    loader = Loader()
    loader.loaded.connect(told.append)
    loader.busy.connect(busy.append)
    loader.load(context, lambda _rooms, _report: "first")
    loader.drop()
    # The worker had ended before anybody asked it to stop.
    started[0].succeeded.emit("first")
    assert (told, busy, loader.running) == ([], [True, False], False)
    loader.load(context, lambda _rooms, _report: "second")
    started[1].succeeded.emit("second")
    assert told == ["second"]


def test_an_answer_that_comes_after_its_screen_is_gone_is_told_to_nobody(qtbot):
    started, told = [], []
    context = SimpleNamespace(rooms=SimpleNamespace(interrupt=lambda: None), jobs=SimpleNamespace(start=started.append))
    screen = QWidget()
    loader = Loader(screen)
    loader.loaded.connect(told.append)
    loader.load(context, lambda _rooms, _report: "late")
    (job,) = started
    shiboken6.delete(screen)
    with qtbot.captureExceptions() as raised:
        job.succeeded.emit("late")
    assert (told, raised) == ([], [])


def test_a_failure_is_told_to_the_book_that_is_open_now_and_to_no_book_before():
    started, first, second = [], [], []
    context = SimpleNamespace(rooms=SimpleNamespace(interrupt=lambda: None), jobs=SimpleNamespace(start=started.append))
    loader = Loader()
    for number, book in enumerate((first, second)):
        loader.tell(book.append)
        loader.load(context, lambda _rooms, _report: None)
        started[number].failed.emit(f"trouble {number}")
    assert (first, second) == (["trouble 0"], ["trouble 1"])
