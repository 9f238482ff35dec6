-- What bills and contracts make due on a day. reading: by the day that the bill prints, or by the one that the contract counts from the last
-- day of sales (some bills print the day of clearing). A day with more given back than taken is carried into the next ones, until
-- that is made up for.
create or replace temp table r_bill_days as
with bills as (
    select e.record_id, e.bank_account, e.channel, e.merchant, e.amount, s.last_day, e.expected_on, c.due
    from r_expected e join base.settlements s on s.settlement_id = e.record_id left join a_contract_days c on c.settlement_id = e.record_id
    where e.record_type = 'settlement' and e.turn is null and e.bank_account is not null and e.merchant is not null
)
select * exclude (expected_on, due), coalesce(expected_on, due) as due, 'bill' as reading from bills where coalesce(expected_on, due) is not null
union all
select * exclude (expected_on, due), due, 'contract' from bills where due is not null and (channel, merchant) in (
    select channel, merchant from bills where expected_on <> due
);

-- The sums: of one merchant (the days of a weekend, a negative day with what makes up for it), or of all merchants that are paid
-- out that day. None of what is in them has come yet.
create or replace temp table r_bill_sums as
with days as (
    select reading, bank_account, channel, merchant, due, sum(amount) as amount from r_bill_days group by all
), running as (
    select *, sum(amount) over (partition by reading, bank_account, channel, merchant order by due) as so_far from days
), peaks as (
    select *, so_far > greatest(coalesce(max(so_far) over earlier, 0), 0) as pays from running
    window earlier as (partition by reading, bank_account, channel, merchant order by due rows between unbounded preceding and 1 preceding)
), numbered as (
    select *, coalesce(sum(cast(pays as integer)) over (
               partition by reading, bank_account, channel, merchant order by due rows between unbounded preceding and 1 preceding
           ), 0) as batch
    from peaks
), batches as (
    select n.reading, n.bank_account, n.channel, n.merchant, max(n.due) as due, array_agg(r.record_id order by r.record_id) as records, sum(r.amount) as amount
    from numbered n
    join r_bill_days r on r.reading = n.reading and r.bank_account = n.bank_account and r.channel = n.channel and r.merchant = n.merchant and r.due = n.due
    group by n.reading, n.bank_account, n.channel, n.merchant, n.batch
    having bool_or(n.pays) and max(n.due) - min(n.due) <= 31 and not bool_or(r.record_id in (select record_id from r_arrived))
)
select bank_account, channel, due, records, [merchant] as merchants, amount from batches where len(records) > 1
union
select bank_account, channel, due, list_sort(flatten(list(records))), list_sort(list(merchant)), sum(amount)
from batches group by reading, bank_account, channel, due having count(*) > 1;

-- Deposits that no payout alone explains, one row per channel that may have paid them, with the merchants that they name.
create or replace temp table r_unexplained as
select d.bank_line_id, d.bank_account, d.day, d.amount, d.channel, list(distinct n.number) filter (where m.number is not null) as names
from (select bank_line_id, bank_account, day, amount, unnest(payers) as channel from a_deposits) d
left join a_deposit_numbers n on n.bank_line_id = d.bank_line_id
left join r_merchant_numbers m on m.number = n.number and m.channel = d.channel
where d.bank_line_id not in (select bank_line_id from r_arrived)
  and d.bank_line_id not in (select bank_line_id from r_bank_pairs p where p.exact and p.record_id not in (select record_id from r_arrived))
group by d.bank_line_id, d.bank_account, d.day, d.amount, d.channel;
