-- One row per payment of a payout that a deposit falls short of, where they are few enough to look at combinations.
select cast(match_id as varchar), cast(-gap * 100 as bigint), cast(net * 100 as bigint)
from r_lack_rows where own and kind = 'payment' and net > 0 and gap < 0
qualify count(*) over (partition by match_id) between 2 and $most
order by match_id, payment_id
