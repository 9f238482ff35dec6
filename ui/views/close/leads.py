"""Where the figures and the lacks of a month lead: lists of their rows, other screens, another step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainbrain.closing.steps import Where
from ui.views.close.roll import Opening
from ui.views.close.words import PAGES
from ui.views.listing.window import open_list

if TYPE_CHECKING:
    from ui.views.close.view import CloseView


class Leads:
    """Opens them above the screen, or turns the screen itself."""

    def __init__(self, screen: CloseView) -> None:
        self._screen = screen

    @property
    def filters(self) -> dict[str, object]:
        """The days of the shown month."""
        data = self._screen.data
        return {"first": data.month, "after": data.after} if data.month else {}

    def open(self, opening: Opening) -> None:
        """Open what a row of the tables below was made from."""
        context = self._screen.context
        if context is None:
            return
        if opening.screen:
            context.navigate(opening.name, **opening.filters)
        else:
            open_list(context, self._screen, opening.name, opening.filters)

    def open_figure(self, key: str) -> None:
        """Open the differences behind a key figure, or turn to the step that tells of it."""
        screen = self._screen
        board = screen.data.board
        if board is None or screen.context is None:
            return
        if key == "open":
            ids = [one.difference_id for one in screen.data.found if one.state == "open"]
            open_list(screen.context, screen, "differences", {"ids": ids})
        else:
            screen.choose("sign" if key in {"state", "days"} else screen.step)

    def go(self, where: Where | None) -> None:
        """Go where something is mended."""
        screen = self._screen
        if where is None or screen.context is None:
            return
        if where.page == "list":
            period = {"first": screen.data.month, "after": screen.data.after}
            open_list(screen.context, screen, where.filters["list"], {"code": where.filters["code"], **period})
            return
        page = PAGES[where.page]
        if page == "close":
            screen.open_with(**where.filters)
        else:
            screen.context.navigate(page, **{key: value for key, value in where.filters.items() if key != "step"})
