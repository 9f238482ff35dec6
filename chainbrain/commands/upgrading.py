"""What a command says while it brings an older book up to date: on standard error, also where nobody watches."""

from __future__ import annotations

import sys
import time
from typing import Final

from chainbrain import texts

_LABEL: Final = "progress.upgrading"


class Upgrading:
    """The report of ``Workspace.open`` for a terminal.

    Minutes without a word look like a program that hangs: unlike other progress it is told in lines of their own, so
    that a log holds it too. A book of this program's version calls it never.
    """

    def __init__(self, lang: str, *, quiet: bool) -> None:
        self._lang, self._quiet = lang, quiet
        self._began: float | None = None
        self._part = -1

    def __call__(self, done: int, total: int, label: str) -> None:
        """Tell once that and why one has to wait, each part as it begins, and the end."""
        now = time.monotonic()
        if self._began is None:
            self._began = now
            self._print("cli.upgrading")
        seconds = round(now - self._began)
        if label != _LABEL:
            self._print_line(texts.word(label, self._lang))
        elif done >= total:
            self._print("cli.upgraded", seconds=seconds)
        elif done > self._part:
            # A part under way is told again every moment; here each is one line.
            self._part = done
            what = texts.word(label, self._lang)
            self._print("cli.upgrading_part", what=what, part=done + 1, parts=total, seconds=seconds)

    def _print(self, code: str, **facts: object) -> None:
        self._print_line(texts.message(code, self._lang, **facts))

    def _print_line(self, text: str) -> None:
        if not self._quiet:
            print(text, file=sys.stderr, flush=True)
