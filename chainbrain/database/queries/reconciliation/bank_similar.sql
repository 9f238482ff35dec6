-- What an open deposit of another amount may be (never more than a suggestion): the payout whose merchant its memo names, or,
-- where it names nothing, the payout due that day that it would be at another usual rate, or whose amount is nearest, each
-- the other's nearest. Half to one and a half of the amount; something was held back, left out, charged or added.

-- The rates of the contracts, and the usual ones (domain: payments, section 4).
create or replace temp table r_usual_rates as
select distinct fee_rate as rate from r_contracts where fee_rate is not null
union
select unnest([0.0038, 0.006, 0.009, 0.01]::decimal(9,6)[]);
create or replace temp table r_other_rates as
select e.record_id, list(distinct cast(e.amount + s.fee - round((e.amount + s.fee) * r.rate, 2) as decimal(18,2))) as amounts
from r_open_payouts e join a_run_settlements s on s.settlement_id = e.record_id cross join r_usual_rates r group by e.record_id;

create or replace temp table r_similar as
with near as (
    select l.bank_line_id, e.record_id, n.number is not null as by_merchant, l.day - e.due as days,
           abs(l.amount - e.amount) as gap, list_contains(o.amounts, l.amount) as by_rate,
           coalesce((l.bank_line_id, if(w.says_sales_day, e.sold_on, e.due)) in (select bank_line_id, day from a_deposit_dates), false) as by_day,
           l.bank_line_id in (select bank_line_id from a_deposit_dates) as dated
    from r_loose_deposits l
    join r_open_payouts e on e.bank_account = l.bank_account and list_contains(l.payers, e.channel)
     and l.day between e.due and e.due + 4 and l.amount * 2 >= e.amount and l.amount * 2 <= e.amount * 3
    join r_memo_days w on w.record_id = e.record_id
    left join r_other_rates o on o.record_id = e.record_id
    left join a_deposit_numbers n on n.bank_line_id = l.bank_line_id and n.number = e.merchant
    left join r_lags g on g.bank_account = e.bank_account and g.channel = e.channel and g.lag = l.day - e.due
    where (n.number is not null or (not l.names_one and g.lag is not null))
      and l.bank_line_id not in (select unnest(lines) from r_combined) and e.record_id not in (select unnest(records) from r_combined)
), ranked as (
    select *, row_number() over (partition by bank_line_id order by by_merchant desc, by_day desc, by_rate desc, gap, record_id) as of_line,
           row_number() over (partition by record_id order by by_merchant desc, by_day desc, by_rate desc, gap, bank_line_id) as of_record
    from near
)
select md5(concat_ws(chr(31), 'settlement_bank', record_id, bank_line_id))::uuid as match_id, bank_line_id, record_id, by_merchant, days, by_merchant and (by_day or not dated) as firm,
       case when by_merchant then 'merchant_other_amount' else 'similar_amount' end as stage
from ranked where of_line = 1 and of_record = 1;
delete from r_similar where match_id in (select match_id from r_rejected);
