"""The set-up script: what it decides before it touches anything."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.mark.parametrize(
    ("version", "fits"),
    [((3, 10), False), ((3, 11), True), ((3, 12), True), ((3, 13), True), ((3, 14), False), ((4, 0), False)],
)
def test_only_pythons_with_locked_packages_are_taken(dev: ModuleType, version: tuple[int, int], fits: bool) -> None:
    assert dev.python_fits(version) is fits


def test_an_old_python_gets_a_sentence(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 18))
    monkeypatch.setattr(dev.shutil, "which", lambda name: "/usr/bin/python3.12" if name == "python3.12" else None)
    with pytest.raises(SystemExit) as stopped:
        dev.check_python()
    assert stopped.value.code == 1
    words = capsys.readouterr().err
    assert "需要 Python 3.11 至 3.13" in words
    assert "Use python3.12 instead." in words


def test_an_old_python_can_read_the_script(dev: ModuleType) -> None:
    source = Path(dev.__file__).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))


def test_only_the_standard_library_is_imported(dev: ModuleType) -> None:
    tree = ast.parse(Path(dev.__file__).read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_missing_libraries_name_their_packages(dev: ModuleType) -> None:
    libraries = {"libGL.so.1": "libgl1", "libEGL.so.1": "libegl1", "libX11.so.6": "libx11-6"}
    assert dev.missing_packages(libraries, lambda name: name == "libEGL.so.1") == ["libgl1", "libx11-6"]
    assert dev.missing_packages(libraries, lambda name: True) == []


def test_the_loader_decides_what_is_missing(dev: ModuleType) -> None:
    assert not dev.loads("libchainbrain-does-not-exist.so.1")


def test_without_rights_the_missing_packages_are_named(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "administrator", lambda: (False, []))
    with pytest.raises(SystemExit):
        dev.install_debian(["libgl1", "libegl1"])
    assert "sudo apt-get install libgl1 libegl1" in capsys.readouterr().err


def a_project(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, folder: Path) -> list[tuple[str, ...]]:
    """A project in a folder of its own whose environment is always sound; returns what gets installed."""
    (folder / "lock").write_text("duckdb==1.5.5\n")
    (folder / "project").write_text("[project]\n")
    (folder / "venv" / "bin").mkdir(parents=True)
    (folder / "venv" / "bin" / "chainbrain").touch()
    installed: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "LOCK", folder / "lock")
    monkeypatch.setattr(dev, "PROJECT", folder / "project")
    monkeypatch.setattr(dev, "VENV", folder / "venv")
    monkeypatch.setattr(dev, "STAMP", folder / "venv" / "stamp.json")
    monkeypatch.setattr(dev, "WINDOWS", False)
    monkeypatch.setattr(dev, "venv_works", lambda: True)
    monkeypatch.setattr(dev, "pip", lambda *words: installed.append(words) or True)
    monkeypatch.setattr(dev, "make_venv", lambda: installed.append(("venv",)))
    return installed


def test_a_second_start_installs_nothing(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    installed = a_project(dev, monkeypatch, tmp_path)
    dev.prepare()
    assert [words[0] for words in installed] == ["--require-hashes", "--no-deps"]
    installed.clear()
    dev.prepare()
    assert installed == []


def test_a_new_lock_installs_again(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    installed = a_project(dev, monkeypatch, tmp_path)
    dev.prepare()
    installed.clear()
    (tmp_path / "lock").write_text("duckdb==1.5.6\n")
    dev.prepare()
    assert [words[0] for words in installed] == ["--require-hashes", "--no-deps"]


def test_new_project_settings_install_the_project_only(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    installed = a_project(dev, monkeypatch, tmp_path)
    dev.prepare()
    installed.clear()
    (tmp_path / "project").write_text("[project]\nname = 'chainbrain'\n")
    dev.prepare()
    assert [words[0] for words in installed] == ["--no-deps"]


def test_another_python_makes_the_environment_anew(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    installed = a_project(dev, monkeypatch, tmp_path)
    dev.prepare()
    installed.clear()
    stamp = json.loads(dev.STAMP.read_text())
    dev.STAMP.write_text(json.dumps({**stamp, "python": "3.9 x86_64"}))
    dev.prepare()
    assert [words[0] for words in installed] == ["venv", "--require-hashes", "--no-deps"]


def test_a_failed_installation_leaves_no_stamp(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    a_project(dev, monkeypatch, tmp_path)
    monkeypatch.setattr(dev, "pip", lambda *words: False)
    with pytest.raises(SystemExit):
        dev.prepare()
    assert dev.read_stamp() == {}


def test_a_damaged_stamp_counts_as_none(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp.json")
    for text in ("", "{", "[1]"):
        dev.STAMP.write_text(text)
        assert dev.read_stamp() == {}


def test_line_endings_do_not_change_a_digest(dev: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "unix").write_bytes(b"a\nb\n")
    (tmp_path / "windows").write_bytes(b"a\r\nb\r\n")
    assert dev.digest(tmp_path / "unix") == dev.digest(tmp_path / "windows")


def test_every_check_runs_and_one_failure_fails_all(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    checks = [
        dev.Check("first", [sys.executable, "-c", "raise SystemExit(3)"]),
        dev.Check("second", [sys.executable, "-c", "pass"]),
    ]
    assert dev.run_checks(checks) == 1
    words = capsys.readouterr().out
    assert "exit 3" in words
    assert "✓ second" in words
    assert dev.run_checks(checks[1:]) == 0


def test_children_get_no_foreign_python_and_no_display(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    variables = dev.environment(offscreen=True)
    assert "PYTHONPATH" not in variables
    assert variables["QT_QPA_PLATFORM"] == "offscreen"
    assert dev.environment()["QT_QPA_PLATFORM"] == "xcb"


def test_a_half_made_demo_does_not_count(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dev, "DEMO", tmp_path)
    (tmp_path / "chain").mkdir()
    book = tmp_path / "chain" / "demo.chainbrain"
    book.touch()
    assert dev.demo_book() is None
    (tmp_path / "ready").touch()
    assert dev.demo_book() == book


def test_help_lists_the_commands(dev: ModuleType) -> None:
    shown = subprocess.run(
        [sys.executable, dev.__file__, "--help"], capture_output=True, encoding="utf-8", check=True, timeout=60
    ).stdout
    assert all(f"dev.py {command}" in shown for command in ("run", "test", "lint", "screens", "bench", "setup"))
