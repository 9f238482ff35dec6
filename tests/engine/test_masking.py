"""A person's phone number or mail address is never shown whole; what a merchant is known by is."""

from __future__ import annotations

import pytest

from chainbrain.masking import login_masked, masked

PHONE = "13800138000"


@pytest.mark.parametrize(("number", "shown"), [("6222020200112345678", "…5678"), ("1234", "1234"), ("", "")])
def test_of_an_account_the_end_is_shown(number: str, shown: str) -> None:
    assert masked(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (PHONE, "…8000"),
        ("+86 13800138000", "…8000"),
        ("laojie@example.com", "l…@example.com"),
        ("1900012345", "1900012345"),
        ("2088000000000156", "2088000000000156"),
        ("老街小面", "老街小面"),
        ("", ""),
    ],
)
def test_of_a_login_the_end_is_shown_and_a_merchant_number_whole(number: str, shown: str) -> None:
    assert login_masked(number) == shown
