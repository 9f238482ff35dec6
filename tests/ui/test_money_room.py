"""The screen 资金: what is asked for is seen, and nothing is cut or takes room for nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from chainbrain.cash.ladder_terms import Product

pytest_plugins = ("fixtures_chain", "fixtures_money")

ON_DEMAND = Product("活期宝", 0, 0, None, Decimal("0.018"), "R1", date(2026, 10, 1))


def test_a_single_day_that_is_over_is_one_day(view):
    path = view.fan._path
    one = replace(path, since=date(2026, 11, 1))
    view.fan.set_path(one)
    assert view.fan._note.text() == "10-31 已过去，之后是估计"
    view.fan.set_path(replace(path, since=date(2026, 11, 3)))
    assert view.fan._note.text() == "10-31 到 11-02 已过去，之后是估计"
    outlook = replace(view._foreseen.outlook, paths=(one, *view._foreseen.outlook.paths[1:]))
    view.verdict.set_outlook(outlook, one)
    assert "2026-10-31 已过去，没有流水证明。" in view.verdict.reason
