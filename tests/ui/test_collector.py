import gc
import threading
import weakref

from PySide6.QtCore import QObject, QThread


class Lost(QObject):
    """Held by nothing but itself, as a screen that was left may be."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def thrown_away() -> tuple["weakref.ref[Lost]", list[bool]]:
    lost, where = Lost(), []
    here = QThread.currentThread()
    weakref.finalize(lost, lambda: where.append(QThread.currentThread() is here))
    return weakref.ref(lost), where


def test_a_job_that_makes_many_objects_collects_nothing_of_the_window(qtbot):
    lost, where = thrown_away()

    def work() -> None:
        kept = [[number] for number in range(200_000)]
        assert kept

    job = threading.Thread(target=work)
    job.start()
    job.join()
    assert lost() is not None
    qtbot.waitUntil(lambda: gc.get_count()[0] <= gc.get_threshold()[0], timeout=5_000)
    assert not gc.isenabled()
    gc.collect()
    assert (lost(), where) == (None, [True])
