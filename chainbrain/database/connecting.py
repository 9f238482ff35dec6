"""Opens a DuckDB file with the settings of the program."""

from __future__ import annotations

import sys
import tempfile
import uuid
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import duckdb

_BRIDGE = "pyarrow.dataset"


# DuckDB asks for pandas with every parameter. Where it is missing, Python would search all its folders each time:
# half of what writing a single row took. None stands for a module that is not there:
# https://docs.python.org/3/library/sys.html#sys.modules
if find_spec("pandas") is None:
    sys.modules["pandas"] = None  # type: ignore[assignment]


def connect(
    path: Path | str, *, read_only: bool = False, spill: Path | None = None, memory_mb: int = 900
) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file with our settings.

    Args:
        path: the file, or ``:memory:``.
        read_only: open without the right to write.
        spill: folder for what does not fit into memory; without it one of its own among the temporary files, which is
            made when it is needed and goes with the connection.
        memory_mb: DuckDB's own memory limit; the process takes somewhat more.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "storage_compatibility_version": "v1.4.0",
        "memory_limit": f"{memory_mb}MB",
        "threads": 1,
        # Offline: nothing is fetched, not even an extension.
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        # The only copy is never checkpointed in place; closing folds the log in over a shadow (safe.py).
        "checkpoint_threshold": "1TB",
    }
    if spill is None:
        # Left alone, DuckDB takes ``.tmp``: books in memory of two runs in one place wrote over each other's pages.
        spill = Path(tempfile.gettempdir()) / f"chainbrain-{uuid.uuid4()}"
    config["temp_directory"] = str(spill)
    config["max_temp_directory_size"] = "20GB"
    connection = duckdb.connect(str(path), read_only=read_only, config=config)
    connection.execute("set enable_progress_bar = false")
    connection.execute("set preserve_insertion_order = false")
    connection.execute("pragma disable_checkpoint_on_shutdown")
    return connection


def load_bridge() -> None:
    """Load what columns cross between DuckDB and Polars on, which otherwise happens with the first such answer.

    What of it is compiled takes the None above for pandas and fails, and DuckDB says nothing then: it reads the first
    columns of a frame instead of those asked for. So the None is put aside meanwhile.

    Raises:
        ImportError: it cannot be loaded.
    """
    if _BRIDGE in sys.modules:
        return
    absent = "pandas" in sys.modules and sys.modules["pandas"] is None
    if absent:
        del sys.modules["pandas"]
    try:
        import_module(_BRIDGE)
    finally:
        if absent:
            sys.modules["pandas"] = None  # type: ignore[assignment]
