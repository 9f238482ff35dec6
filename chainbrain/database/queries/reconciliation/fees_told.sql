-- Each charge that is off as a difference: against the business is negative. Wallets answer at the ledger, acquirers and
-- platforms at the payout; a run by another rate is told apart from single claims.
create or replace temp table r_overcharged as
select o.payment_id, o.channel, o.store, o.day, o.expected - o.charge as amount, if(o.basis = 'commission', 'D12', 'D07') as code,
       case when o.basis = 'commission' then 'commission' when o.channel in (select channel from r_platforms) then 'acquirer' else 'contract' end
       || if(r.payment_id is null, '', '_rate') as cause
from r_off o left join r_rerated r on r.payment_id = o.payment_id;

insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select md5(concat_ws(chr(31), 'difference', code, payment_id, split_part(cause, '_', 1)))::uuid, code, 'open', store, day, null, amount, 'payment',
       payment_id, channel, cause
from r_overcharged;
