-- One round of deposits that name nothing and bring several payouts: the same demands as for one payout (bank_unkeyed.sql),
-- and the chain must close: the payouts before and after the run are settled, or there are none.
insert into r_arrived
with counted as (
    select *, count(*) over (partition by bank_line_id) as of_line from r_runs
), claimed as (
    select channel, merchant, turn from (select channel, merchant, unnest(range(first_turn, last_turn + 1)) as turn from counted)
    group by all having count(*) > 1
), lone as (
    select * from counted c
    where of_line = 1 and first_turn < last_turn and by_payer and match_id in (from r_runs_sound) and exists (
        select 1 from (select unnest(c.records) as record_id) o where (o.record_id, c.bank_line_id) not in (from r_spoken_against)
    ) and not exists (
        select 1 from claimed t where t.channel = c.channel and t.merchant = c.merchant and t.turn between c.first_turn and c.last_turn
    )
), chained as (
    select l.*, d.payers
    from lone l
    join a_deposits d on d.bank_line_id = l.bank_line_id
    join r_lags g on g.bank_account = l.bank_account and g.channel = l.channel and g.lag = l.posted - l.expected_on
    where l.bank_line_id not in (from r_unlearned) and l.bank_line_id not in (select bank_line_id from r_bank_pairs p where p.exact and p.record_id not in (select record_id from r_arrived))
      and not exists (
          select 1 from r_expected e
          where e.channel = l.channel and e.merchant = l.merchant and e.turn in (l.first_turn - 1, l.last_turn + 1) and e.amount > 0
            and e.expected_on <= l.posted and e.record_id not in (select record_id from r_arrived)
      )
), idle as (
    select e.record_id, e.bank_account, e.channel, e.merchant, coalesce(e.expected_on, e.day) as due
    from r_expected e
    where e.record_id not in (select record_id from r_arrived) and (e.amount > 0 or not e.whole)
      and e.record_id not in (from r_spoken_for)
      and e.record_id not in (select record_id from r_accounted)
), crowded as (
    select c.*, s.spread,
           (select count(*) from r_unnamed_expected e join r_lags g on g.bank_account = e.bank_account and g.channel = e.channel and g.lag = c.posted - e.due
            where e.bank_account = c.bank_account and e.channel = c.channel) as rivals,
           (select count(*) from r_unnamed_deposits d where d.bank_account = c.bank_account and list_contains(d.payers, c.channel) and d.day = c.posted) as deposits
    from chained c join r_spread s on s.bank_account = c.bank_account and s.channel = c.channel
    where not exists (
        select 1 from idle i join r_lags g on g.bank_account = i.bank_account and g.channel = i.channel and g.lag = c.posted - i.due
        where i.bank_account = c.bank_account and list_contains(c.payers, i.channel) and not (i.channel = c.channel and i.merchant = c.merchant)
          and not exists (select 1 from r_paid_together t where t.channel = i.channel and t.merchant = i.merchant and t.least > c.amount)
    )
)
select match_id, bank_line_id, unnest(records), 'only_run', rivals, deposits, spread, posted - expected_on
from crowded where rivals * deposits * 1000 < spread;
