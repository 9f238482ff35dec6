-- One row: the first of the days of a_link_days and the day after the last; null when there are none.
select min(day), cast(max(day) + 1 as date) from a_link_days
