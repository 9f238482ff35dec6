"""What a fresh clone must hold: licence, lock, README, the build server's command."""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

ALLOWED = {"MIT", "MIT-0", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "Zlib", "CC0-1.0"}
QT = {"pyside6-essentials", "shiboken6"}  # LGPL, used as unmodified shared libraries


def lock_text(root: Path) -> str:
    return (root / "packaging/requirements.lock").read_text(encoding="utf-8")


def test_every_locked_package_has_hashes(root: Path) -> None:
    entries = re.split(r"(?m)^(?=[\w.-]+==)", lock_text(root))[1:]
    assert len(entries) > 40
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_names_no_place(root: Path) -> None:
    packages = "".join(line for line in lock_text(root).splitlines(True) if not line.lstrip().startswith("#"))
    assert not re.search(r"://|index-url|find-links|file:|^-e|^/|@ ", packages, re.MULTILINE)
    assert "://" not in lock_text(root)


def test_everything_asked_for_is_locked(root: Path, licences: ModuleType) -> None:
    locked = {name for name, _, _ in licences.locked()}
    text = (root / "packaging/requirements.in").read_text(encoding="utf-8")
    asked = {licences.canonical(re.split(r"[<>=]", line)[0]) for line in text.splitlines() if line[:1].isalpha()}
    assert asked
    assert asked <= locked


def test_no_package_called_packaging_is_shadowed(root: Path) -> None:
    assert not (root / "packaging/__init__.py").exists()


def test_the_licence_is_the_whole_apache_licence(root: Path) -> None:
    text = (root / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert len(text.splitlines()) == 201


def test_the_table_of_licences_is_up_to_date(licences: ModuleType) -> None:
    assert licences.out_of_date() == []


def test_only_permissive_packages_are_shipped(licences: ModuleType) -> None:
    for name, line in licences.written().items():
        words = set(re.split(r" AND | OR ", line.split("|")[3].strip()))
        assert words <= ALLOWED or (name in QT and "LGPL-3.0-only" in words), line


def test_the_readme_names_both_commands(root: Path) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")
    assert text.count("python3 packaging/dev.py run") >= 2  # once per language
    assert text.count("python3 packaging/dev.py test") >= 2
    assert "resources/help/overview.png" in text


def test_the_build_server_runs_the_test_command(root: Path) -> None:
    script = root / ".ci/run"
    assert "python3 packaging/dev.py test" in script.read_text(encoding="utf-8")
    assert os.name == "nt" or os.access(script, os.X_OK)


@pytest.mark.skipif(os.name == "nt", reason="the build server's script is for bash")
def test_the_build_server_hears_of_a_failure(root: Path, tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    (tmp_path / "packaging").mkdir()
    (tmp_path / ".ci/run").write_bytes((root / ".ci/run").read_bytes())
    (tmp_path / "packaging/dev.py").write_text("import sys; sys.exit(7 if sys.argv[1:] == ['test'] else 9)\n")
    assert subprocess.run(["bash", str(tmp_path / ".ci/run")], check=False, timeout=60).returncode == 7


def test_no_two_test_files_share_a_name(root: Path) -> None:
    # Outside packages the runner knows a file by its name alone and leaves the second one out with an error.
    alone = [path for path in (root / "tests").rglob("test_*.py") if not (path.parent / "__init__.py").exists()]
    names = Counter(path.name for path in alone)
    assert [name for name, count in names.items() if count > 1] == []
