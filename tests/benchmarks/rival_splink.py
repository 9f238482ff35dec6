"""Record linkage by splink, as its tutorials set it up: blocked by account or store, amount and time compared, trained
without labels, and of what is likelier than not the likeliest partner of each that is still free."""

from __future__ import annotations

from typing import Any

import splink.comparison_level_library as levels  # type: ignore[import-not-found]
import splink.comparison_library as comparisons  # type: ignore[import-not-found]
from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # type: ignore[import-not-found]

from chainbrain.database.book import Book

LIKELY = 0.95


def _linked(book: Book, sides: dict[str, str], block: tuple[str, ...], time: Any) -> list[tuple[str, str]]:
    api = DuckDBAPI()
    tables = [
        api.register(book._connection.execute(query).to_arrow_table(), table_name=name, dataset_display_name=name)
        for name, query in sides.items()
    ]
    amount = comparisons.CustomComparison(
        output_column_name="amount",
        comparison_levels=[
            levels.NullLevel("amount"),
            levels.ExactMatchLevel("amount"),
            levels.PercentageDifferenceLevel("amount", 0.01),
            levels.ElseLevel(),
        ],
    )
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[amount, time],
        blocking_rules_to_generate_predictions=[block_on(*block)],
    )
    linker = Linker(tables, settings, log_level=40)
    linker.training.estimate_probability_two_random_records_match([block_on(*block, "amount")], recall=0.9)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on(*block))
    found = linker.inference.predict(threshold_match_probability=LIKELY).as_record_list()
    left, right = sides
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for one in sorted(found, key=lambda row: (-row["match_weight"], row["unique_id_l"], row["unique_id_r"])):
        ends = {one["source_dataset_l"]: one["unique_id_l"], one["source_dataset_r"]: one["unique_id_r"]}
        if ends[left] not in pairs and ends[right] not in taken:
            pairs[ends[left]] = ends[right]
            taken.add(ends[right])
    return list(pairs.items())


def deposits(book: Book) -> list[tuple[str, list[str]]]:
    """Deposits that name nothing against payouts, by day."""
    sides = {
        "arrived": "select bank_line_id::varchar as unique_id, bank_account, channel, amount::double as amount, "
        "day::timestamp as moment from reference.silent where channel is not null",
        "expected": "select settlement_id::varchar as unique_id, bank_account, channel, amount::double as amount, "
        "expected_on::timestamp as moment from reference.payouts where amount > 0",
    }
    days = comparisons.AbsoluteTimeDifferenceAtThresholds(
        "moment", input_is_string=False, metrics=["hour", "day", "day"], thresholds=[1, 1, 4]
    )
    return [(line, [one]) for line, one in _linked(book, sides, ("bank_account", "channel"), days)]


def tenders(book: Book) -> list[tuple[str, str]]:
    """Tenders without a number against payments that no number claims, by the minute."""
    sides = {
        "rung": "select tender_id::varchar as unique_id, store, channel, amount::double as amount, moment, "
        "moment::date as day from reference.nameless",
        "paid": "select payment_id::varchar as unique_id, store, channel, amount::double as amount, moment, "
        "moment::date as day from reference.unclaimed",
    }
    minutes = comparisons.AbsoluteTimeDifferenceAtThresholds(
        "moment", input_is_string=False, metrics=["second", "second", "minute"], thresholds=[5, 120, 10]
    )
    return _linked(book, sides, ("store", "channel", "day"), minutes)
