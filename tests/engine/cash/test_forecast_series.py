"""``forecast-series``: what it writes, that the future cannot reach it, and how bad tables are refused."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from series_examples import FIRST, chain, wape

from chainbrain.cash.forecast import engine, learned, ranges
from chainbrain.cash.forecast.answer import forecast_table
from chainbrain.cash.forecast.series_file import TOTAL, SeriesTable, read
from chainbrain.cash.forecast.trees import Shape
from chainbrain.cli import main
from chainbrain.errors import Cancelled, UserError

ORIGIN = FIRST + timedelta(days=363)
HORIZON = 28


@pytest.fixture(autouse=True)
def small_forests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned, "_ROWS", 6_000)
    monkeypatch.setattr(engine, "_SHAPE", Shape(trees=12, depth=3))


def _written(table: pl.DataFrame, folder: Path, name: str = "in.csv") -> Path:
    path = folder / name
    table.write_csv(path) if name.endswith("csv") else table.write_parquet(path)
    return path


def _run(table: pl.DataFrame, folder: Path, *words: str, name: str = "in.csv", out: str = "out.csv") -> pl.DataFrame:
    path = _written(table, folder, name)
    origin = [] if "--origin" in words else ["--origin", str(ORIGIN)]
    horizon = ["--horizon", str(HORIZON), "--out", str(folder / out)]
    assert main(["--quiet", "forecast-series", str(path), *origin, *horizon, *words]) == 0
    return pl.read_csv(folder / out, try_parse_dates=True) if out.endswith("csv") else pl.read_parquet(folder / out)


def _refused(folder: Path, text: str) -> UserError:
    path = folder / "bad.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read(path)
    return caught.value


def test_every_series_and_the_total_have_every_day(tmp_path: Path) -> None:
    table = chain()
    found = _run(table, tmp_path, "--origin", str(ORIGIN), str(ORIGIN - timedelta(days=28)))
    assert found.columns == ["series_id", "origin", "date", "mean", "p10", "p50", "p90"]
    assert len(found) == 7 * HORIZON * 2
    assert found.group_by("series_id", "origin").len()["len"].unique().to_list() == [HORIZON]
    ahead = (found["date"] - found["origin"]).dt.total_days()
    assert (ahead.min(), ahead.max()) == (1, HORIZON)
    assert found.filter((pl.col("p10") > pl.col("p50")) | (pl.col("p50") > pl.col("p90"))).is_empty()


def test_the_total_is_the_sum_to_the_cent(tmp_path: Path) -> None:
    found = _run(chain(), tmp_path).with_columns(cents=(pl.col("mean") * 100).round().cast(pl.Int64))
    total = pl.col("series_id") == TOTAL
    sums = found.filter(~total).group_by("date").agg(pl.col("cents").sum()).sort("date")["cents"].to_list()
    assert sums == found.filter(total).sort("date")["cents"].to_list()


def test_a_poisoned_future_changes_nothing(tmp_path: Path) -> None:
    table = chain()
    later = pl.col("date") > ORIGIN
    clean = _run(table, tmp_path)
    poisoned = table.with_columns(value=pl.when(later).then(9_999_999.0).otherwise("value"))
    stranger = pl.DataFrame({"series_id": ["new"], "date": [ORIGIN + timedelta(days=1)], "value": [5e6], "promo": [0]})
    assert _run(pl.concat([poisoned, stranger]), tmp_path).equals(clean)
    emptied = table.with_columns(value=pl.when(later).then(None).otherwise("value"))
    assert _run(emptied, tmp_path).equals(clean)
    plain = table.drop("promo")
    assert _run(plain.filter(~later), tmp_path).equals(_run(plain, tmp_path))


def test_order_of_rows_and_kind_of_file_do_not_matter(tmp_path: Path) -> None:
    table = chain(stores=3)
    first = _run(table, tmp_path)
    shuffled = table.sample(fraction=1.0, shuffle=True, seed=3)
    again = _run(shuffled, tmp_path, name="in.parquet", out="out.parquet")
    assert again.equals(first.with_columns(pl.col("series_id").cast(pl.String)))


def test_a_known_promotion_is_foreseen(tmp_path: Path) -> None:
    table = chain(noise=0.02)
    truth = table.filter(pl.col("date") > ORIGIN)
    with_plan = wape(_run(table, tmp_path), truth)
    without = wape(_run(table, tmp_path, "--known", ""), truth)
    assert with_plan < 0.05
    assert without > 1.5 * with_plan


def test_nothing_is_sold_where_it_is_known_to_be_closed(tmp_path: Path) -> None:
    shut = (pl.col("series_id") == "S01") & (pl.col("date") == ORIGIN + timedelta(days=2))
    table = chain(stores=3).with_columns(open=pl.when(shut).then(0).otherwise(1))
    found = _run(table, tmp_path)
    row = found.filter((pl.col("series_id") == "S01") & (pl.col("date") == ORIGIN + timedelta(days=2)))
    assert row.select("mean", "p10", "p50", "p90").row(0) == (0.0, 0.0, 0.0, 0.0)
    assert found.filter((pl.col("series_id") == "S02") & (pl.col("date") == ORIGIN + timedelta(days=2)))["mean"][0] > 0


def test_a_closed_weekday_stays_closed(tmp_path: Path) -> None:
    found = _run(chain(), tmp_path)
    sundays = found.filter(pl.col("date").dt.weekday() == 7)
    assert sundays["mean"].max() == 0.0


def test_a_young_series_is_answered_by_its_past() -> None:
    table = chain(stores=3).filter((pl.col("series_id") != "S00") | (pl.col("date") > ORIGIN - timedelta(days=20)))
    panel = SeriesTable(table, (), ()).at(ORIGIN, HORIZON)
    found = engine.forecast(panel, ORIGIN, HORIZON, engine.days.shipped())
    assert [one.value for one in found.methods] == ["past", "model", "model"]
    own = table.filter(pl.col("series_id") == "S00").sort("date")
    past, truth = (own.filter(side)["value"].to_numpy() for side in (pl.col("date") <= ORIGIN, pl.col("date") > ORIGIN))
    assert found.quantiles[1, 0, 0] == pytest.approx(ranges.corrected(past)[1])
    # The other stores teach its estimate, within its range: nearer to what came than the mean of its few days.
    assert np.all((found.mean[0] >= found.quantiles[0, 0]) & (found.mean[0] <= found.quantiles[-1, 0]))
    assert np.abs(found.mean[0] - truth[:HORIZON]).sum() < np.abs(past.mean() - truth[:HORIZON]).sum()


def test_a_series_of_a_few_days_is_answered_by_their_mean() -> None:
    table = chain(stores=3).filter((pl.col("series_id") != "S00") | (pl.col("date") > ORIGIN - timedelta(days=10)))
    panel = SeriesTable(table, (), ()).at(ORIGIN, HORIZON)
    found = engine.forecast(panel, ORIGIN, HORIZON, engine.days.shipped())
    past = table.filter((pl.col("series_id") == "S00") & (pl.col("date") <= ORIGIN))["value"].to_numpy()
    assert found.mean[0] == pytest.approx(np.full(HORIZON, past.mean()))


@pytest.mark.parametrize("days", [1, 3, 60, 100])
def test_little_history_never_fails(tmp_path: Path, days: int) -> None:
    table = chain(stores=2, days=days)
    last = FIRST + timedelta(days=days - 1)
    found = _run(table, tmp_path, "--origin", str(last))
    assert len(found) == 3 * HORIZON
    assert found["mean"].is_finite().all()


def test_eight_of_ten_days_lie_in_the_range(tmp_path: Path) -> None:
    table = chain(stores=12, days=660, seed=5)
    origins = [FIRST + timedelta(days=545 + 28 * i) for i in range(3)]
    found = _run(table, tmp_path, "--origin", *map(str, origins))
    both = found.join(table, on=["series_id", "date"]).filter(pl.col("value") > 0)
    inside = both.select((pl.col("value") >= pl.col("p10")) & (pl.col("value") <= pl.col("p90"))).to_series().mean()
    assert 0.74 < float(inside) < 0.86  # type: ignore[arg-type]


def test_cancelling_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise Cancelled

    path = _written(chain(stores=2), tmp_path)
    monkeypatch.setattr("chainbrain.commands.console.Console.report", stop)
    words = ["--origin", str(ORIGIN), "--horizon", "7", "--out", str(tmp_path / "out.csv")]
    assert main(["forecast-series", str(path), *words]) == 130
    assert [one.name for one in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("series_id,date\nA,2026-01-01\n", "series.no_column", None),
        ("", "series.empty", None),
        ("series_id,date,value\n", "series.empty", None),
        ("series_id,date,value\nA,2026-01-01,1\nA,2026-13-01,2\n", "series.bad_date", 3),
        ("series_id,date,value\nA,2026-01-01,1\nA,2026-01-02,x\n", "series.bad_value", 3),
        ("series_id,date,value\nA,2026-01-01,nan\n", "series.bad_value", 2),
        ("series_id,date,value\n,2026-01-01,1\n", "series.no_id", 2),
        ("series_id,date,value\n__total__,2026-01-01,1\n", "series.reserved", 2),
        ("series_id,date,value\nA,2026-01-01,1\nA,2026-01-01,1\n", "series.twice", 2),
        ("series_id,date,value\nA,1926-01-01,1\nA,2026-01-01,1\nA,0026-01-01,1\n", "series.too_long", None),
    ],
)
def test_bad_tables_are_refused_with_their_line(tmp_path: Path, text: str, code: str, line: int | None) -> None:
    problem = _refused(tmp_path, text)
    assert problem.code == code
    assert problem.facts.get("line") == line


@pytest.mark.parametrize(("column", "code"), [("value", "series.bad_value"), ("date", "series.bad_date")])
def test_a_list_within_a_cell_is_refused_with_its_line(tmp_path: Path, column: str, code: str) -> None:
    table = chain(stores=1, days=3).with_columns(pl.concat_list(column))
    with pytest.raises(UserError) as caught:
        read(_written(table, tmp_path, "in.parquet"))
    assert (caught.value.code, caught.value.facts["line"], caught.value.facts["count"]) == (code, 2, 3)


def test_an_origin_before_all_data_is_refused(tmp_path: Path) -> None:
    table = read(_written(chain(stores=1, days=60), tmp_path))
    with pytest.raises(UserError) as caught:
        forecast_table(table, [date(2024, 1, 1)], 7)
    assert caught.value.code == "series.nothing_before"


def test_an_origin_long_after_all_data_is_refused_naming_the_last_day(tmp_path: Path) -> None:
    path = _written(chain(stores=1, days=60).drop("promo"), tmp_path)
    last = FIRST + timedelta(days=59)
    with pytest.raises(UserError) as caught:
        read(path).at(last + timedelta(days=30), 7)
    assert (caught.value.code, caught.value.facts["last"]) == ("series.origin_after", last)
    words = ["--origin", str(last + timedelta(days=30)), "--horizon", "7", "--out", str(tmp_path / "out.csv")]
    assert main(["forecast-series", str(path), *words]) == 2
    assert not (tmp_path / "out.csv").exists()


def test_an_origin_on_closed_days_at_the_end_is_none_after_the_data(tmp_path: Path) -> None:
    table = chain(stores=2, days=63)  # the last day is a Sunday, closed
    last = FIRST + timedelta(days=62)
    for open_days in (table, table.filter(pl.col("value") > 0)):
        for origin in (last - timedelta(days=1), last, last + timedelta(days=1)):
            assert SeriesTable(open_days, (), ()).at(origin, 7).day(0) == FIRST
    # A holiday of the whole chain inside the table, and plans for days that have not come.
    gap = table.filter((pl.col("date") < FIRST + timedelta(days=20)) | (pl.col("date") >= FIRST + timedelta(days=50)))
    assert SeriesTable(gap, (), ()).at(FIRST + timedelta(days=45), 7).values.shape[1] == 46
    planned = table.with_columns(value=pl.when(pl.col("date") < FIRST + timedelta(days=20)).then("value"))
    with pytest.raises(UserError, match=r"series\.origin_after"):
        SeriesTable(planned, ("promo",), ()).at(FIRST + timedelta(days=45), 7)


def test_days_between_the_table_and_the_origin_are_said_to_count_as_closed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, last = chain(stores=1, days=60).drop("promo"), FIRST + timedelta(days=59)
    _run(table, tmp_path, "--origin", str(last))
    assert "按没有卖" not in capsys.readouterr().err
    _run(table, tmp_path, "--origin", str(last + timedelta(days=2)))
    assert f"最后一天是 {last}" in capsys.readouterr().err


def test_a_horizon_beyond_ninety_days_is_refused(tmp_path: Path) -> None:
    path = _written(chain(stores=1, days=60), tmp_path)
    words = ["--origin", str(FIRST + timedelta(days=59)), "--horizon", "91", "--out", str(tmp_path / "out.csv")]
    assert main(["forecast-series", str(path), *words]) == 2
    assert not (tmp_path / "out.csv").exists()
