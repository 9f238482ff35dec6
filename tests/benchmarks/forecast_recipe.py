"""The recipe that the reference errors were measured with, made again as literally as its description allows.

One direct LightGBM over all series and horizons learns value ÷ mean of the last four weeks from calendar, plans, lags,
how often each weekday is closed and what is told about each shop; half of the answer is its, half that of ETS (A,N,A)
fitted to each series from its first sale on, zeros kept. Where the weekday median would have been better four weeks
before, it answers alone. What the description leaves open (lags, size of the trees, the half) is chosen here, so its
errors stand beside ours on the same series; they prove nothing about runs that nobody kept.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
from forecast_cases import HORIZON, Case, Floats

from chainbrain.cash.forecast import days
from chainbrain.cash.forecast.panel import Panel

_WEEKS = 8
_HISTORY = 7 * _WEEKS
_YEAR = 52
_LONGEST = 400
_YOUNGEST = 28
_MOST_ROWS = 900_000
_LEAST_DAYS = 21
_SHAPE = {
    "objective": "l1", "num_leaves": 63, "learning_rate": 0.05, "min_data_in_leaf": 50, "feature_fraction": 0.7,
    "bagging_fraction": 0.7, "bagging_freq": 1, "cat_smooth": 50, "num_threads": 1, "verbose": -1, "seed": 1,
}  # fmt: skip


def recipe(panel: Panel, case: Case, folder: Path) -> Floats:
    """What the recipe says of the days after the last one of a panel."""
    shops, words = _shops(panel, case, folder)
    last = panel.values.shape[1] - 1
    before, past = _answer(panel, last - HORIZON, shops, words), panel.values[:, -HORIZON:]
    blend, median = (float(np.abs(past - one).sum()) for one in (before, _median(panel.values, last - HORIZON)))
    said = _answer(panel, last, shops, words) if blend <= median else _median(panel.values, last)
    return _closed(panel, last, said)


def _answer(panel: Panel, last: int, shops: Floats, words: list[int]) -> Floats:
    half = (_trees(panel, last, shops, words) + _ets(panel.values, last)) / 2
    return _closed(panel, last, half)


def _closed(panel: Panel, last: int, said: Floats) -> Floats:
    if "open" not in panel.known:
        return said
    found: Floats = np.where(panel.known["open"][:, last + 1 : last + 1 + HORIZON] == 0.0, 0.0, said)
    return found


def _shops(panel: Panel, case: Case, folder: Path) -> tuple[Floats, list[int]]:
    """What is told about each shop, one column each, and which of them are words."""
    path = folder / case.shops
    if not path.exists():
        print(f"{path} is not there: the recipe is told nothing about the shops")
        return np.zeros((len(panel.ids), 0)), []
    table = pl.read_csv(path)
    table = table.with_columns(pl.col(table.columns[0]).cast(pl.String).alias("series_id")).drop(table.columns[0])
    table = pl.DataFrame({"series_id": list(panel.ids)}).join(table, on="series_id", how="left", maintain_order="left")
    columns = [table[name] for name in table.columns[1:]]
    words = [i for i, one in enumerate(columns) if one.dtype == pl.String]
    codes = [one.cast(pl.Categorical).to_physical() if i in words else one for i, one in enumerate(columns)]
    return np.stack([one.cast(pl.Float64).fill_null(np.nan).to_numpy() for one in codes], axis=1), words


def _median(values: Floats, last: int) -> Floats:
    weeks = values[:, last - _HISTORY + 1 : last + 1].reshape(len(values), _WEEKS, 7)
    return np.tile(np.median(weeks, axis=1), HORIZON // 7)


def _ets(values: Floats, last: int) -> Floats:
    from statsforecast.models import AutoETS  # type: ignore[import-not-found]

    begins, said = (values > 0).argmax(axis=1), np.zeros((len(values), HORIZON))
    for row, every in enumerate(values):
        own = every[max(int(begins[row]), last - _LONGEST + 1) : last + 1]
        if len(own) >= _LEAST_DAYS:
            said[row] = AutoETS(season_length=7, model="ANA").forecast(own, HORIZON)["mean"]
        elif len(own):
            said[row] = own[-7:].mean()
    found: Floats = np.maximum(said, 0.0)
    return found


def _trees(panel: Panel, last: int, shops: Floats, words: list[int]) -> Floats:
    import lightgbm  # type: ignore[import-not-found]

    values = panel.values
    sold = (values > 0).any(axis=1)
    begins = np.where(sold, (values > 0).argmax(axis=1), values.shape[1])
    calendar = days.features(days.shipped(), panel.first, values.shape[1] + HORIZON)
    rows, wanted, weights = [], [], []
    for origin in range(last - HORIZON, max(_HISTORY, last - HORIZON - _YEAR * 7), -7):
        lately = values[:, origin - _YOUNGEST + 1 : origin + 1].sum(axis=1)
        able = (begins <= origin - _YOUNGEST) & (lately > 0)
        table, level = _columns(panel, origin, calendar, begins)
        table = _beside(table, shops)
        rows.append(table[able].reshape(-1, table.shape[2]))
        wanted.append((values[able, origin + 1 : origin + 1 + HORIZON] / level[able]).ravel())
        weights.append(np.repeat(level[able, 0], HORIZON))
    known, truth, money = np.concatenate(rows), np.concatenate(wanted), np.concatenate(weights)
    if len(known) > _MOST_ROWS:
        kept = np.random.Generator(np.random.PCG64(1)).choice(len(known), _MOST_ROWS, replace=False)
        known, truth, money = known[kept], truth[kept], money[kept]
    first = known.shape[1] - shops.shape[1]
    data = lightgbm.Dataset(
        known, np.minimum(truth, 5.0), weight=money, categorical_feature=[first + one for one in words] or "auto"
    )
    model = lightgbm.train(_SHAPE, data, 400)
    table, level = _columns(panel, last, calendar, begins)
    flat = _beside(table, shops).reshape(-1, known.shape[1])
    found: Floats = np.maximum(model.predict(flat, num_threads=1).reshape(-1, HORIZON) * level, 0.0)
    return found


def _beside(table: Floats, shops: Floats) -> Floats:
    wide = np.broadcast_to(shops[:, None, :], (*table.shape[:2], shops.shape[1]))
    return np.concatenate([table, wide], axis=2).astype(np.float32)


def _columns(panel: Panel, origin: int, calendar: Floats, begins: Floats) -> tuple[Floats, Floats]:
    values, targets = panel.values, np.arange(origin + 1, origin + 1 + HORIZON)
    level = np.maximum(values[:, origin - 27 : origin + 1].mean(axis=1), 1.0)[:, None]
    wide = (len(values), HORIZON)
    nearest = -(-(targets - origin) // 7) * 7
    weeks = values[:, origin - _HISTORY + 1 : origin + 1].reshape(len(values), _WEEKS, 7)
    weekday = (targets - origin - 1) % 7
    means = [values[:, origin + 1 - count : origin + 1].mean(axis=1)[:, None] / level for count in (7, 14, _HISTORY)]
    spread = values[:, origin - _HISTORY + 1 : origin + 1].std(axis=1)[:, None] / level
    per_day = [targets - origin, (targets + panel.first.weekday()) % 7, *calendar[targets].T]
    columns = [
        *(np.broadcast_to(one[None], wide) for one in per_day),
        *(values[:, targets - nearest - 7 * back] / level for back in range(4)),
        np.median(weeks, axis=1)[:, weekday] / level,
        (weeks == 0).mean(axis=1)[:, weekday],
        weeks.mean(axis=1)[:, weekday] / level,
        *(np.broadcast_to(one, wide) for one in (*means, spread, np.log1p(level), (origin - begins)[:, None])),
        *(panel.known[name][:, targets] for name in sorted(panel.known)),
    ]
    return np.stack(columns, axis=2).astype(np.float64), level
