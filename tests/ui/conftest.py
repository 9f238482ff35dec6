"""Every window test: no display, its own settings file, shipped fonts, and no warning from Qt."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from ui.jobs import JobRunner
from ui.theme.theme import Theme
from ui.theme.translator import Language

# What a platform without a screen says about windows.
_HARMLESS = ("This plugin does not support",)


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINBRAIN_CONFIG", str(tmp_path / "settings.ini"))


@pytest.fixture(autouse=True)
def plain_look(qapp) -> Iterator[None]:
    Language.set("zh")
    Theme.current().set(mode="light", change_colours="red_up", scale=1.0)
    yield
    Language.set("zh")
    Theme.current().set(mode="light", change_colours="red_up", scale=1.0)


@pytest.fixture(autouse=True)
def no_qt_warnings(qtlog) -> Iterator[None]:
    yield
    heard = [record.message for record in qtlog.records if not record.message.startswith(_HARMLESS)]
    assert not heard, heard


@pytest.fixture
def jobs(qapp) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    assert runner.close(10), "a worker outlived its test"
