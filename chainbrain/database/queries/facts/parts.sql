-- Rewrites the parts of the days of [$first, $after), only of those of $days where it is not null.
delete from base.daily_parts where business_day >= $first and business_day < $after and ($days is null or list_contains($days::date[], business_day));
insert into base.daily_parts by name
from base.daily_parts_of_rows where business_day >= $first and business_day < $after and ($days is null or list_contains($days::date[], business_day));
