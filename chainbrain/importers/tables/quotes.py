"""Cuts lines whose quotes a strict reader refuses: blanks around a quoted cell, quotes inside a bare one."""

from __future__ import annotations

from typing import Final

import polars as pl

_CELL: Final = r'(?:^|,)(?:"(?:[^"]|"")*"|[^,]*)'


def loosely_quoted(lines: pl.Series, width: int) -> pl.DataFrame:
    """A quote counts only where a cell begins; a ``Repair``.

    WeChat ends quoted numbers with a tab (``"4200…"<tab>,``) and prints names with quotes of their own
    (``点击"多多视频"``). A line is taken only when its cells make up the whole of it.
    """
    tight = lines.str.replace_all(r'"[ \t]+(,|$)', '"${1}').str.replace_all(r'(^|,)[ \t]+"', '${1}"')
    cells = tight.str.extract_all(_CELL)
    count = cells.list.len()
    spare = (count == width + 1) & (cells.list.last() == ",")
    whole = (cells.list.join("") == tight) & ((count == width) | spare)
    kept = cells.to_frame("cells").select(pl.when(whole).then(pl.col("cells")))
    bare = [pl.col("cells").list.get(number, null_on_oob=True).str.strip_prefix(",") for number in range(width)]
    return kept.select(
        pl.when(cell.str.starts_with('"') & cell.str.ends_with('"') & (cell.str.len_chars() > 1))
        .then(cell.str.strip_prefix('"').str.strip_suffix('"').str.replace_all('""', '"', literal=True))
        .otherwise(cell)
        .alias(f"f{number}")
        for number, cell in enumerate(bare)
    )
