"""Words how a store began beside earlier openings, and what it took from the stores around it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from chainbrain import texts, written
from chainbrain.expansion.neighbours import SETTLING
from chainbrain.expansion.openings import StoreOpening

_MEASURABLE: Final = frozenset({"short_before", "short_after", "few_controls", "no_neighbours", "no_newcomer"})

Said = tuple[str, dict[str, object]]
"""A code with its facts."""


def began(found: StoreOpening, lang: str) -> str:
    """One or two sentences on the curve, or why there is none."""
    return texts.message("change.next", lang).join(texts.message(code, lang, **facts) for code, facts in _began(found))


def took(found: StoreOpening, lang: str) -> str:
    """What the opening took from its neighbours: clear, within noise, or why it cannot be said."""
    code, facts = took_code(found)
    return texts.message(code, lang, **facts)


def took_code(found: StoreOpening) -> Said:
    """The code of what the opening took, with its facts."""
    effect = found.effect
    if effect is None or effect.share is None or effect.noise is None:
        why = found.why_no_effect if found.why_no_effect in _MEASURABLE else "none"
        days = {"before": max(found.days[0], 0), "after": max(found.days[1], 0), "settling": SETTLING}
        return f"opening.effect_{why}", dict(days)
    verdict = "clear" if effect.clear else "noise" if effect.share else "zero"
    return f"opening.effect_{verdict}", {
        "share": share_text(effect.share), "noise": share_text(effect.noise), "before": effect.days_before,
        "after": effect.days_after, "controls": effect.controls, "settling": SETTLING,
        "neighbours": len(effect.neighbours),
    }  # fmt: skip


def share_text(share: Decimal | None) -> str:
    """A share as percent; a dash where it is not known."""
    return "—" if share is None else f"{written.rounded(share * 100, 1):,}%"


def _began(found: StoreOpening) -> list[Said]:
    curve = found.curve
    if curve is None:
        about: dict[str, object] = {"opened": found.opened_on, "first": found.first_day}
        return [(f"opening.{found.why_no_curve}", about)]
    week, share = [(n, one) for n, one in enumerate(curve.share, start=1) if one is not None][-1]
    code = "opening.curve_finished" if curve.finished else "opening.curve_unfinished"
    said: list[Said] = [(code, {"opened": found.opened_on, "week": week, "share": share_text(share)})]
    edge = found.band[week - 1] if week <= len(found.band) else None
    if not found.earlier:
        said.append(("opening.no_earlier", {}))
    elif edge is None:
        said.append(("opening.none_so_old", {"stores": len(found.earlier), "week": week}))
    else:
        where = "below" if share < edge.low else "above" if share > edge.high else "within"
        edges = {"low": share_text(edge.low), "middle": share_text(edge.middle), "high": share_text(edge.high)}
        facts: dict[str, object] = {"stores": edge.stores, **edges}
        said.append((f"opening.{where}" if edge.stores > 1 else "opening.one_earlier", facts))
    unknown = tuple(str(n) for n, one in enumerate(curve.share[:week], start=1) if one is None)
    if unknown:
        said.append(("opening.weeks_unknown", {"weeks": unknown}))
    return said
