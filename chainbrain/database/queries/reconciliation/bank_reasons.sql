-- What would explain to the cent why an open deposit is not the payout that it may be: one row per match, reason and payment
-- or rate. chance: how many answers of the kind a gap that has nothing to do with them would find.
create or replace temp table r_lacks as
select s.match_id, s.record_id, e.channel, e.merchant, e.sold_on, d.amount, d.amount - e.amount as gap, e.amount + r.fee as base, r.fee, h.fees, r.first_day, r.last_day
from r_similar s
join r_expected e on e.record_id = s.record_id
join a_deposits d on d.bank_line_id = s.bank_line_id
join a_run_settlements r on r.settlement_id = s.record_id
join base.payout_habits h on h.channel = e.channel and h.merchant = e.merchant
where d.amount <> e.amount;

-- The rows of the payout (own) and those of the merchant's other days, with what each adds to a payout.
create or replace temp table r_lack_rows as
with rates as (
    select channel, merchant, min(fee_rate) as rate from r_contracts group by all having count(distinct fee_rate) = 1
)
select l.match_id, l.gap, a.settlement_id = l.record_id as own, p.payment_id, p.kind, p.occurred_at, p.amount, s.last_day > l.last_day as later,
       cast(round(p.amount - case l.fees when 'item' then p.fee when 'batch' then coalesce(p.amount * k.rate, p.fee) else 0 end, 2) as decimal(18,2)) as net
from r_lacks l
join a_run_settlements s on s.channel = l.channel and s.merchant = l.merchant and s.last_day between l.sold_on - 180 and l.sold_on + 10
join a_run_paid a on a.settlement_id = s.settlement_id and not a.cancelled
join base.payments p on p.payment_id = a.payment_id
left join rates k on k.channel = l.channel and k.merchant = l.merchant
where l.gap <> 0;

create or replace temp table r_explained as
with twins as (
    select match_id, payment_id from r_lack_rows where own and kind = 'payment'
    qualify count(*) over (partition by match_id, amount, occurred_at) > 1
), read as (
    -- what a row would mean, and the gap that it would leave
    select match_id, gap, payment_id, unnest(case
               when own and kind = 'payment'
               then [{'why': if((match_id, payment_id) in (from twins), 'row_twice', 'item_missing'), 'leaves': -net}, {'why': 'item_paid_twice', 'leaves': net}]
               when own then [{'why': 'refund_not_taken', 'leaves': -net}, {'why': 'refund_taken_twice', 'leaves': net}]
               when kind = 'payment' and later then [{'why': 'item_of_other_day', 'leaves': net}]
               when kind = 'payment' then [{'why': 'item_of_other_day', 'leaves': net}, {'why': 'sale_taken_back', 'leaves': -net}]
               when kind = 'chargeback' then [{'why': 'chargeback', 'leaves': net}]
               else [{'why': 'refund_of_other_day', 'leaves': net}]
           end) as would
    from r_lack_rows
), sorts as (
    select match_id, would.why as why, count(*) as size, greatest((max(would.leaves) - min(would.leaves)) * 100, 1000) as spread,
           count(*) filter (where would.leaves = gap) as found, min(payment_id) filter (where would.leaves = gap) as payment_id
    from read group by match_id, would.why
)
select match_id, why, found, payment_id, null::decimal(9,6) as rate, size / cast(spread as double) as chance from sorts where found > 0;

-- The fee: by another rate, rounded otherwise, not taken at all, or that of the month before in one sum.
insert into r_explained
with own as (
    select channel, merchant, list(distinct fee_rate) as rates from r_contracts where fee_rate is not null group by all
), sums as (
    select l.match_id, l.amount, l.base, o.rate, coalesce(list_contains(w.rates, o.rate), false) as agreed,
           unnest(list_distinct([
               cast(round(l.base * o.rate, 2) as decimal(18,2)), cast(sum(round(r.amount * o.rate, 2)) as decimal(18,2)),
               cast(sum(trunc(r.amount * o.rate * 100) / 100) as decimal(18,2))
           ])) as fee
    from r_lacks l
    cross join r_usual_rates o
    join r_lack_rows r on r.match_id = l.match_id and r.own
    left join own w on w.channel = l.channel and w.merchant = l.merchant
    group by l.match_id, l.amount, l.base, o.rate, agreed
), months as (
    select l.match_id, l.gap, sum(p.fee) as billed, sum(p.amount) as gross, any_value(w.rates) as rates
    from r_lacks l
    join a_run_payments p on p.channel = l.channel and p.merchant = l.merchant and not p.cancelled
     and date_trunc('month', p.day) = date_trunc('month', l.sold_on) - interval 1 month
    left join own w on w.channel = l.channel and w.merchant = l.merchant
    group by l.match_id, l.gap
)
select match_id, if(agreed, 'fee_rounding', 'fee_rate'), 1, null, rate, count(*) over (partition by match_id, agreed) / cast(greatest(base, 1) as double)
from sums where base - fee = amount
union all
-- a sum of fees in fractions of a fen can be rounded either way
select match_id, 'fee_rounding', 1, null, null, 0.02 from r_lacks where abs(gap) = 0.01 and fee <> round(fee, 2)
union all
select match_id, 'fee_not_taken', 1, null, null, 0.001 from r_lacks where gap = fee and fee > 0
union all
select match_id, 'fee_of_month', 1, null, null, 0.002 from months
where -gap = round(billed, 2) and gap < 0 or list_contains(list_transform(rates, lambda rate: cast(round(gross * rate, 2) as decimal(18,2))), -gap)
union all
select match_id, 'part_only', 1, null, null, 0.001 from r_lacks where gap < 0 and amount % 100 = 0;
