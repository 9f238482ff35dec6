"""What is typed after an option, read as a number or a day; argparse words a refusal."""

from __future__ import annotations

import argparse
from datetime import date


def positive(text: str) -> int:
    """A whole number from 1 on."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(text)
    return number


def natural(text: str) -> int:
    """A whole number from 0 on."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(text)
    return number


def day(text: str) -> date:
    """A day written like 2026-11-26."""
    try:
        return date.fromisoformat(text)
    except ValueError as cause:
        raise argparse.ArgumentTypeError(text) from cause
