"""The program's door: no command or ``open`` starts the window, everything else is the command line."""

import multiprocessing
import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Start the window or run a command; Qt is loaded only for the window.

    Args:
        argv: arguments without the program's name; None takes those of the process.

    Returns:
        The exit status.
    """
    # In a packaged program the reading process starts this very file again.
    multiprocessing.freeze_support()
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] == "open":
        return _window(arguments[1:])
    from chainbrain import cli  # noqa: PLC0415 - the window does not need the command line

    return cli.main(arguments)


def _window(arguments: Sequence[str]) -> int:
    if len(arguments) > 1 or any(text.startswith("-") for text in arguments):
        sys.stderr.write("chainbrain [open BOOK]\n")
        return 2
    from ui.app import run  # noqa: PLC0415 - a command must not load Qt

    return run(Path(arguments[0]).absolute() if arguments else None)


if __name__ == "__main__":
    raise SystemExit(main())
