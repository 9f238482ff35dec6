"""Names found by their sound: whole syllables, first letters, both, and every reading of a character."""

import subprocess
import sys

import pytest

from chainbrain import sounds


@pytest.fixture(autouse=True)
def learnt() -> None:
    sounds.learn()


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("西湖路店", "xhl"),
        ("西湖路店", "xihulu"),
        ("西湖路店", "xihl"),
        ("西湖路店", "xihul"),
        ("西湖路店", "huludi"),
        ("杭州西湖路店", "XHLD"),
        ("重庆解放碑店", "chongqing"),
        ("重庆解放碑店", "zhongqing"),
        ("重庆解放碑店", "cqjfb"),
        ("长沙店", "changsha"),
        ("长沙店", "zs"),
        ("建设银行", "yinhang"),
        ("建设银行", "jsyh"),
        ("吕巷店", "lvxiang"),
        ("吕巷店", "luxiang"),
        ("招行 8812", "zh8812"),
        ("KFC 南山店", "kfcns"),
    ],
)
def test_a_name_is_found(text: str, typed: str) -> None:
    assert sounds.sounds_like(text, typed)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("西湖路店", "xl"),
        ("西湖路店", "hx"),
        ("西湖路店", "xihulux"),
        ("", "x"),
        ("西湖路店", "8812"),
        ("西湖路店", ""),
    ],
)
def test_what_sounds_otherwise_is_not(text: str, typed: str) -> None:
    assert not sounds.sounds_like(text, typed)


def test_nothing_is_loaded_with_the_window() -> None:
    asked = "import sys, ui.main_window, ui.views.reconcile.view; print('pypinyin' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
