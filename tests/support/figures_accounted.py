"""Every table column and chart with figures on every screen: which test opens its rows, or why there are none to open.

A figure that is a sum of rows must be opened by a test that adds the rows up. The others are typed in, are a model's
answer, or are rows themselves; each says what explains it.
"""

from __future__ import annotations

_STORES = "test_numbers_open.py::test_every_number_of_the_stores_opens_its_rows"
_OVERVIEW = "test_numbers_open.py::test_every_number_of_the_overview_opens_its_rows"
_ARRIVALS = "test_arrivals_view.py::test_every_figure_opens_its_rows"
_SPLITS = "test_splits_view.py::test_every_figure_of_a_rule_opens_the_parts_that_add_up_to_it"
_MAP = "test_money_map.py::test_every_block_and_ribbon_opens_exactly_its_rows_on_every_kind_of_day"
_COMPARED = "test_numbers_open.py::test_every_number_of_compared_stores_opens_its_rows"

OPENED = {
    "TransitCard": {"amount": _OVERVIEW, "share": _OVERVIEW},
    "LeagueCard": dict.fromkeys(
        ("receipts", "bar", "change", "ticket", "orders", "refunds", "take_rate", "four_wall", "recent"), _STORES
    ),
    "CompareTable": {"*": _COMPARED},
    "MixTable": dict.fromkeys(("receipts", "bar", "share", "orders", "ticket"), _STORES),
    "ArrivalsView": dict.fromkeys(
        ("opening", "gross", "refunds", "fees", "other", "received", "closing", "coming", "late", "short"), _ARRIVALS
    ),
    "WayCard": {"amount": "test_money_view.py::test_a_sum_on_its_way_opens_its_rows"},
    "ProposalsCard": {"amount": "test_money_view.py::test_a_proposal_shows_its_evidence_and_counts_only_once_taken_in"},
    "ReceiptsCard": {
        "before": "test_receipts_card.py::test_what_was_taken_before_opens_the_days_it_was_made_from",
    },
    "CompareCard": dict.fromkeys(
        ("actual", "off", "paid"), "test_money_view.py::test_a_forecast_is_kept_and_stands_beside_what_came"
    ),
    "SplitsView.collected": dict.fromkeys(
        ("amount", "split"), "test_splits_view.py::test_what_was_collected_for_a_store_opens_its_receipts"
    ),
    "SplitsView.dues": dict.fromkeys(
        ("due", "split"), "test_splits_view.py::test_what_is_due_by_the_order_opens_its_parts"
    ),
    "SplitsView.sums": dict.fromkeys(("parts", "due", "done", "waiting", "wrong"), _SPLITS),
}
"""By the class that owns the table (of several tables: with the page), each column and the test that opens it."""

PICTURES = {
    ("Board", "KpiStrip"): _OVERVIEW,
    ("FiguresBlock", "KpiStrip"): _OVERVIEW,
    ("TrendCard", "TrendChart"): _OVERVIEW,
    ("TransitCard", "SumLines"): _OVERVIEW,
    ("Scroller", "SmallMultiples"): "test_overview_view.py::test_a_store_opens_the_store_screen",
    ("Board", "SmallMultiples"): "test_compare_page.py",
    ("RhythmCard", "HeatMap"): _STORES,
    ("ChangeCard", "Waterfall"): _STORES,
    ("MapCard", "Sankey"): _MAP,
    ("SplitsView", "KpiStrip"): "test_splits_view.py::test_a_key_figure_leads_to_its_page",
}
"""Charts and strips whose marks open their rows, or the screen of these."""

_TYPED = "typed in by the owner: the row is the entry itself, activating it opens the entry"
_MODEL = "a model's answer, no sum of rows: its inputs stand on the same page, how good it was in forecast accuracy"
_ROW = "one row of the engine: the figure is its own, the pane beside it shows the record and its match"
_FILE = "a row or count of a file that is being planned: the table below shows those rows, nothing is written yet"
_RULE = "worked out by a rule from the month's sales: the rule, its base and a worked example stand on the page"
_LEDGER = "an account with a store: the lines below the months add up to it, tested with the page"
_FORECAST = "a kept forecast: what was expected is a model's or an item of the plan of then"

