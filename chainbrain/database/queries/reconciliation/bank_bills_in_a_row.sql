-- A deposit that names its merchant and brings several of its bills in a row, the last of them due that day: what a minimum payout
-- carried over. The bill before them has come, or there is none; no other deposit that is open could be one of them, not one that
-- is just as much either: the last bill may lack a row that is as much as the one before.
insert into r_arrived
with numbered as (
    select *, row_number() over (partition by reading, bank_account, channel, merchant order by due, last_day, record_id) as turn,
           record_id in (select record_id from r_arrived) as came
    from r_bill_days
), followed as (
    select *, lag(came, 1, true) over (partition by reading, bank_account, channel, merchant order by turn) as before from numbered
), open as (
    select *, turn - row_number() over way as stretch, sum(amount) over way as running from followed where not came
    window way as (partition by reading, bank_account, channel, merchant order by turn)
), runs as (
    select b.reading, b.bank_account, b.channel, b.merchant, a.turn as first_turn, b.turn as last_turn, a.due as first_due, b.due, b.running - a.running + a.amount as amount
    from open b
    join open a on a.reading = b.reading and a.bank_account = b.bank_account and a.channel = b.channel and a.merchant = b.merchant and a.stretch = b.stretch
     and a.turn between b.turn - 6 and b.turn - 1
    where a.before
), fitting as (
    select r.*, d.bank_line_id
    from runs r join r_unexplained d on d.bank_account = r.bank_account and d.channel = r.channel and d.amount = r.amount and d.day = r.due and d.names = [r.merchant]
    where d.bank_line_id not in (select bank_line_id from r_arrived)
), listed as (
    select distinct * from (
        select f.bank_line_id, f.bank_account, f.channel, f.merchant, f.first_due, f.due, list_sort(list(o.record_id)) as records
        from fitting f
        join numbered o on o.reading = f.reading and o.bank_account = f.bank_account and o.channel = f.channel and o.merchant = f.merchant and o.turn between f.first_turn and f.last_turn
        group by f.reading, f.first_turn, f.last_turn, f.bank_line_id, f.bank_account, f.channel, f.merchant, f.first_due, f.due
    )
), counted as (
    select *, md5(concat_ws(chr(31), 'settlement_bank', array_to_string(cast(records as varchar[]), chr(31)), bank_line_id))::uuid as match_id, count(*) over (partition by bank_line_id) as of_line
    from listed
)
select match_id, bank_line_id, unnest(records), 'bills_in_a_row', null, null, null, 0
from counted c
where of_line = 1 and match_id not in (select match_id from r_rejected)
  and not exists (select 1 from counted o where o.bank_line_id <> c.bank_line_id and list_has_any(o.records, c.records))
  and not exists (
      select 1 from r_bank_pairs p
      where p.exact and list_contains(c.records, p.record_id) and p.bank_line_id <> c.bank_line_id and p.bank_line_id not in (select bank_line_id from r_arrived)
  )
  and not exists (
      select 1 from r_unexplained d
      where d.bank_account = c.bank_account and d.channel = c.channel and d.bank_line_id <> c.bank_line_id and d.day between c.first_due and c.due + 2
        and d.bank_line_id not in (select bank_line_id from r_arrived) and (d.names is null or list_contains(d.names, c.merchant))
  );
