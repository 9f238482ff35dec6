-- One row per withdrawal or payout that the bank line could be, the closest first: near in amount or near in time.
with line as (
    select *, cast(posted_at as date) as day, base.account_key(bank_account) as account from base.bank_lines where cast(bank_line_id as varchar) = $bank_line
), banks as (
    select channel, base.merchant_key(merchant_no) as merchant, min(base.account_key(bank_account)) as account
    from main.merchant_accounts where bank_account is not null
    group by channel, merchant having count(distinct base.account_key(bank_account)) = 1
), expected as (
    select w.wallet_line_id as record_id, 'wallet_line' as record_type, w.channel, w.merchant_no, cast(w.occurred_at as date) as day,
           -w.amount as net, b.account, null::bigint as parts
    from main.wallet_lines w left join banks b on b.channel = w.channel and b.merchant = base.merchant_key(w.merchant_no)
    where w.kind = 'withdrawal' and w.amount < 0
    union all
    select settlement_id, 'settlement', channel, coalesce(merchant_no, payout_account), coalesce(expected_on, last_day), net::decimal(18,2),
           base.account_key(bank_account), (select count(*) from base.payment_links k where k.settlement_id = s.settlement_id)
    from base.settlements s where cast(net as decimal(18,2)) <> 0
), own as (
    select distinct i.record_id from base.match_members o join base.match_members i on i.match_id = o.match_id and i.side = 'inner'
    join base.matches m on m.match_id = o.match_id and m.state = 'confirmed' and m.kind = 'settlement_bank'
    where o.side = 'outer' and o.record_id = (select bank_line_id from line)
)
select e.record_type, e.record_id, e.channel, e.merchant_no, e.day, e.parts, e.net, (l.amount - e.net)::decimal(18,2) as gap,
       l.day - e.day as days, contains(coalesce(l.memo, ''), e.merchant_no) as named, t.held_on,
       m.match_id, m.state as match_state
from line l
join expected e on (e.account = l.account or e.account is null) and e.day between l.day - 12 and l.day + 3 or e.record_id in (select record_id from own)
left join base.row_states r on r.record_id = e.record_id and r.leg = 'bank'
left join (
    select o.match_id, min(cast(b.posted_at as date)) as held_on from base.match_members o join base.bank_lines b on b.bank_line_id = o.record_id
    where o.side = 'outer' and o.match_id not in (select x.match_id from base.match_members x where x.record_id = (select bank_line_id from line))
    group by o.match_id
) t on t.match_id = r.match_id
left join (
    select m.match_id, m.state, i.record_id as inner_id, o.record_id as outer_id
    from base.matches m
    join base.match_members i on i.match_id = m.match_id and i.side = 'inner'
    join base.match_members o on o.match_id = m.match_id and o.side = 'outer'
    where m.kind = 'settlement_bank' and m.state in ('confirmed', 'suggested')
) m on m.inner_id = e.record_id and m.outer_id = l.bank_line_id
order by m.match_id is null, abs(gap), t.held_on is not null, abs(days), e.record_id
limit 30
