-- One row per store and day of the book whose till file is missing or incomplete: its sales are unknown, not nothing.
select store_id, day from base.store_days($first, $after) where state in ('missing', 'part') order by all;
