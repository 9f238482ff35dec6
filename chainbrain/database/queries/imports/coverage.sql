-- One row per day that an imported file vouches for.
insert into base.coverage by name
select kind, channel, account_no, cast(unnest(generate_series(first_day, last_day, interval 1 day)) as date) as day, cast(file_id as uuid) as file_id
from incoming_coverage;
