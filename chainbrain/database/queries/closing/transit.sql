-- One row per channel and part: what had come before the month, what came in it, and what came in it although it belongs to
-- months that were closed by then (前期).
select channel, part,
       coalesce(sum(amount) filter (where month < $month), 0)::decimal(18,5) as before,
       coalesce(sum(amount) filter (where month = $month and day >= $month), 0)::decimal(18,5) as of_month,
       coalesce(sum(amount) filter (where month = $month and day < $month), 0)::decimal(18,5) as prior
from close_flows
where month <= $month
group by channel, part
order by channel, part
