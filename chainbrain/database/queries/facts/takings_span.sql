-- One row: the first of the days of takings_moved and the day after the last; null when there are none.
select min(day), cast(max(day) + 1 as date) from takings_moved
