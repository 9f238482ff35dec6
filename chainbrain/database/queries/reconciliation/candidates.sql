-- One row per withdrawal or payout that the bank line could be, the closest first: near in amount or near in time. What was paid out
-- could be none, and a payer that is known pays out its own channels only.
with line as (
    select *, cast(posted_at as date) as day, base.account_key(bank_account) as account,
           (select list(distinct p.channel) from base.deposit_payers p where contains(coalesce(counterparty, ''), p.pattern)) as payers
    from base.bank_lines where bank_line_id = try_cast($bank_line as uuid) and amount > 0
), banks as (
    select channel, base.merchant_key(merchant_no) as merchant, min(base.account_key(bank_account)) as account
    from main.merchant_accounts where bank_account is not null
    group by channel, merchant having count(distinct base.account_key(bank_account)) = 1
), spoken as materialized (
    select match_id from base.match_members where side = 'outer' and record_id = (select bank_line_id from line)
), answers as materialized (
    -- What is matched with the line, or suggested for it.
    select m.match_id, m.state, i.record_id
    from base.matches m join base.match_members i on i.match_id = m.match_id and i.side = 'inner'
    where m.match_id in (select match_id from spoken) and m.kind = 'settlement_bank' and m.state in ('confirmed', 'suggested')
), expected as (
    select w.wallet_line_id as record_id, 'wallet_line' as record_type, w.channel, w.merchant_no, cast(w.occurred_at as date) as day,
           -w.amount as net, b.account
    from main.wallet_lines w left join banks b on b.channel = w.channel and b.merchant = base.merchant_key(w.merchant_no)
    where w.kind = 'withdrawal' and w.amount < 0
    union all
    select settlement_id, 'settlement', channel, coalesce(merchant_no, payout_account), coalesce(expected_on, last_day), net::decimal(18,2),
           base.account_key(bank_account)
    from base.settlements s where cast(net as decimal(18,2)) <> 0
), near as materialized (
    select e.*, l.bank_line_id, (l.amount - e.net)::decimal(18,2) as gap, l.day - e.day as days, contains(coalesce(l.memo, ''), e.merchant_no) as named
    from line l
    join expected e on (e.account = l.account or e.account is null) and e.day between l.day - 12 and l.day + 3
         and (coalesce(len(l.payers), 0) = 0 or list_contains(l.payers, e.channel))
         or e.record_id in (select record_id from answers)
), parts as (
    select settlement_id, count(*) as parts from base.payment_links where settlement_id in (select record_id from near) group by settlement_id
), held as materialized (
    -- The bank's leg of what is near, where another line holds it.
    select record_id, match_id from base.row_states where leg = 'bank' and record_id in (select record_id from near)
), times as (
    select o.match_id, min(cast(b.posted_at as date)) as held_on from base.match_members o join base.bank_lines b on b.bank_line_id = o.record_id
    where o.side = 'outer' and o.match_id in (select match_id from held)
      and o.match_id not in (select match_id from spoken)
    group by o.match_id
)
select e.record_type, e.record_id, e.channel, e.merchant_no, e.day, case when e.record_type = 'settlement' then coalesce(p.parts, 0) end as parts, e.net, e.gap,
       e.days, e.named, t.held_on, a.match_id, a.state as match_state
from near e
left join parts p on p.settlement_id = e.record_id
left join held h on h.record_id = e.record_id
left join times t on t.match_id = h.match_id
left join answers a on a.record_id = e.record_id
order by a.match_id is null, abs(e.gap), t.held_on is not null, abs(e.days), e.record_id
limit 30
