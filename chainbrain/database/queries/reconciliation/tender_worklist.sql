-- One row per suggestion at the till that waits for a word: how many answers, how many tenders it is about, what they come to.
select match_id, stage, solutions, tender_id, tenders, amount, (paid - amount)::decimal(18,2) as gap, store_id, channel, order_no, business_day
from base.tender_suggestions
where ($first is null or business_day >= $first) and ($after is null or business_day < $after)
order by business_day, store_id, amount desc, match_id
