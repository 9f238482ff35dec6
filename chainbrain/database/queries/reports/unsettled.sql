-- One payout or withdrawal that is not, or not wholly, at the bank before $after: when it should have been, and what is still to
-- come; then what has not even set out. standing: late (due and not there), short (there, but less), expected (not due yet),
-- in_wallet (a wallet's balance by its ledger), unbilled (platform rows that no payout holds yet), opening (from before the book,
-- not yet cleared). Together they are the rows on the way of the roll-forward.
with lacking as (
    select record_type, record_id, code, min(due_on) as due_on, -sum(amount) as amount
    from base.differences where code in ('D08', 'D12') and state in ('open', 'explained') group by all
)
select * from (
select w.channel, case when r.match_id is not null then 'short' when r.state = 'difference' then 'late' else 'expected' end as standing,
       coalesce(r.due_on, d.due_on, w.expected_on) as due_on, w.no, w.first_day, w.last_day, w.bank_account,
       cast(if(r.match_id is not null, d.amount, w.amount) as decimal(18,2)) as amount, f.name as file, w.line
from (
    select 'settlement' as record_type, settlement_id as record_id, channel, external_id as no, first_day, last_day, expected_on, bank_account,
           net as amount, file_id, null as line
    from base.settlements
    union all
    select 'wallet_line', wallet_line_id, channel, external_id, cast(occurred_at as date), cast(occurred_at as date), null, null, -amount, file_id, line
    from base.wallet_lines where kind = 'withdrawal'
) w
join base.row_states r on r.record_type = w.record_type and r.record_id = w.record_id and r.leg = 'bank' and r.state in ('timing', 'difference')
left join lacking d on d.record_type = w.record_type and d.record_id = w.record_id
left join base.source_files f on f.file_id = w.file_id
where ($channel is null or w.channel = $channel) and w.first_day < $after and (r.match_id is null or d.amount is not null)
union all
select w.channel, 'in_wallet', null, coalesce(w.merchant_no, a.merchant_no), min(cast(w.occurred_at as date)), max(cast(w.occurred_at as date)), null,
       cast(sum(w.amount) + coalesce(any_value(o.balance), 0) as decimal(18,2)), null, null
from base.wallet_lines w
left join base.wallet_file_accounts a on a.file_id = w.file_id and a.channel = w.channel
left join (
    select base.merchant_key(account_no) as account_no, sum(balance) as balance from base.openings where kind = 'wallet' group by all
) o on o.account_no = base.merchant_key(coalesce(w.merchant_no, a.merchant_no))
where w.occurred_at < $after and ($channel is null or w.channel = $channel)
  and w.kind not in ('purchase', 'purchase_refund', 'internal', 'closed')
group by all
having sum(w.amount) + coalesce(any_value(o.balance), 0) <> 0
union all
select p.channel, 'unbilled', null, p.merchant_no, min(cast(p.occurred_at as date)), max(cast(p.occurred_at as date)), null,
       cast(sum(p.amount - p.fee) as decimal(18,2)), null, null
from base.payments p left join base.payment_links l on l.payment_id = p.payment_id
where not p.cancelled and p.occurred_at < $after and p.payment_id not in (select payment_id from base.receipts_seen_twice)
  and l.settlement_id is null and ($channel is null or p.channel = $channel)
  and p.channel in (select channel from base.settlements) and p.channel not in (select channel from base.wallet_lines where kind not in ('purchase', 'purchase_refund', 'internal', 'closed'))
group by p.channel, p.merchant_no
union all
select channel, 'opening', null, null, min(day), max(day), null, cast(sum(amount) as decimal(18,2)), null, null
from (
    select channel, day, balance as amount from base.openings
    where day < $after and (kind = 'in_transit' or (kind = 'wallet' and account_no is null))
    union all
    select channel, cast(posted_at as date), -amount from base.earlier_deposits where posted_at < $after
)
where $channel is null or channel = $channel
group by channel
having sum(amount) <> 0
)
where $late is null or (standing in ('late', 'short')) = $late
order by array_position(['late', 'short', 'expected', 'unbilled', 'in_wallet', 'opening'], standing), due_on, channel, no
