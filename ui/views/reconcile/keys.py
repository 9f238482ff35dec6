"""The keys that work now, for the strip at the foot."""

from collections.abc import Sequence

from ui.theme.translator import translate


def keys_of(possible: Sequence[str], ticked: int, lines: bool, rows: bool) -> list[tuple[str, str]]:
    """Return key caps and verbs.

    Args:
        possible: what can be decided now, the most likely first.
        ticked: how many lines are ticked.
        lines: whether there are lines at all.
        rows: whether there are rows behind the line.
    """
    keys: list[tuple[str, str]] = []
    if lines:
        keys += [("\u2191 \u2193", translate("move")), (translate("Space"), translate("tick"))]
    verbs = {
        "accept": ("\u21b5", translate("accept")),
        "reject": ("N", translate("not this one")),
        "explain": ("E", translate("explain")),
        "exclude": ("X", translate("leave out")),
    }
    keys += [verbs[verdict] for verdict in ("accept", "reject", "explain", "exclude") if verdict in possible]
    if rows:
        keys.append(("L", translate("rows")))
    keys += [("U", translate("undo")), ("/", translate("search")), ("F6", translate("next pane"))]
    if ticked:
        keys.append(("Ctrl \u21b5", translate("decide about %n ticked", ticked)))
    return keys
