-- Rewrites which money is due and when, as base.due_money_of_rows tells it. What is under way is little and written down first: it is
-- looked up among all wallet lines, not they among it.
create or replace temp table facts_due as
select record_type, record_id, due_on from base.row_states
where leg = 'bank' and state = 'timing' and record_type in ('settlement', 'wallet_line');
delete from base.due_money;
insert into base.due_money
select channel, due_on, count(*)
from (
    select s.channel, d.due_on from facts_due d join base.settlements s on d.record_type = 'settlement' and s.settlement_id = d.record_id
    union all
    select w.channel, d.due_on from facts_due d join base.wallet_lines w on d.record_type = 'wallet_line' and w.wallet_line_id = d.record_id
)
group by all;
drop table facts_due;
