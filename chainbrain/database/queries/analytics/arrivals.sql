-- One row per merchant number and month: the roll-forward of its money on the way, exact to the cent: opening + gross - refunds - fees
-- + other - received = closing; and what is still open, added up on its own. Fees have up to five decimals: the cents of a
-- month are those by which the rounded sum since the beginning grew. What cannot be known is null: what arrived without a
-- bank statement, or without a ledger or payouts to hold against it; and so the closing from then on.
-- Of what is still open, what is late (due and not there) and what came short of payouts that did arrive, as the money in transit of the
-- channel tells them (queries/analytics/transit.sql): deposits beyond an opening are of what is late or short, of their number first and of
-- the whole channel, in the row of what names no number, where they name none. The rest of it is not due yet.
with flows as (
    select channel, merchant, cast(date_trunc('month', day) as date) as month,
           coalesce(sum(amount) filter (where part = 'opening'), 0) as opening, coalesce(sum(amount) filter (where part = 'gross'), 0) as gross,
           coalesce(sum(amount) filter (where part = 'refunds'), 0) as refunds, coalesce(sum(amount) filter (where part = 'fees'), 0) as fees,
           coalesce(sum(amount) filter (where part = 'other'), 0) as other, coalesce(sum(amount) filter (where part = 'received'), 0) as received,
           coalesce(sum(amount) filter (where part = 'open'), 0) as still_open
    from {flows} group by channel, merchant, month
), span as (
    select min(day) as first, max(day) as last from {flows}
), months as (
    select cast(unnest(generate_series(date_trunc('month', first), last, interval 1 month)) as date) as month from span
), workdays as (
    -- a statement begins and ends with its first and last posting, so a weekend or a holiday at its edge is no gap
    select d.day
    from (select cast(unnest(generate_series(cast(first as timestamp), cast(last as timestamp), interval 1 day)) as date) as day from span) d
    left join base.holidays h on h.day = d.day
    where coalesce(h.kind = 'workday', false) or (isodow(d.day) < 6 and coalesce(h.kind <> 'holiday', true))
), asked as (
    select cast(date_trunc('month', day) as date) as month, count(*) as days from workdays group by all
), purses as (
    select channel, merchant, min(month) as since, sum(opening) <> 0 as opened from flows group by channel, merchant
), banks as (
    select distinct channel, base.merchant_key(merchant_no) as merchant, base.account_key(bank_account) as bank_account
    from main.merchant_accounts where bank_account is not null
), statements as (
    select base.account_key(account_no) as bank_account, cast(date_trunc('month', day) as date) as month, count(distinct day) as days,
           count(distinct day) filter (where day in (from workdays)) as workdays
    from base.coverage, span where kind = 'bank' and whole and day between span.first and span.last group by all
), covered as (
    select b.channel, b.merchant, s.month, max(s.days) as days, max(s.workdays) as workdays from banks b join statements s on s.bank_account = b.bank_account group by all
), stores as (
    select channel, merchant, count(distinct store_id) as stores, case when count(distinct store_id) = 1 then min(store_id) end as store_id
    from (
        select channel, coalesce(base.merchant_key(merchant_no), '-') as merchant, store_id from main.merchant_accounts
        union
        select distinct p.channel, coalesce(base.merchant_key(coalesce(p.merchant_no, a.merchant_no)), '-'), l.store_id
        from base.payments p join base.payment_links l on l.payment_id = p.payment_id
        left join base.wallet_file_accounts a on a.file_id = p.file_id and a.channel = p.channel
    )
    group by channel, merchant
), ledgers as (
    select distinct channel, merchant from {flows} where part = 'open'
), wallets as (
    select distinct channel, merchant from {flows} where part = 'open' and standing = 'in_wallet'
), waiting_months as (
    select channel, merchant, cast(date_trunc('month', day) as date) as month, sum(late) as late, sum(short) as short, sum(opened) as opened
    from (
        select channel, merchant, day, if(short, 0, amount) as late, if(short, amount, 0) as short, 0 as opened from {late}
        union all
        select channel, merchant, day, 0, 0, amount from {flows}
        where part = 'open' and standing = 'opening' and (channel, merchant) not in (from wallets)
    )
    group by all
), months_of as (
    select p.channel, p.merchant, p.since, p.opened, m.month, coalesce(d.days, 0) as days,
           coalesce(f.opening, 0) as entered, coalesce(f.gross, 0) as gross, coalesce(f.refunds, 0) as refunds, coalesce(f.fees, 0) as fees,
           coalesce(f.other, 0) as other, coalesce(f.received, 0) as received, coalesce(f.still_open, 0) as still_open,
           coalesce(l.late, 0) as late, coalesce(l.short, 0) as short, coalesce(l.opened, 0) as uncleared, coalesce(c.workdays, 0) as bank_days, g.channel is not null as ledger,
           p.merchant = '-' or coalesce(c.days, 0) > 0 or coalesce(f.received, 0) <> 0 as bank
    from purses p
    join months m on m.month >= p.since
    left join flows f on f.channel = p.channel and f.merchant = p.merchant and f.month = m.month
    left join asked d on d.month = m.month
    left join covered c on c.channel = p.channel and c.merchant = p.merchant and c.month = m.month
    left join waiting_months l on l.channel = p.channel and l.merchant = p.merchant and l.month = m.month
    left join ledgers g on g.channel = p.channel and g.merchant = p.merchant
), rolled as (
    select *, sum(entered + gross - refunds + other - received) over so_far as moved, round(sum(fees) over so_far, 2) as charged,
           sum(fees) over so_far as charged_exactly, sum(still_open) over so_far as waiting,
           sum(late) over so_far as late_by_then, sum(short) over so_far as short_by_then, sum(uncleared) over so_far as opened_by_then, bool_and(ledger and bank) over so_far as known
    from months_of
    window so_far as (partition by channel, merchant order by month rows unbounded preceding)
), taken as (
    select channel, merchant, month, if(merchant = '-', 0, least(greatest(-opened_by_then, 0), greatest(late_by_then + short_by_then, 0))) as of_number from rolled
), taken_whole as (
    select r.channel, r.month, least(greatest(-coalesce(sum(r.opened_by_then) filter (where r.merchant = '-'), 0), 0),
                                     greatest(sum(r.late_by_then + r.short_by_then - t.of_number), 0)) as of_channel
    from rolled r join taken t on t.channel = r.channel and t.merchant = r.merchant and t.month = r.month
    group by r.channel, r.month
), shown as (
    select *, moved - charged as closing, charged - coalesce(lag(charged) over purse, 0) as cents, coalesce(lag(known) over purse, true) as known_before,
           round(moved - charged_exactly - waiting, 2) as unexplained
    from rolled
    window purse as (partition by channel, merchant order by month)
)
select s.month, s.channel, s.merchant, t.store_id, coalesce(n.name, t.store_id) as store, coalesce(t.stores, 0) as stores,
       cast(if(s.known_before, s.closing - (s.gross - s.refunds - s.cents + s.other - s.received), null) as decimal(18,2)) as opening,
       cast(s.gross as decimal(18,2)) as gross, cast(s.refunds as decimal(18,2)) as refunds, cast(s.cents as decimal(18,2)) as fees,
       cast(s.other as decimal(18,2)) as other, cast(if(s.ledger and s.bank, s.received, null) as decimal(18,2)) as received,
       cast(if(s.known, s.closing, null) as decimal(18,2)) as closing,
       cast(if(s.known, s.closing - s.unexplained - round(s.late_by_then - k.of_number - if(s.merchant = '-', w.of_channel, 0), 2) - round(s.short_by_then, 2), null) as decimal(18,2)) as coming,
       cast(if(s.known, s.late_by_then - k.of_number - if(s.merchant = '-', w.of_channel, 0), null) as decimal(18,2)) as late,
       cast(if(s.known, s.short_by_then, null) as decimal(18,2)) as short,
       cast(if(s.known, s.closing - s.unexplained, null) as decimal(18,2)) as unsettled, cast(if(s.known, s.unexplained, null) as decimal(18,2)) as unexplained,
       nullif(concat_ws(chr(10),
           case when s.merchant = '-' then 'arrivals.untold' when t.stores > 1 then 'arrivals.shared' end,
           case when s.month = s.since and not s.opened and s.merchant <> '-'
                then if(s.channel in (select channel from purses where opened and merchant = '-'), 'arrivals.opening_untold', 'arrivals.no_opening') end,
           case when not s.ledger then 'arrivals.no_ledger' when not s.bank then 'arrivals.no_bank'
                when s.merchant <> '-' and s.bank_days < s.days then 'arrivals.bank_gaps' end
       ), '') as remark
from shown s
join taken k on k.channel = s.channel and k.merchant = s.merchant and k.month = s.month
join taken_whole w on w.channel = s.channel and w.month = s.month
left join stores t on t.channel = s.channel and t.merchant = s.merchant
left join base.known_stores n on n.store_id = t.store_id
where ($first is null or s.month >= date_trunc('month', cast($first as date))) and ($after is null or s.month < cast($after as date))
  and ($channel is null or s.channel = $channel) and ($merchant is null or s.merchant = coalesce(base.merchant_key($merchant), '-'))
  and ($stores is null or list_contains($stores::varchar[], t.store_id))
order by s.month, t.store_id nulls last, s.channel, s.merchant
