"""Rings on rasters drawn for the test: exact sums, nodata apart from zero, two years, and files that are refused."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chainbrain.errors import UserError
from chainbrain.expansion.areas.rings import changes, rings
from chainbrain.expansion.places import Datum, Place, distance_km

rasterio = pytest.importorskip("rasterio")

STEP = 3 / 3600
"""Three arc-seconds, the grid of the usual population maps."""
WEST, NORTH, SIDE = 113.9, 22.6, 160
SITE = Place(22.53, 113.96, Datum.WGS84)


def a_raster(path: Path, values: Any, **other: Any) -> Path:
    profile = {
        "driver": "GTiff", "height": values.shape[-2], "width": values.shape[-1], "count": 1, "dtype": "float64",
        "crs": "EPSG:4326", "transform": rasterio.transform.from_origin(WEST, NORTH, STEP, STEP), "nodata": -99999.0,
    } | other  # fmt: skip
    with rasterio.open(path, "w", **profile) as file:
        file.write(values, *([] if values.ndim == 3 else [1]))
    return path


def numbered() -> Any:
    return np.arange(SIDE * SIDE, dtype=np.float64).reshape(SIDE, SIDE)


def by_hand(values: Any, km: float) -> tuple[int, float]:
    """Every cell asked one by one, with the distance of single points."""
    inside = [
        float(values[row, column])
        for row in range(SIDE)
        for column in range(SIDE)
        if distance_km(SITE, Place(NORTH - (row + 0.5) * STEP, WEST + (column + 0.5) * STEP, Datum.WGS84)) <= km
    ]
    return len(inside), math.fsum(inside)


def test_rings_are_exact(tmp_path: Path) -> None:
    values = numbered()
    path = a_raster(tmp_path / "people.tif", values, compress="lzw", tiled=True, blockxsize=64, blockysize=64)
    for ring in rings(path, SITE, (0.5, 2.0)):
        assert (ring.cells, ring.total) == by_hand(values, ring.km)
        assert ring.unknown == 0


def test_the_datum_of_the_site_counts(tmp_path: Path) -> None:
    path = a_raster(tmp_path / "people.tif", numbered())
    (true,) = rings(path, SITE, (0.5,))
    (map_coordinates,) = rings(path, SITE.to(Datum.GCJ02), (0.5,))
    taken_for_true = Place(SITE.to(Datum.GCJ02).latitude, SITE.to(Datum.GCJ02).longitude, Datum.WGS84)
    (wrong,) = rings(path, taken_for_true, (0.5,))
    assert map_coordinates.total == true.total
    assert wrong.total != true.total


def test_nodata_is_never_zero(tmp_path: Path) -> None:
    values = np.full((SIDE, SIDE), 2.0)
    values[: SIDE // 2] = -99999.0
    path = a_raster(tmp_path / "people.tif", values)
    (ring,) = rings(path, SITE, (2.0,))
    assert 0 < ring.unknown < ring.cells
    assert ring.total == 2.0 * (ring.cells - ring.unknown)
    assert ring.mean == 2.0
    (nothing,) = rings(path, Place(22.58, 113.96, Datum.WGS84), (1.0,))
    assert (nothing.total, nothing.mean, nothing.unknown_share) == (None, None, 1.0)


def test_what_lies_beyond_the_file_is_unknown(tmp_path: Path) -> None:
    path = a_raster(tmp_path / "people.tif", np.ones((SIDE, SIDE)))
    (whole,) = rings(path, SITE, (1.0,))
    (edge,) = rings(path, Place(22.53, WEST, Datum.WGS84), (1.0,))
    assert edge.cells == pytest.approx(whole.cells, rel=0.03)
    assert edge.unknown_share == pytest.approx(0.5, abs=0.03)


def test_a_metric_grid_is_read_in_its_own_system(tmp_path: Path) -> None:
    xs, ys = rasterio.warp.transform("EPSG:4326", "EPSG:32649", [SITE.longitude], [SITE.latitude])
    grid = rasterio.transform.from_origin(xs[0] - 5000, ys[0] + 5000, 100, 100)
    path = a_raster(tmp_path / "metres.tif", np.ones((100, 100)), crs="EPSG:32649", transform=grid)
    (ring,) = rings(path, SITE, (2.0,))
    assert ring.total == pytest.approx(math.pi * 4 * 100, rel=0.02)
    assert ring.unknown == 0


def test_two_years_are_compared_where_both_are_known(tmp_path: Path) -> None:
    old, new = np.full((SIDE, SIDE), 10.0), np.full((SIDE, SIDE), 11.0)
    new[: SIDE // 2] = -99999.0
    first, second = a_raster(tmp_path / "2020.tif", old), a_raster(tmp_path / "2025.tif", new)
    (change,) = changes(first, second, SITE, (2.0,))
    assert change.change == pytest.approx(0.1)
    assert change.compared == change.after.cells - change.after.unknown < change.before.cells
    other = a_raster(
        tmp_path / "other.tif", new, transform=rasterio.transform.from_origin(WEST + STEP / 2, NORTH, STEP, STEP)
    )
    (apart,) = changes(first, other, SITE, (2.0,))
    assert (apart.compared, apart.change) == (0, None)


def test_files_that_cannot_be_used_are_refused(tmp_path: Path) -> None:
    ones = np.ones((SIDE, SIDE))
    text = tmp_path / "text.tif"
    text.write_text("no raster")
    cut = tmp_path / "cut.tif"
    cut.write_bytes(a_raster(tmp_path / "whole.tif", numbered()).read_bytes()[:3000])
    turned = rasterio.transform.from_origin(WEST, NORTH, STEP, STEP) @ rasterio.Affine.rotation(20)
    negative = ones.copy()
    negative[60:90] = -9999.0
    cases = {
        "raster.missing": tmp_path / "none.tif",
        "raster.unreadable": text,
        "raster.no_crs": a_raster(tmp_path / "crs.tif", ones, crs=None),
        "raster.bands": a_raster(tmp_path / "bands.tif", np.stack([ones, ones]), count=2),
        "raster.turned": a_raster(tmp_path / "turned.tif", ones, transform=turned),
        "raster.negative": a_raster(tmp_path / "negative.tif", negative, nodata=None),
    }
    for code, path in cases.items():
        with pytest.raises(UserError) as refused:
            rings(path, SITE)
        assert refused.value.code == code
    with pytest.raises(UserError, match=r"raster\.unreadable"):
        rings(cut, SITE)
    with pytest.raises(UserError, match=r"raster\.elsewhere"):
        rings(cases["raster.negative"], Place(40.0, 116.0, Datum.WGS84))
    with pytest.raises(UserError, match=r"raster\.too_fine"):
        rings(a_raster(tmp_path / "fine.tif", ones), SITE, (200.0,))
