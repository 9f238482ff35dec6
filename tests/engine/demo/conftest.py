"""Small chains, generated once for all tests of this folder."""

from __future__ import annotations

import pytest

from chainbrain.demo import DemoChain, generate

STORES, DAYS = 3, 7


@pytest.fixture(scope="session")
def chain(tmp_path_factory: pytest.TempPathFactory) -> DemoChain:
    """Three stores, seven days, with injected differences."""
    return generate(tmp_path_factory.mktemp("demo"), stores=STORES, days=DAYS)


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> DemoChain:
    """Three stores over a month's end and a run of holidays, without differences."""
    return generate(tmp_path_factory.mktemp("clean"), stores=3, days=34, differences=0)
