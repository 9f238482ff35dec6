"""What the ledger needs to know of the agreements: their rules, the sales that they are taken of, what they give."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, Protocol

HEAD_OFFICE: Final = frozenset(
    {"总部", "总公司", "公司", "公司总部", "品牌", "品牌方", "品牌总部", "加盟总部", "head office", "brand"}
)
"""Words by which rules call head office; its legal entities are others."""


class Tier(Protocol):
    """From a sum on a rate."""

    @property
    def start(self) -> Decimal:
        """From which sum on."""

    @property
    def rate(self) -> Decimal:
        """The rate there."""


class Rule(Protocol):
    """A rule of 分账."""

    @property
    def rule_id(self) -> str:
        """Its id."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def store(self) -> str | None:
        """For which store, or all."""

    @property
    def channel(self) -> str | None:
        """For which channel, or all."""

    @property
    def receiver(self) -> str:
        """Who gets it."""

    @property
    def receiver_kind(self) -> str | None:
        """What the receiver is to the store, where the rule says it."""

    @property
    def account(self) -> str | None:
        """The account by which bills name the receiver."""

    @property
    def basis(self) -> str:
        """What it is taken of."""

    @property
    def way(self) -> str:
        """A share, so much an order, or tiers."""

    @property
    def rate(self) -> Decimal | None:
        """The share."""

    @property
    def fixed(self) -> Decimal | None:
        """Yuan an order."""

    @property
    def tiers(self) -> Sequence[Tier]:
        """The tiers, the lowest first."""

    @property
    def valid_from(self) -> date | None:
        """From when on."""

    @property
    def valid_to(self) -> date | None:
        """Until when."""


class Day(Protocol):
    """One store's business day in one channel."""

    @property
    def store(self) -> str:
        """The store."""

    @property
    def day(self) -> date:
        """The business day."""

    @property
    def channel(self) -> str | None:
        """The channel, or what only the till shows."""

    @property
    def gross(self) -> Decimal:
        """What was sold."""

    @property
    def refunded(self) -> Decimal:
        """What was given back."""

    @property
    def fee(self) -> Decimal:
        """What the channel charged."""

    @property
    def commission(self) -> Decimal:
        """Of that the commission."""

    @property
    def vat(self) -> Decimal | None:
        """The store's VAT rate, where it is known and a rule asks for it."""


class Due(Protocol):
    """What one rule gives on one store's month."""

    @property
    def month(self) -> date:
        """The month."""

    @property
    def store(self) -> str:
        """The store."""

    @property
    def rule(self) -> str:
        """The agreement."""

    @property
    def receiver(self) -> str:
        """Who gets it."""

    @property
    def basis(self) -> str:
        """What it is taken of."""

    @property
    def way(self) -> str:
        """A share, so much an order, or tiers."""

    @property
    def base(self) -> Decimal | None:
        """The sum that it is taken of."""

    @property
    def due(self) -> Decimal:
        """What it gives."""

    @property
    def split(self) -> Decimal:
        """What was split of it already."""

    @property
    def left(self) -> Decimal:
        """What is left."""


class Agreements(Protocol):
    """The room of the splits, as the ledger asks it."""

    def rules(self) -> Sequence[Rule]:
        """All rules."""

    def dues(self, first: date | None = None, after: date | None = None, store: str | None = None) -> Sequence[Due]:
        """What they give."""

    def days(self, first: date | None = None, after: date | None = None, store: str | None = None) -> Sequence[Day]:
        """The sales that they are taken of."""
