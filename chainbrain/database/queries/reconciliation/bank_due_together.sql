-- A deposit that brings all that its bills or contracts make due on its day (bank_bill_sums.sql): of one merchant, or of all merchants that
-- its payer pays out to the account. No other combination is looked for; where nothing is named the chance of a coincidence, sums of
-- the day × deposits ÷ spread, must be as small as for a single payout (bank_unkeyed.sql).
insert into r_arrived
with names as (
    select n.bank_line_id, m.channel, list(distinct n.number) as numbers
    from a_deposit_numbers n join r_merchant_numbers m on m.number = n.number group by n.bank_line_id, m.channel
), fitting as (
    select s.*, d.bank_line_id, d.day, coalesce(len(n.numbers), 0) as named
    from r_bill_sums s
    join a_deposits d on d.bank_account = s.bank_account and d.amount = s.amount and d.day = s.due
    left join names n on n.bank_line_id = d.bank_line_id and n.channel = s.channel
    where (list_contains(d.payers, s.channel) or d.payer is null and n.numbers is not null) and (n.numbers is null or list_has_all(s.merchants, n.numbers) and list_has_all(n.numbers, s.merchants))
      and d.bank_line_id not in (select bank_line_id from r_arrived)
      and d.bank_line_id not in (select bank_line_id from r_bank_pairs p where p.exact and p.record_id not in (select record_id from r_arrived))
      and d.bank_line_id not in (select bank_line_id from r_misspelt)
), counted as (
    select f.*, md5(concat_ws(chr(31), 'settlement_bank', array_to_string(cast(f.records as varchar[]), chr(31)), f.bank_line_id))::uuid as match_id,
           p.spread, count(*) over (partition by f.bank_line_id) as of_line,
           (select count(*) from r_bill_sums b where b.bank_account = f.bank_account and b.channel = f.channel and b.due = f.due) as sums,
           (select count(*) from a_deposits d where d.bank_account = f.bank_account and d.day = f.day and list_contains(d.payers, f.channel)
              and d.bank_line_id not in (select bank_line_id from r_arrived)) as deposits
    from fitting f join r_spread p on p.bank_account = f.bank_account and p.channel = f.channel
), sound as (
    select * from counted c
    where of_line = 1 and (named > 0 or sums * deposits * 1000 < spread) and match_id not in (select match_id from r_rejected)
      -- nothing of it is claimed by another deposit as well, with others or by itself
      and not exists (select 1 from counted o where o.bank_line_id <> c.bank_line_id and list_has_any(o.records, c.records))
      and not exists (
          select 1 from r_bank_pairs p
          where p.exact and list_contains(c.records, p.record_id) and p.bank_line_id <> c.bank_line_id and p.bank_line_id not in (select bank_line_id from r_arrived)
      )
)
select match_id, bank_line_id, unnest(records), 'due_together', null, null, null, 0 from sound;
