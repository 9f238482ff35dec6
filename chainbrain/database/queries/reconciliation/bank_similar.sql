-- What an open deposit of another amount may be (never more than a suggestion): the payout whose merchant its memo names, or,
-- where it names nothing, the payout due that day whose amount is nearest, each the other's nearest. Half to one and a half
-- of the amount; something was held back, left out, charged or added.
create or replace temp table r_similar as
with near as (
    select l.bank_line_id, e.record_id, n.number is not null as by_merchant, l.day - e.due as days, abs(l.amount - e.amount) as gap,
           (l.bank_line_id, e.due) in (select bank_line_id, day from a_deposit_dates) or coalesce((l.bank_line_id, e.sold_on) in (select bank_line_id, day from a_deposit_dates), false) as by_day
    from r_loose_deposits l
    join r_open_payouts e on e.bank_account = l.bank_account and list_contains(l.payers, e.channel)
     and l.day between e.due and e.due + 4 and l.amount * 2 >= e.amount and l.amount * 2 <= e.amount * 3
    left join a_deposit_numbers n on n.bank_line_id = l.bank_line_id and n.number = e.merchant
    left join r_lags g on g.bank_account = e.bank_account and g.channel = e.channel and g.lag = l.day - e.due
    where (n.number is not null or (not l.names_one and g.lag is not null))
      and l.bank_line_id not in (select unnest(lines) from r_combined) and e.record_id not in (select unnest(records) from r_combined)
), ranked as (
    select *, row_number() over (partition by bank_line_id order by by_merchant desc, by_day desc, gap, record_id) as of_line,
           row_number() over (partition by record_id order by by_merchant desc, by_day desc, gap, bank_line_id) as of_record
    from near
)
select md5(concat_ws(chr(31), 'settlement_bank', record_id, bank_line_id))::uuid as match_id, bank_line_id, record_id, by_merchant, days,
       case when by_merchant then 'merchant_other_amount' else 'similar_amount' end as stage
from ranked where of_line = 1 and of_record = 1;
delete from r_similar where match_id in (select match_id from r_rejected);

-- One sale that would explain the gap: of this payout and not paid with it, or of a neighbouring one and paid with this.
insert into r_reasons
with gaps as (
    select s.match_id, s.record_id, e.channel, e.merchant, e.sold_on, d.amount - e.amount as gap
    from r_similar s join r_expected e on e.record_id = s.record_id join a_deposits d on d.bank_line_id = s.bank_line_id
), found as (
    select g.match_id, case when a.settlement_id = g.record_id then 'item_missing' else 'item_of_other_day' end as why, p.payment_id
    from gaps g
    join a_run_settlements s on s.channel = g.channel and s.merchant = g.merchant and s.last_day between g.sold_on - 40 and g.sold_on + 1
    join a_run_paid a on a.settlement_id = s.settlement_id and not a.cancelled
    join base.payments p on p.payment_id = a.payment_id
     and cast(round(p.amount - p.fee, 2) as decimal(18,2)) = case when a.settlement_id = g.record_id then -g.gap else g.gap end
    where g.gap <> 0
), counted as (
    select match_id, why, count(*) as found, min(payment_id) as payment_id from found group by match_id, why
)
select match_id, json_object('why', why, 'found', found, 'payment', payment_id)
from counted qualify row_number() over (partition by match_id order by why) = 1;
