-- One round of deposits that name nothing: exact amount, a payer of the channel, own account, as late as usual, and each
-- other's only candidate among everything still open on the account. Alone that is not proof. Confirmed only when
-- * nothing else that is open could be behind the deposit: no money of a merchant without a habit (bank_lags.sql), and no payout
--   due at the same time that no other deposit of the right payer and day explains (its deposit may be this one, changed on the
--   way: of a few sales one may be more than half), but for those whose own deposit is known (bank_carried.sql) or that is paid
--   out only from a larger sum on;
-- * and the chance of a coincidence, payouts due × deposits of the day ÷ spread of the amounts in fen, is below 1 in 1,000.
--   Both are counted before the first round: a pair doubted in one round is not believed in the next.
insert into r_arrived
with open_pairs as (
    select p.*, count(*) over (partition by bank_line_id) as of_line, count(*) over (partition by record_id) as of_record
    from r_bank_pairs p
    where exact and bank_line_id not in (select bank_line_id from r_arrived) and record_id not in (select record_id from r_arrived)
), several as (
    select bank_line_id, unnest(records) as record_id from r_runs where first_turn < last_turn
), lonely as (
    select o.* from open_pairs o
    where of_line = 1 and of_record = 1 and (o.record_id, o.bank_line_id) not in (from r_spoken_against) and o.record_id not in (from r_doubtful)
      and not exists (select 1 from several s where s.bank_line_id = o.bank_line_id or s.record_id = o.record_id)
      -- the deposit may be that of an equal payout, or of a day whose bills are not there (bank_late.sql)
      and (o.record_id, o.bank_line_id) not in (from r_maybe_on_time)
      and not exists (from r_alike a where a.record_id = o.record_id and a.due between o.posted - 7 and o.posted)
), timely as (
    select l.* from lonely l
    join r_lags g on g.bank_account = l.bank_account and g.channel = l.channel and g.lag = l.posted - coalesce(l.expected_on, l.day)
    where l.by_payer and l.bank_line_id not in (from r_unlearned)
), idle as (
    select e.record_id, e.bank_account, e.channel, e.merchant, coalesce(e.expected_on, e.day) as due
    from r_expected e
    where e.record_id not in (select record_id from r_arrived) and e.record_id not in (select record_id from timely) and (e.amount > 0 or not e.whole)
      and e.record_id not in (from r_spoken_for)
      and e.record_id not in (select record_id from r_accounted where by_run)
), likely as (
    select l.*, s.spread
    from timely l
    join r_spread s on s.bank_account = l.bank_account and s.channel = l.channel
    join a_deposits d on d.bank_line_id = l.bank_line_id
    where not exists (
        select 1 from idle i join r_lags g on g.bank_account = i.bank_account and g.channel = i.channel and g.lag = l.posted - i.due
        where i.bank_account = l.bank_account and list_contains(d.payers, i.channel)
          and not exists (select 1 from r_paid_together t where t.channel = i.channel and t.merchant = i.merchant and t.least > l.amount)
    )
), crowded as (
    select l.bank_line_id, l.record_id, l.posted, coalesce(l.expected_on, l.day) as due, l.spread,
           (select count(*) from r_unnamed_expected e join r_lags g on g.bank_account = e.bank_account and g.channel = e.channel and g.lag = l.posted - e.due
            where e.bank_account = l.bank_account and e.channel = l.channel) as rivals,
           (select count(*) from r_unnamed_deposits d where d.bank_account = l.bank_account and list_contains(d.payers, l.channel) and d.day = l.posted) as deposits
    from likely l
)
select md5(concat_ws(chr(31), 'settlement_bank', record_id, bank_line_id))::uuid, bank_line_id, record_id, 'only_candidate', rivals, deposits, spread, posted - due
from crowded where rivals * deposits * 1000 < spread;
