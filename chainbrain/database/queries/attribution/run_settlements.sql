-- The payouts that the learned habits give: what arrives together, which payments it pays out, whether all its days are there.
create or replace temp table a_run_settlements as
with days as (
    select n.*, h.merged, case when h.merged then n.arrives else n.day end as batch
    from a_run_nets n
    join base.payout_habits h on h.channel = n.channel and h.merchant = n.merchant and h.cutoff = n.cutoff and h.rule = n.rule and h.fees = n.fees
), whole as (
    select distinct c.channel, base.merchant_key(coalesce(c.account_no, f.merchant_no)) as merchant, c.day
    from base.coverage c left join base.wallet_file_accounts f on f.file_id = c.file_id where c.kind = 'wallet' and c.whole
)
select md5(concat_ws(chr(31), 'settlement', 'run', d.channel, d.merchant, min(d.day), max(d.day)))::uuid as settlement_id, d.channel, d.merchant, d.batch,
       min(d.day) as first_day, max(d.day) as last_day, sum(d.gross) as gross,
       case when any_value(d.fees) = 'batch' then round(sum(d.taken), 2) else sum(d.taken) end as fee,
       run_net(any_value(d.fees), sum(d.gross), sum(d.taken), sum(d.handed_on)) as net, max(d.arrives) as expected_on,
       -- a settlement day that ends before or after midnight lies on two days
       bool_and(w.day is not null and (d.cutoff = 0 or v.day is not null)) as complete
from days d
left join whole w on w.channel = d.channel and w.merchant = d.merchant and w.day = d.day
left join whole v on v.channel = d.channel and v.merchant = d.merchant and v.day = d.day + case when d.cutoff < 0 then -1 else 1 end
group by d.channel, d.merchant, d.batch;

create or replace temp table a_run_paid as
select p.payment_id, s.settlement_id, p.cancelled
from a_run_payments p
join base.payout_habits h on h.channel = p.channel and h.merchant = p.merchant
join a_run_settlements s on s.channel = p.channel and s.merchant = p.merchant
 and p.day + case when h.cutoff < 0 and p.minute >= 1440 + h.cutoff then 1 when h.cutoff > 0 and p.minute < h.cutoff then -1 else 0 end
     between s.first_day and s.last_day;

insert into base.settlements
select s.settlement_id, s.channel, m.merchant_no, null, null, r.bank_account, s.first_day, s.last_day, s.gross, s.fee, s.net, s.expected_on, f.file_id
from a_run_settlements s
join a_runners r on r.channel = s.channel and r.merchant = s.merchant
join (
    select channel, base.merchant_key(merchant_no) as merchant, min(merchant_no) as merchant_no from main.merchant_accounts group by all
) m on m.channel = s.channel and m.merchant = s.merchant
join (
    select a.settlement_id, min(p.file_id) as file_id from a_run_paid a join base.payments p on p.payment_id = a.payment_id group by all
) f on f.settlement_id = s.settlement_id;
