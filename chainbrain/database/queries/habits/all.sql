-- One merchant number per row whose payouts only the deposits show: its stores, what holds for it, who says so.
with stores as (
    select a.channel, base.merchant_key(a.merchant_no) as merchant, min(a.merchant_no) as merchant_no,
           list(distinct coalesce(s.name, a.store_id) order by coalesce(s.name, a.store_id)) filter (where a.store_id is not null) as names
    from main.merchant_accounts a left join main.stores s on s.store_id = a.store_id group by all
)
select m.channel, s.merchant_no, m.bank_account, coalesce(s.names, []) as stores, h.rule, h.cutoff, h.fees, h.merged, coalesce(h.votes, 0) as votes,
       coalesce(h.named, 0) as named, coalesce(h.next_votes, 0) as next_votes, h.next_rule, h.next_cutoff, h.next_fees,
       w.rule as said_rule, w.cutoff as said_cutoff, w.fees as said_fees, w.merged as said_merged, w.entry_id, w."at", w.who
from base.straight_merchants m
left join stores s on s.channel = m.channel and s.merchant = m.merchant
left join base.payout_habits h on h.channel = m.channel and h.merchant = m.merchant
left join base.standing_habit_words w on w.channel = m.channel and w.merchant = m.merchant
order by m.channel, s.names[1] nulls last, m.merchant
