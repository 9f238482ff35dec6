-- One row per difference about a payout that says which days' sales it is of: the first and the last of them.
select cast(d.difference_id as varchar), s.first_day, coalesce(s.last_day, s.first_day)
from base.differences d join main.settlements s on s.settlement_id = d.record_id
where d.record_type = 'settlement' and s.first_day is not null and list_contains($ids::varchar[], cast(d.difference_id as varchar))
