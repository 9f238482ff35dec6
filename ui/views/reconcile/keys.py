"""The keys that work now, for the strip at the foot."""

from collections.abc import Sequence

from ui.theme.translator import translate

_PAIR = 2


def keys_of(
    possible: Sequence[str], ticked: int, lines: bool, rows: bool, *, chosen: int, held: int, single: int, back: bool
) -> list[tuple[str, str]]:
    """Return key caps and verbs.

    Args:
        possible: what can be decided now, the most likely first.
        ticked: how many lines are ticked.
        lines: whether there are lines at all.
        rows: whether there are rows behind the line.
        chosen: how many payouts are chosen for a group.
        single: how many shown lines have one answer only.
        held: how many members the shown match at the bank has; 0 when it does not hold.
        back: whether a decision of this screen can be taken back.
    """
    keys: list[tuple[str, str]] = []
    if lines:
        keys += [("\u2191 \u2193", translate("move")), (translate("Space"), translate("tick"))]
    verbs = {
        "accept": ("\u21b5", translate("accept")),
        "reject": ("N", translate("not this one")),
        "explain": ("E", translate("explain")),
        "exclude": ("X", translate("leave out")),
        "timing": ("T", translate("expect")),
    }
    if chosen:
        keys += [("Ctrl \u21b5", translate("match %n chosen", chosen)), ("Esc", translate("choose nothing"))]
    keys += [verbs[verdict] for verdict in ("accept", "reject", "explain", "exclude", "timing") if verdict in possible]
    if rows:
        keys.append(("L", translate("rows")))
    if held > _PAIR:
        keys.append(("S", translate("take out")))
    if held:
        keys.append(("\u21e7U", translate("unmatch\u2026")))
    if back or not held:
        keys.append(("U", translate("undo")))
    keys += [
        ("/", translate("search")),
        ("F6", translate("next pane")),
    ]
    if ticked and not chosen:
        keys.append(("Ctrl \u21b5", translate("decide about %n ticked", ticked)))
    if single and not ticked and not chosen:
        keys.append(("Ctrl \u21b5", translate("tick all %n with one answer", single)))
    return keys
