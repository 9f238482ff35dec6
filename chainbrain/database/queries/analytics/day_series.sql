-- One row per line (a store, or all that are asked for together) and day: what was sold beside the range to expect.
select line, day, amount, orders, expected, present, low, middle, high from {lines} order by line, day
