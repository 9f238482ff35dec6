"""The table of parts holds the days that can be compared; the line below says what stands beside it and adds it up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from chainbrain.analytics.change import Explanation, Step
from chainbrain.analytics.periods import Period
from chainbrain.analytics.price_volume import Group
from ui.views.stores.change_card import ChangeCard

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

DAYS = Period(date(2026, 6, 29), date(2026, 7, 1))
PARTS = (
    Group("lunch", 10, Decimal("300.00"), 11, Decimal("360.00")),
    Group("dinner", 10, Decimal("500.00"), 8, Decimal("410.00")),
)
STEPS = (Step("calendar", Decimal("80.00"), ("端午节",), 1), Step("orders", Decimal("-30.00")))


@pytest.mark.parametrize(
    ("before", "steps", "told"),
    [
        ("800.00", STEPS, "可比日 −¥30.00＋端午节 ¥80.00＝¥50.00，一分不差"),
        ("800.00", STEPS[1:], "各项相加 −¥30.00，与差额一分不差"),
        ("810.00", STEPS, "¥40.00"),
    ],
    ids=["a holiday beside it", "nothing beside it", "does not add up"],
)
def test_the_proof_below_the_parts_is_of_the_table_and_what_stands_beside_it(
    qtbot: QtBot, before: str, steps: tuple[Step, ...], told: str
) -> None:
    now = Decimal("800.00") + sum(step.amount for step in steps)
    card = ChangeCard()
    qtbot.addWidget(card)
    card._tabs.choose("daypart")
    card.set_explanation(Explanation(DAYS, Decimal(before), now, steps, comparable=True, by="daypart", parts=PARTS))
    said = card._proof.accessibleName()
    assert told in said
    assert ("一分不差" in said) == (before == "800.00")
    # What rose goes against the days that can be compared, not against the whole change.
    marks = {part.key: card.parts._mark(part) for part in PARTS}
    assert marks == {"lunch": "反方向", "dinner": ""}
