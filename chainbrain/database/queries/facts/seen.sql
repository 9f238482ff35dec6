-- Rewrites which stores the tills name on the days of [$first, $after), only on those of $days where it is not null.
delete from base.seen_store_days where day >= $first and day < $after and ($days is null or list_contains($days::date[], day));
insert into base.seen_store_days
from base.seen_store_days_of_rows where day >= $first and day < $after and ($days is null or list_contains($days::date[], day));
