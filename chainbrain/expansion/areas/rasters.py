"""Cells of a GeoTIFF around a place: population, night light or any other index of the user's own.

Read with rasterio, which is an optional extra: without it everything else works, and asking for a raster says so.
Only files on this computer are opened and only GeoTIFF, so that nothing here can reach a network.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from chainbrain.errors import UserError
from chainbrain.expansion.areas.geometry import Flags, Numbers, distances_km, frame
from chainbrain.expansion.places import Place

# A ring of some kilometres on a grid of 10 m; more is a file that was not meant for this.
MOST_CELLS: Final = 4_000_000
_WORLD: Final = "EPSG:4326"


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells whose centre lies within a distance of a place.

    Attributes:
        latitude: of the centres, WGS-84.
        longitude: of the centres, WGS-84.
        distance_km: from the place.
        value: as the file says; 0 where it is not known.
        known: False for nodata, and for cells that the file does not reach.
        grid: what tells grids apart: two files with the same one have the same cells.
        size: how high and how wide a cell is at the middle, in degrees of WGS-84.
    """

    latitude: Numbers
    longitude: Numbers
    distance_km: Numbers
    value: Numbers
    known: Flags
    grid: tuple[object, ...]
    size: tuple[float, float]


def around(path: Path, place: Place, km: float) -> Cells:
    """Read the cells within ``km`` of a place.

    Raises:
        UserError: the library or the file is missing, it is no GeoTIFF, has no coordinate system, several bands, is
            turned, lies elsewhere, is too fine, or has negative values without saying which value means "no data".
    """
    rasterio = _library()
    if not path.is_file():
        raise UserError("raster.missing", path=str(path))
    try:
        with rasterio.open(path, driver="GTiff") as file:
            return _cells(rasterio, file, path, place, km)
    except rasterio.errors.RasterioError as cause:
        raise UserError("raster.unreadable", path=path.name, reason=str(cause)) from cause


def _library() -> Any:
    try:
        import rasterio  # noqa: PLC0415 - an optional extra: only who asks for a raster needs it
        import rasterio.warp  # noqa: PLC0415
    except ImportError as cause:
        raise UserError("raster.no_library") from cause
    return rasterio


def _cells(rasterio: Any, file: Any, path: Path, place: Place, km: float) -> Cells:
    _refuse_unusable(file, path)
    step = file.transform
    west, south, east, north = rasterio.warp.transform_bounds(_WORLD, file.crs, *frame(place, km))
    # With north up, x grows with the column and y falls with the row.
    columns = sorted(((west - step.c) / step.a, (east - step.c) / step.a))
    rows = sorted(((north - step.f) / step.e, (south - step.f) / step.e))
    first_column, end_column = math.floor(columns[0]), math.ceil(columns[1])
    first_row, end_row = math.floor(rows[0]), math.ceil(rows[1])
    if (end_column - first_column) * (end_row - first_row) > MOST_CELLS:
        raise UserError("raster.too_fine", path=path.name, most=f"{MOST_CELLS:,}")
    column, row = np.meshgrid(np.arange(first_column, end_column), np.arange(first_row, end_row))
    x, y = step.c + (column + 0.5) * step.a, step.f + (row + 0.5) * step.e
    longitude, latitude = _degrees(rasterio, file.crs, x.ravel(), y.ravel())
    away = distances_km(latitude, longitude, (place,))[:, 0]
    value, known = _values(file, path, (first_row, end_row, first_column, end_column))
    inside = away <= km
    if not known.ravel()[inside].any() and not _reaches(file, column.ravel()[inside], row.ravel()[inside]):
        raise UserError("raster.elsewhere", path=path.name)
    return Cells(
        latitude[inside], longitude[inside], away[inside], value.ravel()[inside], known.ravel()[inside],
        (tuple(step)[:6], file.crs.to_wkt()), _size(rasterio, file.crs, step, x, y),
    )  # fmt: skip


def _size(rasterio: Any, crs: Any, step: Any, x: Numbers, y: Numbers) -> tuple[float, float]:
    middle = (x.shape[0] // 2, x.shape[1] // 2)
    at, up = float(x[middle]), float(y[middle])
    longitude, latitude = _degrees(rasterio, crs, np.array([at, at + step.a, at]), np.array([up, up, up + step.e]))
    return abs(float(latitude[2] - latitude[0])), abs(float(longitude[1] - longitude[0]))


def _refuse_unusable(file: Any, path: Path) -> None:
    if file.crs is None:
        raise UserError("raster.no_crs", path=path.name)
    if file.count != 1:
        raise UserError("raster.bands", path=path.name, bands=file.count)
    if file.transform.b or file.transform.d or not file.transform.a or not file.transform.e:
        raise UserError("raster.turned", path=path.name)


def _degrees(rasterio: Any, crs: Any, x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    if crs == rasterio.crs.CRS.from_epsg(4326):
        return x, y
    longitude, latitude = rasterio.warp.transform(crs, _WORLD, x, y)
    return np.asarray(longitude, dtype=np.float64), np.asarray(latitude, dtype=np.float64)


def _values(file: Any, path: Path, box: tuple[int, int, int, int]) -> tuple[Numbers, Flags]:
    """The values of a box of rows and columns, which may reach over the edge of the file: there nothing is known."""
    first_row, end_row, first_column, end_column = box
    value = np.zeros((end_row - first_row, end_column - first_column))
    known = np.zeros(value.shape, dtype=np.bool_)
    top, bottom = max(first_row, 0), min(end_row, file.height)
    left, right = max(first_column, 0), min(end_column, file.width)
    if top >= bottom or left >= right:
        return value, known
    window = ((top, bottom), (left, right))
    read = file.read(1, window=window).astype(np.float64) * file.scales[0] + file.offsets[0]
    there = (file.read_masks(1, window=window) != 0) & np.isfinite(read)
    if file.nodata is None and bool((read[there] < 0).any()):
        raise UserError("raster.negative", path=path.name, least=f"{read[there].min():g}")
    place = (slice(top - first_row, bottom - first_row), slice(left - first_column, right - first_column))
    value[place], known[place] = np.where(there, read, 0.0), there
    return value, known


def _reaches(file: Any, column: Any, row: Any) -> bool:
    return bool(((column >= 0) & (column < file.width) & (row >= 0) & (row < file.height)).any())
