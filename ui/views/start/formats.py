"""Which kinds of file are recognised, grouped the way a shop speaks of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from ui.theme.translator import Language, marked, translate
from ui.words import word

# Group and the beginnings of the format ids that belong to it; the first match decides.
_GROUPS = (
    (marked("Tills"), ("meituan-pos", "ikudot", "chainbrain-orders", "chainbrain-tenders")),
    (marked("Delivery and deals"), ("meituan-waimai", "eleme", "jd-daojia", "douyin-laike")),
    (marked("Online shops"), ("douyin-shop", "pinduoduo", "jd-pop", "youzan", "weixin-shop")),
    (marked("Banks"), ("bank",)),
    (marked("Own tables"), ("chainbrain",)),
    (marked("Payment codes"), ("",)),
)
_ORDER = ("Payment codes", "Delivery and deals", "Online shops", "Tills", "Banks", "Own tables")


@dataclass(frozen=True)
class FormatGroup:
    """One group: its name and its formats as pairs of id and name, in the window's language."""

    name: str
    entries: tuple[tuple[str, str], ...]

    @property
    def formats(self) -> tuple[str, ...]:
        """The names, each once."""
        return tuple(dict.fromkeys(title for _, title in self.entries))

    def line(self) -> str:
        """Return the formats as one text."""
        return ("\u3001" if Language.current() == Language.CHINESE else ", ").join(self.formats)


def format_ids() -> tuple[str, ...]:
    """Return the ids of every format; loads the engine, so call it in a job."""
    from chainbrain.importers.registry import FORMATS  # noqa: PLC0415 - loaded in the worker

    return tuple(sorted({item.format for item in FORMATS}))


def grouped(formats: Iterable[str]) -> tuple[FormatGroup, ...]:
    """Return the groups that have formats, in the order of a shop's day."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name in formats:
        group = next(group for group, starts in _GROUPS if name.startswith(starts))
        found.setdefault(group, []).append((name, word(f"format.{name}")))
    return tuple(FormatGroup(translate(group), tuple(found[group])) for group in _ORDER if group in found)
