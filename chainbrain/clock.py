"""Which day it is for whoever advises on cash: the one place that asks, so that it can be asked as of another day.

A book ends with its statements, days or weeks before it is looked at. Whoever advises what to do needs to know how many
days lie between; what only adds up the book does not ask, and a form takes the computer's day for when it was filled.
"""

from __future__ import annotations

import os
from datetime import date

from chainbrain.errors import UserError

SAID = "CHAINBRAIN_TODAY"
"""A day in the environment under this name takes the place of the computer's."""


def today() -> date:
    """The day of the computer, or the one that the environment says.

    Raises:
        UserError: ``clock.no_day``, where the environment says something else than a day.
    """
    said = os.environ.get(SAID, "").strip()
    if not said:
        return date.today()
    try:
        return date.fromisoformat(said)
    except ValueError as cause:
        raise UserError("clock.no_day", name=SAID, value=said) from cause