REASONS = {
    "LeagueCard": dict.fromkeys(
        ("format", "city", "ownership", "age"),
        "a place among stores: the tip tells the average it goes by, the orders open",
    ),
    "ReceiptsCard": dict.fromkeys(("mean", "p10", "p90", "p2_5", "p97_5"), _MODEL),
    "LineCard": dict.fromkeys(("mean", "p10", "p90", "p2_5", "p97_5"), _MODEL),
    "PlacesPanel": {"rows": _FILE, "amount": "rows that belong to no store yet: the question beside is about them"},
    "HistoryPanel": {"rows": _FILE, "new": _FILE, "left": _FILE},
    "ListPane": {"amount": _ROW},
    "Scroller": {"parts": _ROW, "net": _ROW, "gap": _ROW},
    "ArrivalsView": {"unexplained": "what does not add up has no rows; it opens the month's differences of the number"},
    "PaymentBoard": {"amount": _LEDGER},
    "LedgerBoard": dict.fromkeys(
        (
            "opening",
            "collected",
            "split",
            "royalty",
            "purchases",
            "others",
            "paid",
            "closing",
            "gap",
            "amount",
            "fee",
            "net",
            "line",
            "base",
            "rows",
            "effect",
        ),
        _LEDGER,
    ),
    "SplitsView.rules": {"cap": _TYPED},
    "SplitsView.unreckoned": {"taxed": _RULE, "days": _RULE},
    "SplitsView.soon": {"days": "days until a date", "amount": _ROW},
    "SplitsView.moved": {"due": _ROW, "moved": _ROW, "difference": _ROW},
    "SplitsView.findings": {"due": _ROW, "done": _ROW, "effect": _ROW},
    "SplitsView.dues": dict.fromkeys(("base", "left"), _RULE),
    "MixTable": {"change": "of days that can be compared: the league's column opens those days"},
    "ChangeParts": dict.fromkeys(
        ("before", "now", "change", "orders", "ticket"),
        "contributions: activating a part opens its orders, and the steps before and now open theirs",
    ),
    "OpeningPanel": {"share": _MODEL, "amount": _MODEL},
    "PlanCard": {"amount": _TYPED},
    "CompareCard": dict.fromkeys(("expected", "amount"), _FORECAST),
    "LadderCard": {"lock": _TYPED, "rate": _TYPED, "amount": _MODEL, "earned": _MODEL},
    "PlacedCard": {"amount": _TYPED},
    "ReplayCard": {"earned": _MODEL, "broken": _MODEL},
    "MeasuresCard": dict.fromkeys(
        ("accuracy", "naive", "median", "lower", "in80", "in95", "sums"),
        "measured by repeating the forecast: no rows but the past itself, the sentence below says how",
    ),
    "FollowCard": {"plan": _MODEL},
    "PastLossesCard": {"near": _MODEL},
    "NearCard": {"km": "a distance on the map", "receipts": "activating the line opens the store's own page"},
    "AnaloguesCard": {"shared": _MODEL},
    "StoresCard": {"span": _MODEL},
    "RangesCard": {"span": _MODEL},
    "Board": {
        "number": "a place in the order of the steps",
        "found": "activating the step shows its tables, whose figures open",
        "open": "activating the step shows its tables, whose figures open",
    },
}
"""Of each other column, why no list stands behind it and what explains it."""

DRAWN = {
    ("PlacePanel", "PlaceMap"): "places: choosing one chooses the store, opening it opens the figure of its colour",
    ("AreaMapCard", "PlaceMap"): _MODEL,
    ("Board", "LinesChart"): "days of the compared stores: the table below and the small charts open them",
    ("OpeningPanel", "LinesChart"): _MODEL,
    ("DayCard", "DaySlider"): "the day of the map: its layers are the map's blocks, which open",
    ("FanCard", "FanChart"): _MODEL,
    ("LineCard", "FanChart"): _MODEL,
    ("CompareCard", "FanChart"): _FORECAST,
    ("LadderCard", "TradeoffChart"): _MODEL,
    ("FollowCard", "FanChart"): _MODEL,
    ("CompareScenarios", "LinesChart"): _MODEL,
    ("CashCard", "MonthFan"): _MODEL,
    ("Tornado", "Tornado"): _MODEL,
}
"""Of each other picture, the same."""
