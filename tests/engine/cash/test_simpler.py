"""Where a simple method was better than the forecast it is said, by the figures that are shown."""

from __future__ import annotations

from dataclasses import replace

from chainbrain import texts
from chainbrain.cash import simpler
from chainbrain.cash.forecast.accuracy import Accuracy
from chainbrain.cash.forecast.levels import Grain
from chainbrain.cash.measures import Measure

CHAIN = Measure("chain", Grain.WEEK, 8, 14, 1, 1, 0.98204, 0.98391, 0.97, None, 1.0, 1.0)


def test_a_simple_way_is_better_only_where_the_figures_shown_say_so() -> None:
    assert simpler.better(CHAIN) == ("seasonal_naive", 0.98391)
    assert simpler.better(replace(CHAIN, accuracy=0.9836)) is None  # 98.4 %, both of them
    assert simpler.better(replace(CHAIN, accuracy=None, naive=None, median=None)) is None


def test_beside_a_table_the_line_is_named_in_which_it_is_so_by_most() -> None:
    region = replace(CHAIN, level="region", median=0.9871)
    said = simpler.told_of_all((CHAIN, region, replace(CHAIN, accuracy=0.99)))
    assert said is not None
    text = texts.message(said[0], "zh", **said[1])
    assert "3 行里有 2 行" in text and "区域按周、往后第 8–14 天：同星期中位数每百元差 1.3 元，预测差 1.8 元" in text
    assert simpler.told_of_all((replace(CHAIN, accuracy=0.99),)) is None


def test_beside_one_accuracy_both_figures_stand() -> None:
    said = simpler.told(Accuracy(Grain.WEEK, 7, 5, 0.978, 0.983, 0.978, None))
    assert said is not None
    assert "照抄上周更准（每百元差 1.7 元，预测差 2.2 元）" in texts.message(said[0], "zh", **said[1])
    assert simpler.told(Accuracy(Grain.DAY, 7, 5, 0.966, 0.958, 0.966, None)) is None
