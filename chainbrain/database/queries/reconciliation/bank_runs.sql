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

-- Runs that are no accident (a sale that a bill lacks may be just what another day brought): the merchant is paid several at a
-- time more often than one, or nothing was left to pay before the last one, or no other open deposit that names the merchant
-- could be one of them and none that names nothing one of the earlier ones.
create or replace temp table r_runs_sound as
with singly as (
    select p.channel, e.merchant, count(distinct p.bank_line_id) as deposits
    from r_bank_pairs p join r_expected e on e.record_id = p.record_id where p.exact and e.turn is not null group by all
), together as (
    select channel, merchant, sum(deposits) as deposits
    from (
        select channel, merchant, count(distinct bank_line_id) as deposits from r_runs
        where first_turn < last_turn and bank_line_id not in (select bank_line_id from r_bank_pairs where exact) group by all
        union all
        select e.channel, e.merchant, count(distinct a.match_id) from r_arrived a join r_expected e on e.record_id = a.record_id
        where e.turn is not null and a.match_id in (select match_id from r_arrived group by match_id having count(distinct record_id) > 1) group by all
    )
    group by all
), parts as (
    select r.match_id, r.bank_line_id, r.bank_account, r.channel, r.merchant, r.last_turn, e.turn, coalesce(e.expected_on, e.day) as due,
           sum(e.amount) over (partition by r.match_id order by e.turn) as so_far
    from (select *, unnest(records) as record_id from r_runs where first_turn < last_turn) r join r_expected e on e.record_id = r.record_id
), others as (
    select d.bank_line_id, d.bank_account, d.day, d.payers, list(n.number) filter (where n.number is not null) as names
    from a_deposits d
    left join (
        select n.bank_line_id, n.number from a_deposit_numbers n join r_merchant_numbers m on m.number = n.number
    ) n on n.bank_line_id = d.bank_line_id
    where d.bank_line_id not in (select bank_line_id from r_arrived) group by all
)
select match_id from r_runs r
where first_turn = last_turn
   or exists (
       select 1 from together t left join singly s on s.channel = t.channel and s.merchant = t.merchant
       where t.channel = r.channel and t.merchant = r.merchant and t.deposits >= 2 and t.deposits > coalesce(s.deposits, 0)
   )
   or match_id not in (select match_id from parts where turn < last_turn and so_far > 0)
   or match_id not in (
       select p.match_id from parts p
       join others o on o.bank_account = p.bank_account and o.bank_line_id <> p.bank_line_id and list_contains(o.payers, p.channel) and o.day between p.due and p.due + 2
       where list_contains(o.names, p.merchant) or (o.names is null and p.turn < p.last_turn)
   );
