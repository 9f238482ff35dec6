-- One row per deposit, payout or withdrawal that more than one suggestion explains; two answers as the amounts that they add up. They are
-- suggestions of the bank and no store's.
with examples as (
    select a.record_id, m.match_id, string_agg(cast(m.amount as varchar), ' + ' order by m.amount desc, m.record_id) as words,
           row_number() over (partition by a.record_id order by m.match_id) as place
    from (select record_id, unnest(examples) as match_id from main.ambiguities) a
    join main.match_members m on m.match_id = a.match_id
    join main.match_members o on o.match_id = a.match_id and o.record_id = a.record_id and o.side <> m.side
    group by a.record_id, m.match_id
)
select a.record_type, coalesce(cast(b.posted_at as date), s.expected_on, cast(w.occurred_at as date)) as day, coalesce(s.channel, w.channel, 'bank') as channel,
       coalesce(s.merchant_no, s.payout_account, w.merchant_no, b.external_id) as no, coalesce(b.amount, cast(s.net as decimal(18,2)), -w.amount) as amount,
       a.solutions, cast(a.alike as varchar) as alike, len(a.shared) as shared, x.words as first_example, y.words as second_example
from main.ambiguities a
left join main.bank_lines b on b.bank_line_id = a.record_id
left join main.settlements s on s.settlement_id = a.record_id
left join main.wallet_lines w on w.wallet_line_id = a.record_id
left join examples x on x.record_id = a.record_id and x.place = 1
left join examples y on y.record_id = a.record_id and y.place = 2
where ($channel is null or coalesce(s.channel, w.channel, 'bank') = $channel) and ($kind is null or $kind = 'settlement_bank')
  and ($state is null or $state = 'suggested') and $stores::varchar[] is null
order by a.record_type, day, amount, a.record_id
