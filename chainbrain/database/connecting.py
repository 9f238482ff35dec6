"""Opens a DuckDB file with the settings of the program."""

from __future__ import annotations

import sys
import tempfile
import uuid
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import duckdb


class _NoPandas:
    """Says at once that there is no pandas.

    DuckDB asks for it with every parameter. Where it is missing, Python would search all its folders each time: half of
    what writing a single row took. ``None`` in ``sys.modules`` says the same, but compiled modules take it for pandas:
    pyarrow failed to load the first time, and DuckDB then read other columns of a frame than a statement asked for.
    """

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        """Refuse pandas; look for nothing else. See https://docs.python.org/3/reference/import.html#the-meta-path"""
        if name == "pandas":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


if find_spec("pandas") is None:
    sys.meta_path.insert(0, _NoPandas())


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

    Raises:
        ImportError: it cannot be loaded. DuckDB says nothing then, and reads a frame's first columns instead of those
            asked for.
    """
    import_module("pyarrow.dataset")
