-- Deposits that could bring one or several payouts of one merchant: settlement days that follow each other, none of them
-- settled yet, whose sum is the deposit to the cent (weekends, holidays, a minimum payout, a negative day carried over).
create or replace temp table r_runs as
with open as (
    select * from r_expected where turn is not null and amount <> 0 and record_id not in (select record_id from r_arrived)
), linked as (
    select *, turn - row_number() over (partition by channel, merchant order by turn) as stretch,
           sum(amount) over (partition by channel, merchant order by turn) as running
    from open
), sums as (
    select b.channel, b.merchant, b.bank_account, a.turn as first_turn, b.turn as last_turn, b.expected_on, cast(b.running - a.running + a.amount as decimal(18,2)) as amount
    from linked b join linked a on a.channel = b.channel and a.merchant = b.merchant and a.stretch = b.stretch and a.turn between b.turn - 13 and b.turn
), found as (
    select s.*, d.bank_line_id, d.day as posted, n.number is not null as named, coalesce(list_contains(d.payers, s.channel), false) as by_payer
    from sums s
    join a_deposits d on d.bank_account = s.bank_account and d.amount = s.amount and d.day between s.expected_on and s.expected_on + 4
    left join a_deposit_numbers n on n.bank_line_id = d.bank_line_id and n.number = s.merchant
    where s.amount > 0 and d.bank_line_id not in (select bank_line_id from r_arrived) and (d.payer is null or list_contains(d.payers, s.channel))
      and (n.number is not null or not exists (
          select 1 from a_deposit_numbers o join r_merchant_numbers m on m.number = o.number and m.channel = s.channel where o.bank_line_id = d.bank_line_id
      ))
), listed as (
    select f.*, string_agg(o.record_id, chr(31) order by o.record_id) as ids, list(o.record_id order by o.turn) as records
    from found f join open o on o.channel = f.channel and o.merchant = f.merchant and o.turn between f.first_turn and f.last_turn
    group by all
)
select md5(concat_ws(chr(31), 'settlement_bank', ids, bank_line_id))::uuid as match_id, * exclude (ids) from listed;
delete from r_runs where match_id in (select match_id from r_rejected);
