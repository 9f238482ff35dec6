"""Writes packaging/LICENSES.md: what is shipped with ChainBrain, in which version and under which licence.

    .venv/bin/python packaging/licences.py          write the table
    .venv/bin/python packaging/licences.py --check  only say whether it is up to date (exit status 1 if not)

What is shipped follows from the lock alone (the part of requirements.in above "development and tests" and everything it
brings), so that the table is the same on every system; the licence of each package is read from its own metadata.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
TARGET = FOLDER / "LICENSES.md"

# Metadata that gives a licence by a word of its own, in the identifiers everybody else uses.
SPDX = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
}
# Packages of the lock that are installed on some systems or Python versions only.
ELSEWHERE = {"pywin32-ctypes": "BSD-3-Clause"}

HEAD = """# What is shipped with ChainBrain

ChainBrain itself is under the Apache License 2.0 (`LICENSE`). This table is written by `packaging/licences.py`.

| package | version | licence |
| --- | --- | --- |
"""
FOOT = """
Qt (PySide6-Essentials, shiboken6) is used under the LGPL 3.0: unmodified, as separate shared libraries that anybody may
replace by another build of the same version. Of Qt only the Essentials are used, none of the modules that are GPL only.

| font | version | licence |
| --- | --- | --- |
| Noto Sans SC Regular and Bold (Noto Sans CJK SC, fewer characters) | 2.004 | OFL-1.1 (`resources/fonts/OFL.txt`) |
"""


def canonical(name: str) -> str:
    """A package's name as the lock spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for() -> set[str]:
    """The packages requirements.in names for the program itself."""
    text = (FOLDER / "requirements.in").read_text(encoding="utf-8")
    lines = text.split("# development and tests")[0].splitlines()
    return {canonical(re.split(r"[<>=!~\[; ]", line)[0]) for line in lines if line and not line.startswith("#")}


def locked() -> Iterator[tuple[str, str, set[str]]]:
    """Name, version and the packages that want it, for each entry of the lock."""
    name, version, wanted_by = "", "", set[str]()
    for line in (FOLDER / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if entry := re.match(r"([\w.-]+)==([\w.]+)", line):
            if name:
                yield name, version, wanted_by
            name, version, wanted_by = canonical(entry[1]), entry[2], set()
        elif via := re.match(r"    #   (?:via )?\s*([\w.-]+)$", line.replace("# via ", "#   ")):
            wanted_by.add(canonical(via[1]))
    yield name, version, wanted_by


def shipped() -> dict[str, str]:
    """Version by name of everything the program brings; two versions where Python versions differ."""
    entries = list(locked())
    names = asked_for()
    while more := {name for name, _, wanted_by in entries if wanted_by & names} - names:
        names |= more
    versions: dict[str, str] = {}
    for name, version, _ in sorted(entries):
        if name in names:
            versions[name] = f"{versions[name]}, {version}" if name in versions else version
    return versions


def licence(name: str) -> str | None:
    """The licence a package states about itself; nothing if it is not installed here."""
    try:
        facts = metadata(name)
    except PackageNotFoundError:
        return ELSEWHERE.get(name)
    expression = "".join(facts.get_all("License-Expression", []))
    if expression:
        return expression
    stated = "".join(facts.get_all("License", []))
    classifiers = [SPDX[entry] for entry in facts.get_all("Classifier", []) if entry in SPDX]
    # Some packages paste the whole text into the field: then the classifier says it.
    short = stated if stated and len(stated) < 80 and "\n" not in stated else ""
    return classifiers[0] if classifiers else short


def rows() -> dict[str, str]:
    """The table's line for each package."""
    found = {}
    for name, version in shipped().items():
        words = licence(name)
        if words == "":
            raise SystemExit(f"{name}: no licence stated in its metadata")
        found[name] = f"| {name} | {version} | {words} |"
    return found


def written() -> dict[str, str]:
    """The lines of the table of packages as it is in the repository."""
    text = TARGET.read_text(encoding="utf-8") if TARGET.exists() else ""
    table = text.partition("| --- |")[2].partition("\n\n")[0]
    return {line.split("|")[1].strip(): line for line in table.splitlines()[1:]}


def out_of_date() -> list[str]:
    """The packages whose line is missing, wrong or too many."""
    expected, found = rows(), written()
    changed = [name for name, line in expected.items() if not line.endswith("| None |") and found.get(name) != line]
    return sorted({*changed, *(expected.keys() ^ found.keys())})


def main() -> int:
    """Write or check."""
    if "--check" in sys.argv:
        wrong = out_of_date()
        print("\n".join(wrong) or "up to date")
        return 1 if wrong else 0
    lines = []
    for name, line in rows().items():
        # What another system or Python brings keeps the line it had.
        lines.append(line if not line.endswith("| None |") else written().get(name, line))
    TARGET.write_text(HEAD + "\n".join(lines) + "\n" + FOOT, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
