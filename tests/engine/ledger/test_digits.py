"""The known numbers of the standards, and that no single changed digit passes."""

from __future__ import annotations

import pytest

from chainbrain.ledger.digits import card_agrees, code_agrees, is_card


@pytest.mark.parametrize(
    ("code", "good"),
    [
        ("91350100M000100Y43", True),
        ("915300007194052520", True),
        ("9153000077859986X2", True),
        ("91110000101623741K", True),
        ("91350100M000100Y44", False),
        ("91350100M000100Y4", False),
        ("91350100I000100Y43", False),
        ("", False),
    ],
)
def test_codes_of_the_standard(code: str, good: bool) -> None:
    assert code_agrees(code) is good


@pytest.mark.parametrize("card", ["6222020000000000000", "6222021234567890128"])
def test_every_changed_digit_of_a_card_is_found(card: str) -> None:
    assert is_card(card)
    assert card_agrees(card)
    for place, digit in enumerate(card):
        for other in set("0123456789") - {digit}:
            assert not card_agrees(card[:place] + other + card[place + 1 :])


def test_a_company_s_account_is_no_card() -> None:
    assert not any(map(is_card, ("57197820140010601", "33050161872700000719", "6222", "")))
