-- One payout or withdrawal that is not, or not wholly, at the bank before $after: when it should have been, and what is still to
-- come; then what has not even set out. standing: late (due and not there, as the money map tells it: base.payout_terms), left_out (the
-- same, and a person left the difference out: that brings no money, and the map still holds it), short (there, but less), expected (not due yet),
-- in_wallet (a wallet's balance by its ledger), unbilled (platform rows that no payout holds yet), opening (from before the book,
-- not yet cleared). Together they are the rows on the way of the roll-forward.
-- What lies before an opening balance is in it. What a payout makes up for first is late with it, and less.
with lacking as (
    select record_type, record_id, code, min(due_on) as due_on, -sum(amount) as amount
    from base.differences where code in ('D08', 'D12') and state in ('open', 'explained', 'excluded') group by all
), short as (
    select distinct record_id from base.arrival_flows where part = 'open' and standing = 'short' and day < $after
), left_out as (
    -- what somebody said not to count as a difference has arrived no more than before
    select record_id from base.row_states where leg = 'bank' and state = 'excluded' and reason = 'decided'
), paid_out as (
    select settlement_id as record_id, channel, coalesce(base.merchant_key(merchant_no), '-') as merchant, last_day as day from base.settlements
    union all
    select w.wallet_line_id, w.channel, coalesce(base.merchant_key(coalesce(w.merchant_no, a.merchant_no)), '-'), cast(w.occurred_at as date)
    from base.wallet_lines w left join base.wallet_file_accounts a on a.file_id = w.file_id where w.kind = 'withdrawal'
), contained as (
    select record_id from base.with_openings('paid_out') where day < opening_day or day < opening_transit_day
), every_sale as (
    select p.payment_id, l.settlement_id, p.channel, p.merchant_no, coalesce(base.merchant_key(coalesce(p.merchant_no, a.merchant_no)), '-') as merchant,
           cast(p.occurred_at as date) as day, p.amount - p.fee as net
    from base.payments p
    left join base.payment_links l on l.payment_id = p.payment_id
    left join base.wallet_file_accounts a on a.file_id = p.file_id and a.channel = p.channel
    where not p.cancelled and p.occurred_at < $after and p.payment_id not in (select payment_id from base.receipts_seen_twice)
), sales as (
    select *, coalesce(day < opening_day, false) as contained from base.with_openings('every_sale')
), partly as (
    -- a payout of days on both sides of the opening balance
    select settlement_id, sum(net) as amount from sales where contained and settlement_id is not null group by settlement_id
), every_line as (
    select l.channel, coalesce(l.merchant_no, a.merchant_no) as merchant_no, coalesce(base.merchant_key(coalesce(l.merchant_no, a.merchant_no)), '-') as merchant,
           cast(l.occurred_at as date) as day, l.amount
    from base.wallet_lines l
    left join base.wallet_file_accounts a on a.file_id = l.file_id
    where l.occurred_at < $after and l.kind not in ('purchase', 'purchase_refund', 'internal', 'closed')
), own as (
    select *, coalesce(day < opening_day, false) as contained from base.with_openings('every_line')
), wallets_opened as (
    select f.channel, base.merchant_key(o.account_no) as merchant, f.day, f.amount
    from base.arrival_flows f join base.openings o on o.opening_id = f.record_id and o.kind = 'wallet' and o.account_no is not null
    where f.part = 'opening' and f.day < $after
)
from (
select w.channel, case when r.match_id is not null then 'short' when t.late_from < $after then if(r.reason = 'decided', 'left_out', 'late') else 'expected' end as standing,
       if(c.record_id is null, coalesce(r.due_on, d.due_on, w.expected_on), n.expected_on) as due_on, w.no, w.first_day, w.last_day, w.bank_account,
       cast(if(r.match_id is not null, d.amount, w.amount) as decimal(18,2)) as amount, f.name as file, w.line, w.record_type, w.record_id
from (
    select 'settlement' as record_type, settlement_id as record_id, channel, external_id as no, first_day, last_day, expected_on, bank_account,
           net - coalesce(p.amount, 0) as amount, file_id, null as line
    from base.settlements left join partly p using (settlement_id)
    union all
    select 'wallet_line', wallet_line_id, channel, external_id, cast(occurred_at as date), cast(occurred_at as date), null, null, -amount, file_id, line
    from base.wallet_lines where kind = 'withdrawal'
) w
join base.row_states r on r.record_type = w.record_type and r.record_id = w.record_id and r.leg = 'bank'
left join base.carried_payouts c on c.record_id = w.record_id
left join base.settlements n on n.settlement_id = c.goes_with
left join base.payout_terms t on t.record_type = w.record_type and t.record_id = w.record_id
left join lacking d on d.record_type = w.record_type and d.record_id = w.record_id
left join base.source_files f on f.file_id = w.file_id
where ($channel is null or w.channel = $channel) and w.first_day < $after and (r.state in ('timing', 'difference') or c.record_id is not null or w.record_id in (from left_out))
  and if(r.match_id is null, w.record_id not in (from contained), d.amount is not null and w.record_id in (from short))
union all
select w.channel, 'in_wallet', null, w.merchant_no, min(w.day), max(w.day), null,
       cast(coalesce(sum(w.amount) filter (where not w.contained), 0) + coalesce(any_value(o.amount), 0) as decimal(18,2)), null, null, null, null
from own w
left join (
    select channel, merchant, sum(amount) as amount from wallets_opened group by all
) o on o.channel = w.channel and o.merchant = base.merchant_key(w.merchant_no)
where $channel is null or w.channel = $channel
group by w.channel, w.merchant_no
having coalesce(sum(w.amount) filter (where not w.contained), 0) + coalesce(any_value(o.amount), 0) <> 0
union all
select p.channel, 'unbilled', null, p.merchant_no, min(p.day), max(p.day), null, cast(sum(p.net) as decimal(18,2)), null, null, null, null
from sales p
where not p.contained and p.settlement_id is null and ($channel is null or p.channel = $channel)
  and p.channel in (select channel from base.settlements) and p.channel not in (select channel from base.wallet_lines where kind not in ('purchase', 'purchase_refund', 'internal', 'closed'))
group by p.channel, p.merchant_no
union all
select channel, 'opening', null, null, min(day), max(day), null, cast(sum(amount) as decimal(18,2)), null, null, null, null
from (
    select channel, day, amount from base.arrival_flows where part = 'open' and standing = 'opening' and day < $after
    union all
    select channel, day, -amount from wallets_opened where (channel, merchant) in (select channel, base.merchant_key(merchant_no) from own)
)
where $channel is null or channel = $channel
group by channel
having sum(amount) <> 0
)
order by array_position(['late', 'left_out', 'short', 'expected', 'unbilled', 'in_wallet', 'opening'], standing), due_on, channel, no
