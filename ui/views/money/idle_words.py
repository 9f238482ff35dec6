"""The plan of idle money in one paragraph: what may be put away, how often it stays, and what counts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain.cash import idle_told
from ui import figures
from ui.theme.translator import translate
from ui.views.money import words
from ui.words import message, sentences

if TYPE_CHECKING:
    from chainbrain.cash.idle import Idle
    from chainbrain.cash.ladder_programme import Placing


def summed(idle: Idle, placing: Placing) -> str:
    """What is put away on the first day, in how many cases the safety stays, and why not in the others."""
    first = idle.path.days[0].day
    today = placing.today(first)
    put = sum((lot.amount for lot in today), Decimal("0.00"))
    # What a year brings is of all lots, those of later days as well: beside one sum it would be a yield of no product.
    text = translate(
        "{put} may be put away on {day} while {safety} stay on every day in {kept} of {all} cases; over the next "
        "{days} days it brings about {earned} by your own yields, which nobody guarantees. With what is put away later "
        "the plan brings about {yearly} as of a year, which is what the picture shows. No investment advice."
    )
    if idle.doubtful:
        text = translate(
            "To compare only: {put} away on {day}, {safety} stay on every day in {kept} of {all} cases; over {days} "
            "days it would bring {earned} by your own yields, the whole plan {yearly} as of a year. No investment "
            "advice."
        )
    later = min((lot.stay.put_on for lot in placing.lots if lot.stay.put_on > first), default=None)
    old = [message("cash.idle_old", known_to=idle.known_to)] if idle.old else []
    said = [
        *(message(code, **facts) for code, facts in idle_told.leads(idle)),
        *old,
        text.format(
            put=words.full(put), day=figures.day(first), safety=words.full(placing.safety), kept=placing.kept,
            all=placing.scenarios, days=len(idle.path.days), yearly=words.full(placing.yearly),
            earned=words.full(sum((lot.earned for lot in today), Decimal("0.00"))),
        ),
    ]  # fmt: skip
    if not today and later is not None:
        said.append(message("cash.idle_first_on", day=later))
    if placing.kept < placing.scenarios:
        text = translate("In {broken} it falls below with nothing put away, too; in {added} only because of the plan.")
        said.append(text.format(broken=placing.broken, added=placing.added))
    if placing.missed > placing.added:
        text = translate("In {count} of those that fall below by themselves it is so on more days or by more.")
        said.append(text.format(count=placing.missed - placing.added))
    if idle.overruled and idle.wish.band is not None:
        text = translate("The band of {band} is below the floor: the floor of {floor} counts.")
        said.append(text.format(band=words.full(idle.wish.band), floor=words.full(placing.safety)))
    said.append(message("cash.earned_within", last=idle.path.days[-1].day))
    if idle.shares_caps:
        said.append(message("cash.caps_shared"))
    return sentences(said)
