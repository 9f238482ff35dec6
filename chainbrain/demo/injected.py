"""What went wrong in the demo's business so far, and how much of each code there is to be."""

from __future__ import annotations

from dataclasses import dataclass, field

FULL_SIZE = 12 * 92
"""Store-days of the default chain, for which the wanted number of differences is meant."""
_WEIGHTS = {
    "D01": 34, "D02": 30, "D03": 30, "D04": 16, "D05": 24, "D06": 24, "D07": 30, "D08": 10, "D09": 12, "D10": 28,
    "D11": 20, "D12": 22, "D14": 20,
}  # fmt: skip
_FEWEST = {"D08": 2}
_FEW = 3


@dataclass(frozen=True)
class Entry:
    """One injected difference; ``amount`` in fen is what came minus what should have come.

    ``record`` and ``rid`` name the row in whose place in the files the truth points to.
    """

    code: str
    store: int | None
    day: int
    amount: int
    record: str
    rid: int
    note: str


@dataclass
class Ledger:
    """The quotas of each code and everything injected so far."""

    quota: dict[str, int]
    entries: list[Entry] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Note down one injected difference."""
        self.entries.append(entry)


def quotas(wanted: int, store_days: int) -> dict[str, int]:
    """How many of each code: ``wanted`` for a chain of the default size, in proportion for others, a few at least."""
    if wanted <= 0:
        return dict.fromkeys(_WEIGHTS, 0)
    target = wanted * store_days
    whole = sum(_WEIGHTS.values()) * FULL_SIZE
    found = {code: target * weight // whole for code, weight in _WEIGHTS.items()}
    missing = target // FULL_SIZE - sum(found.values())
    by_remainder = sorted(_WEIGHTS, key=lambda code: (-(target * _WEIGHTS[code] % whole), code))
    for code in by_remainder[: max(missing, 0)]:
        found[code] += 1
    return {code: max(count, _FEWEST.get(code, _FEW)) for code, count in found.items()}


def short_payouts(ledger: Ledger) -> int:
    """How many of the D12 are payouts that arrive short at the bank."""
    quota = ledger.quota["D12"]
    return max(1, quota // 6) if quota else 0
