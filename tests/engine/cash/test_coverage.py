"""A range is called too narrow or too wide only where chance does not explain how often it held."""

from __future__ import annotations

import numpy as np
import pytest

from chainbrain.cash.coverage import AS_SAID, NARROW, WIDE, width_of


@pytest.mark.parametrize(
    ("held", "counted", "said"),
    [
        ([50, 52, 54, 53, 51, 52, 53, 54], [56] * 8, WIDE),  # 93 to 96 of 100 at every origin
        ([45, 44, 46, 45, 44, 45, 46, 45], [56] * 8, AS_SAID),
        ([30, 31, 33, 29, 32, 30, 31, 30], [56] * 8, NARROW),
        ([1] * 8, [1] * 8, AS_SAID),  # eight of eight are no proof of more than 80 %
        ([1] * 30, [1] * 30, WIDE),
        # Nearly all at seven origins, hardly any at one: a bad week, no narrow range and no wide one either.
        ([56, 56, 55, 56, 56, 56, 55, 8], [56] * 8, AS_SAID),
        ([56, 55], [56] * 2, None),
        ([0, 0, 0, 0], [0, 0, 0, 0], None),
    ],
)
def test_the_figures_together_and_the_origins_by_themselves_both_have_to_say_it(
    held: list[int], counted: list[int], said: str | None
) -> None:
    assert width_of(0.8, np.array(held, dtype=float), np.array(counted, dtype=float)) == said


def test_of_a_range_of_95_one_that_never_fails_over_many_figures_is_too_wide() -> None:
    counted = np.full(8, 70.0)
    assert width_of(0.95, counted, counted) == WIDE
    assert width_of(0.95, np.full(8, 2.0), np.full(8, 2.0)) == AS_SAID
