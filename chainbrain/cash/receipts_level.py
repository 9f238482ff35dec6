"""The receipts to come at one level, line by line, beside what the same lines took on the days before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.receipts import Line, ReceiptsForecast, Reckoned, told
from chainbrain.cash.receipts_keys import BETWEEN, LEVELS, PAIR, own_keys, shared, sums_of
from chainbrain.errors import UserError

OFFERED: Final = ("chain", "region", "entity", "channel", "store", PAIR)
"""The levels a person may choose from, the widest first."""
assert set(OFFERED) == {*LEVELS, PAIR}
_FEN: Final = 100
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True)
class LevelLine:
    """One line of a level.

    Attributes:
        line: what is estimated, of which name.
        stores: the numbers of its stores; those that did not sell yet are not among them.
        channel: its sales channel, where it is of one.
        past: receipts less refunds of each of the last days in yuan, as many as are estimated at most, the newest last;
            nothing on a day of which a till file of one of its stores lacks.
    """

    line: Line
    stores: tuple[str, ...]
    channel: str | None
    past: tuple[Decimal | None, ...]

    @property
    def before(self) -> Decimal | None:
        """What it took on as many days before; nothing where one of them is unknown, or the book begins later."""
        known = [one for one in self.past if one is not None]
        return sum(known, Decimal(0)) if len(known) == len(self.line.days) else None

    @property
    def named(self) -> tuple[str, str | None]:
        """What it is of without the sales channel, and that channel: what has words of its own stands apart."""
        if self.channel is None:
            return self.line.name, None
        return self.line.name.removesuffix(self.channel).removesuffix(BETWEEN), self.channel


@dataclass(frozen=True)
class LevelForecast:
    """The lines of one level, the largest estimate first; ``found`` says what they rest on.

    Attributes:
        level: of one legal entity the whole is ``entity``.
        entity: whose they are; nothing for all of them.
        shared: stores that have accounts of this entity and of others, too: they are in no line of one entity.
    """

    level: str
    found: ReceiptsForecast
    lines: tuple[LevelLine, ...]
    entity: str | None = None
    shared: tuple[str, ...] = ()

    def line(self, key: str) -> LevelLine | None:
        """The line of a store, channel, region or entity."""
        return next((one for one in self.lines if one.line.key == key), None)


def checked(level: str) -> str:
    """The level as the engine calls it; ``store-channel`` is the same as ``store_channel``.

    Raises:
        UserError: ``forecast.level``.
    """
    named = level.strip().lower().replace("-", "_")
    if named not in OFFERED:
        raise UserError("forecast.level", level=level, known=OFFERED)
    return named


def at(one: Reckoned, level: str, days: int, entity: str | None = None) -> LevelForecast:
    """Receipts that were worked out for so many days, told at one level, of all legal entities or of one."""
    if entity is not None and level == "chain":
        # All of one entity is its line among the entities, with the same range.
        level = "entity"
    found = told(one, days, (level,), entity)
    keys = own_keys(one.pairs, one, entity)[level]
    past = _past(one, [line.key for line in found.lines], keys, days)
    stores: dict[str | None, set[str]] = {}
    for (store, _), key in zip(one.pairs, keys, strict=True):
        stores.setdefault(key, set()).add(store)
    lines = [
        LevelLine(line, tuple(sorted(stores.get(line.key, ()))), _channel(level, line.key), taken)
        for line, taken in zip(found.lines, past, strict=True)
    ]
    ordered = tuple(sorted(lines, key=lambda each: -each.line.total.mean))
    return LevelForecast(level, found, ordered, entity, shared(one, entity))


def _channel(level: str, key: str) -> str | None:
    return key.rpartition(BETWEEN)[2] if level in {"channel", PAIR} else None


def _past(
    one: Reckoned, names: Sequence[str], keys: Sequence[str | None], days: int
) -> list[tuple[Decimal | None, ...]]:
    """What each line took on the last days; whole fen are added up, so that the sums are exact."""
    groups = sums_of(names, keys)
    taken = groups.astype(np.int64) @ np.rint(one.values[:, -days:] * _FEN).astype(np.int64)
    lacks: npt.NDArray[np.bool_] = np.zeros(taken.shape, dtype=np.bool_)
    if one.unknown is not None:
        lacks = (groups @ one.unknown[:, -days:]) > 0
    lacks |= ~np.any(groups, axis=1, keepdims=True)  # a store that never sold has no past
    return [
        tuple(None if gap else Decimal(fen) * _CENT for fen, gap in zip(row, gaps, strict=True))
        for row, gaps in zip(taken.tolist(), lacks.tolist(), strict=True)
    ]
