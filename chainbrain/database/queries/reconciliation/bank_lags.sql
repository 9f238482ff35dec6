-- How late deposits of a channel usually reach an account: on the day, and as late as the named ones that came, those that
-- came too late to be believed too (bank_runs_named.sql). Where memos name nothing, as late as those that are each other's only
-- candidate: one of them proves nothing, but three that are late alike are no accident.
create or replace temp table r_lags as
with came as (
    -- what came together came on its day
    select e.bank_account, e.channel, if(a.stage in ('due_together', 'bills_in_a_row'), 0, d.day - coalesce(e.expected_on, e.day)) as lag
    from r_arrived a join r_expected e on e.record_id = a.record_id join a_deposits d on d.bank_line_id = a.bank_line_id
    where e.bank_account is not null
    union all
    select bank_account, channel, posted - expected_on from r_runs
    where named and first_turn = last_turn and posted > expected_on + 2 and bank_line_id not in (select bank_line_id from r_arrived)
    union all
    select bank_account, channel, posted - coalesce(expected_on, day)
    from (
        select *, count(*) over (partition by bank_line_id) as of_line, count(*) over (partition by record_id) as of_record
        from r_bank_pairs
        where exact and by_payer and record_id in (select record_id from r_expected where turn is null) and bank_line_id not in (select bank_line_id from r_arrived) and record_id not in (select record_id from r_arrived)
    )
    where of_line = 1 and of_record = 1 and bank_account is not null
), seen as (
    select *, count(*) as times from came group by all
)
select distinct bank_account, channel, 0 as lag from r_expected where bank_account is not null
union
select bank_account, channel, lag from seen where times >= 3
qualify times * 20 >= sum(times) over (partition by bank_account, channel);

-- What is still open when the unnamed ones begin.
create or replace temp table r_unnamed_expected as
select record_id, bank_account, channel, coalesce(expected_on, day) as due from r_expected
where amount > 0 and record_id not in (select record_id from r_arrived);
create or replace temp table r_unnamed_deposits as
select bank_line_id, bank_account, day, payers from a_deposits where bank_line_id not in (select bank_line_id from r_arrived);

-- Deposits that name nothing and may bring the money of a merchant of whom no habit was learned: nobody knows on which days it
-- comes and in what parts, so that no payout of it stands among what is open. It took as much on that account and channel
-- within the last month.
create or replace temp table r_unlearned as
select distinct d.bank_line_id
from r_unnamed_deposits d
join a_deposits a on a.bank_line_id = d.bank_line_id
join a_runners r on r.bank_account = d.bank_account and list_contains(d.payers, r.channel)
join a_run_days t on t.channel = r.channel and t.merchant = r.merchant and t.cutoff = 0 and t.day between d.day - 30 and d.day
where (r.channel, r.merchant) not in (select channel, merchant from base.payout_habits)
group by d.bank_line_id, a.amount, r.channel, r.merchant having sum(greatest(t.gross, 0)) >= a.amount;
