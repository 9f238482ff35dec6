"""The verdict in one sentence, and the small line below it."""

from __future__ import annotations

from decimal import Decimal

from chainbrain.expansion.ranges import Basis, InputRange
from chainbrain.expansion.result import ScenarioResult, Verdict, assumed
from ui import figures
from ui.messages import word
from ui.theme.translator import translate

_MONEY = {"mature_monthly_sales", "rent", "labour", "capex"}


def verdict_sentence(result: ScenarioResult) -> str:
    """Return what the owner should take away, the figure first; what rests on assumptions says so."""
    simulation = result.simulation
    low, middle = yuan(simulation.npv.p10), yuan(simulation.npv.p50)
    guessed = bool(assumed(result.ranges))
    match result.verdict:
        case Verdict.ROBUST:
            sentence = (
                translate("Worth it if the assumptions hold: {middle} in the middle, less than {low} one time in ten")
                if guessed
                else translate("Worth it: {middle} in the middle, less than {low} one time in ten")
            )
        case Verdict.LIKELY:
            sentence = (
                translate(
                    "Probably worth it if the assumptions hold: {middle} in the middle, less than {low} one time in ten"
                )
                if guessed
                else translate("Probably worth it: {middle} in the middle, less than {low} one time in ten")
            )
        case Verdict.BELOW_FLOOR:
            share = figures.percent(simulation.below_floor or Decimal(0), 0)
            month = simulation.floor_month or 0
            sentence = (
                translate(
                    "If the assumptions hold, cash falls below the floor with a chance of {share}, mostly in month "
                    "{month}"
                )
                if guessed
                else translate("Cash falls below the floor with a chance of {share}, mostly in month {month}")
            )
            return sentence.format(share=share, month=month)
        case Verdict.NOT_WORTH:
            sentence = (
                translate("Not worth it if the assumptions hold: {middle} in the middle")
                if guessed
                else translate("Not worth it: {middle} in the middle")
            )
    return sentence.format(middle=middle, low=low)


def verdict_note(result: ScenarioResult) -> str:
    """Return the small line: payback, chances, and how the figures came about."""
    simulation = result.simulation
    parts = [translate("Present value over %n month(s).", result.scenario.life_months)]
    if simulation.payback.p50 is None:
        parts.append(translate("In the middle case the money does not come back within the life."))
    else:
        words = translate("Half of the paths are paid back by month {month}; {share} are within the life.")
        share = figures.percent(simulation.payback.within_life, 0)
        parts.append(words.format(month=simulation.payback.p50, share=share))
    if simulation.below_floor is not None and result.verdict is not Verdict.BELOW_FLOOR:
        words = translate("Chance of falling below the floor: {share}.")
        parts.append(words.format(share=figures.percent(simulation.below_floor, 1)))
    paths = translate("{paths} paths, seed {seed}.")
    parts.append(paths.format(paths=figures.plain(simulation.paths), seed=simulation.seed))
    if simulation.paths < result.scenario.paths:
        parts.append(
            translate("A quick look; all {paths} are under way.").format(paths=figures.plain(result.scenario.paths))
        )
    else:
        error = simulation.convergence[-1].mean_error
        moved = translate("Standard error {error}; the second half moved the range by {share}.")
        parts.append(moved.format(error=yuan(error), share=figures.percent(simulation.half_changes)))
    return " ".join(parts)


def basis_words(entry: InputRange) -> str:
    """Return on what a range rests, with the number of observations."""
    said = word(f"expansion.basis.{entry.basis.value}")
    if entry.basis is Basis.OWN_STORES:
        return translate("{basis}, %n observation(s)", entry.observations).format(basis=said)
    return said


def ends_words(entry: InputRange) -> str:
    """Return the two ends of a range in the unit of the input."""
    if entry.input in _MONEY:
        ends = (figures.plain(entry.p10), figures.plain(entry.p90))
    elif entry.input == "delay_months":
        ends = (f"{entry.p10:f}", f"{entry.p90:f}")
    elif entry.input == "ramp":
        ends = (f"×{figures.plain(entry.p10, 2)}", f"×{figures.plain(entry.p90, 2)}")
    else:
        ends = (figures.percent(entry.p10), figures.percent(entry.p90))
    return f"{ends[0]} – {ends[1]}"


def yuan(value: Decimal) -> str:
    """Write an amount short: 万 in Chinese, full yuan otherwise."""
    sign = figures.MINUS if value < 0 else ""
    return f"{sign}¥{figures.compact(abs(value), 1)}"
