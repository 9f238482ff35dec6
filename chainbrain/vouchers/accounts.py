"""Which account of the user's books plays which part: the shipped charts, and what people put in their place.

The shipped codes are those of the two standards (财会〔2011〕17号 小企业会计准则; 企业会计准则应用指南 会计科目); the
names behind the dash are proposals for a subaccount, whose code only the user's own books know.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from chainbrain.errors import UserError
from chainbrain.resources import resource
from chainbrain.vouchers.postings import ROLES

CHARTS: Final = ("small", "general")
"""小企业会计准则 and 企业会计准则; words under ``account_chart.<key>``."""

Key = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class Account:
    """An account for one part, narrowed by channel, bank account or receiver (``detail``) and by store.

    ``own`` tells whether a person set it; ``code`` nothing in a word takes the shipped one back.
    """

    role: str
    detail: str | None
    store: str | None
    code: str | None
    name: str | None
    own: bool = True

    @property
    def key(self) -> Key:
        """What it is for."""
        return self.role, self.detail, self.store


@cache
def shipped(chart: str) -> tuple[Account, ...]:
    """The accounts of one of ``CHARTS``, by part."""
    with resource("rules", "accounts.csv").open(encoding="utf-8") as stream:
        return tuple(
            Account(row["role"], row["detail"] or None, None, row[f"{chart}_code"], row[f"{chart}_name"], own=False)
            for row in csv.DictReader(stream)
        )


def table(chart: str, own: Iterable[Account]) -> dict[Key, Account]:
    """What holds: the shipped chart with the people's words in place of its own, in the order of the parts."""
    merged = {one.key: one for one in shipped(chart)} | {one.key: one for one in own}
    ranks = {role: rank for rank, role in enumerate(ROLES)}
    return dict(sorted(merged.items(), key=lambda pair: (ranks[pair[0][0]], pair[0][1] or "", pair[0][2] or "")))


def account_of(accounts: Mapping[Key, Account], role: str, detail: str | None, store: str | None) -> Account:
    """The account for one line: of those that fit, the narrowest."""
    keys: tuple[Key, ...] = ((role, detail, store), (role, detail, None), (role, None, store), (role, None, None))
    return next(accounts[key] for key in keys if key in accounts)


def checked(words: Iterable[Account]) -> tuple[Account, ...]:
    """Words as they are written.

    Raises:
        UserError: ``vouchers.role`` for an unknown part, ``vouchers.code`` for a code that is no account number,
            ``vouchers.account_twice`` when two say something of the same part.
    """
    found: dict[Key, Account] = {}
    for one in words:
        if one.role not in ROLES:
            raise UserError("vouchers.role", role=one.role)
        code = (one.code or "").strip()
        if code and not (code.isascii() and code.replace(".", "").replace("-", "").isalnum() and len(code) <= 30):
            raise UserError("vouchers.code", account=code, role=one.role)
        if one.key in found:
            raise UserError("vouchers.account_twice", role=one.role, detail=one.detail or one.store or "")
        name = (one.name or "").strip() or None
        found[one.key] = Account(one.role, one.detail or None, one.store or None, code or None, name)
    return tuple(found.values())
