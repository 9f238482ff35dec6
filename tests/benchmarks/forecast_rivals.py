"""The same series forecast by statsforecast's ETS and by a plain LightGBM, for comparison of error and time.

Neither is a dependency. They come into an environment of their own, which then runs the benchmark::

    python3 -m venv RIVALS
    RIVALS/bin/pip install statsforecast lightgbm polars numpy pyarrow duckdb==1.5.5
    RIVALS/bin/python tests/benchmarks/forecast.py DATA --only rivals --sample 4

ETS is fitted per series, once in the form (A,N,A) that the forecast uses and once with its form searched. The trees
are one direct model over all series and horizons that sees weekday, lags, means and plans, and learns the share of the
series' level, without any of the forecast's own ideas. The reference recipe is told in ``forecast_recipe.py``. Errors
are those of all series, of those that sold often, and of those that are half a year old and sold in the last week.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from forecast_cases import HORIZON, Case, Floats, came, grown, often, table_of, wape, weekly
from forecast_recipe import recipe

from chainbrain.cash.forecast import days, engine
from chainbrain.cash.forecast.panel import Panel

_FIRST_ORIGIN = 112
_STEP = 7
_YEAR = 52
_LONGEST = 400


def measure(case: Case, folder: Path, sample: int, *, searched: bool) -> None:
    table = table_of(case, folder, sample)
    if table is None:
        return
    ways: dict[str, Callable[[Panel, date], Floats]] = {"ChainBrain": _own}
    if find_spec("lightgbm") is None:
        print("lightgbm cannot be imported: not compared; see the head of forecast_rivals.py")
    else:
        ways["LightGBM, plain"] = _lightgbm
    if find_spec("statsforecast") is None:
        print("statsforecast cannot be imported: not compared; see the head of forecast_rivals.py")
    else:
        ways["ETS (A,N,A)"] = lambda panel, _origin: _ets(panel, "ANA")
        if searched:
            ways["ETS, searched"] = lambda panel, _origin: _ets(panel, "ZZZ")
    if find_spec("lightgbm") is not None and find_spec("statsforecast") is not None:
        ways["reference recipe"] = lambda panel, _origin: recipe(panel, case, folder)
    heads = "".join(f"{head:>8}" for head in ("day", "often", "grown", "week", "s"))
    print(f"\n{case.name}: beside others\n{'':18}{'origin':>12}{heads}")
    for origin in case.origins:
        panel = table.at(origin, HORIZON)
        truth, chosen, old = came(table, panel, origin), often(panel), grown(panel)
        for name, way in ways.items():
            started = time.perf_counter()
            said = way(panel, origin)
            seconds = time.perf_counter() - started
            parts = [wape(truth[part], said[part]) for part in (chosen, old)]
            errors = wape(truth, said), *parts, weekly(truth, said)
            print(f"{name:18}{origin!s:>12}" + "".join(f"{one:8.4f}" for one in errors) + f"{seconds:8.1f}", flush=True)


def _own(panel: Panel, origin: date) -> Floats:
    return engine.forecast(panel, origin, HORIZON, days.shipped()).mean


def _ets(panel: Panel, form: str) -> Floats:
    from statsforecast.models import AutoETS  # type: ignore[import-not-found]

    last = panel.values.shape[1] - 1
    said = np.empty((len(panel.ids), HORIZON))
    for row, values in enumerate(panel.values):
        model = AutoETS(season_length=7, model=form)
        said[row] = model.forecast(values[-_LONGEST:], HORIZON)["mean"]
    said = np.maximum(said, 0.0)
    if "open" in panel.known:
        said = np.where(panel.known["open"][:, last + 1 : last + 1 + HORIZON] == 0.0, 0.0, said)
    return said


def _lightgbm(panel: Panel, _origin: date) -> Floats:
    import lightgbm  # type: ignore[import-not-found]

    last = panel.values.shape[1] - 1
    rows, wanted, weights = [], [], []
    for origin in range(last - HORIZON, max(_FIRST_ORIGIN, last - HORIZON - _YEAR * _STEP), -_STEP):
        table, level = _columns(panel, origin)
        rows.append(table)
        wanted.append((panel.values[:, origin + 1 : origin + 1 + HORIZON] / level).ravel())
        weights.append(np.repeat(level[:, 0], HORIZON))
    shape = {"objective": "l1", "num_leaves": 63, "learning_rate": 0.05, "min_data_in_leaf": 50}
    data = lightgbm.Dataset(np.concatenate(rows), np.concatenate(wanted), weight=np.concatenate(weights))
    model = lightgbm.train({**shape, "num_threads": 1, "verbose": -1}, data, 400)
    table, level = _columns(panel, last)
    said = np.maximum(model.predict(table).reshape(-1, HORIZON) * level, 0.0)
    if "open" in panel.known:
        said = np.where(panel.known["open"][:, last + 1 : last + 1 + HORIZON] == 0.0, 0.0, said)
    return said


def _columns(panel: Panel, origin: int) -> tuple[Floats, Floats]:
    values = panel.values
    targets = np.arange(origin + 1, origin + 1 + HORIZON)
    level = np.maximum(values[:, origin - 27 : origin + 1].mean(axis=1), 1.0)[:, None]
    wide = (len(values), HORIZON)
    nearest = -(-(targets - origin) // 7) * 7
    columns = [
        np.broadcast_to((targets - origin)[None], wide),
        np.broadcast_to(((targets + panel.first.weekday()) % 7)[None], wide),
        np.broadcast_to(np.array([panel.day(int(day)).day for day in targets])[None], wide),
        np.broadcast_to(np.array([panel.day(int(day)).timetuple().tm_yday for day in targets])[None], wide),
        *(values[:, targets - nearest - 7 * weeks] / level for weeks in range(4)),
        *(np.broadcast_to(values[:, origin + 1 - n : origin + 1].mean(axis=1)[:, None] / level, wide) for n in (7, 56)),
        np.broadcast_to(np.log1p(level), wide),
        *(panel.known[name][:, targets] for name in sorted(panel.known)),
    ]
    return np.stack(columns, axis=2).reshape(-1, len(columns)).astype(np.float64), level
