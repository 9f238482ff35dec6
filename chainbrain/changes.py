"""What a writing call changed, so that each screen can decide whether to refresh."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Changes:
    """Kinds of record that moved (``payments``, ``matches`` ...) and the history entry that tells how to undo it."""

    kinds: frozenset[str] = field(default_factory=frozenset)
    entry_id: int | None = None

    def touches(self, *kinds: str) -> bool:
        """Whether any of these kinds moved."""
        return not self.kinds.isdisjoint(kinds)
