-- One row per figure of an industry, the newest of each source first.
select metric, trade, city, period, low, median, high, source, dated
from main.benchmarks
qualify dated = max(dated) over (partition by metric, trade, city, source)
order by metric, city nulls last, trade nulls first, dated desc, source, period
