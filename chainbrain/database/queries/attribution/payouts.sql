-- Payouts of the delivery platforms: settlement rows (one per shop and bill day) grouped by what is paid out together.

-- The rows that count: when a later file prints the same bill again (its state moved on), the later print counts.
create or replace temp table a_rows as
select r.settlement_row_id, r.channel, r.merchant_no, r.external_id, r.payout_account, r.bill_day, r.amount, r.pays_on, r.file_id,
       md5(concat_ws(chr(31), 'settlement', r.channel, coalesce(r.payout_account, r.external_id, r.merchant_no),
                     coalesce(cast(r.pays_on as varchar), 'bill ' || cast(r.bill_day as varchar))))::uuid as settlement_id
from base.settlement_rows r left join base.source_files f on f.file_id = r.file_id
qualify r.external_id is null
     or dense_rank() over (partition by r.channel, r.merchant_no, r.external_id, r.bill_day order by f.entry_id desc, f.file_id) = 1;

-- One row per bill: what its order rows must add up to. A bill spread over several payouts has no single payout.
create or replace temp table a_bills as
select channel, merchant_no, external_id, bill_day, sum(amount) as amount, min(settlement_id) as settlement_id,
       min(settlement_row_id) as settlement_row_id,
       count(*) over (partition by channel, merchant_no, bill_day) as bills_of_day
from a_rows
group by channel, merchant_no, external_id, bill_day
having count(distinct settlement_id) = 1;

-- Which payout a payment is in: by the number of its bill; rows without one by shop and day when that day has one bill.
create or replace temp table a_paid as
select p.payment_id, b.settlement_id, b.settlement_row_id
from base.payments p
join a_bills b on b.channel = p.channel and b.merchant_no = p.merchant_no and b.bill_day = p.bill_day and b.external_id = p.settlement_ref
union all
select p.payment_id, b.settlement_id, b.settlement_row_id
from base.payments p
join a_bills b on b.channel = p.channel and b.merchant_no = p.merchant_no and b.bill_day = p.bill_day
where b.bills_of_day = 1 and (p.settlement_ref is null or b.external_id is null);

delete from base.settlements;
insert into base.settlements
with paid as (
    select a.settlement_id, sum(p.amount) as gross, sum(p.fee) as fee
    from a_paid a join base.payments p on p.payment_id = a.payment_id
    where not p.cancelled group by a.settlement_id
), banks as (
    select channel, merchant_no, min(bank_account) as bank_account
    from main.merchant_accounts where bank_account is not null
    group by channel, merchant_no having count(distinct base.account_key(bank_account)) = 1
), grouped as (
    select r.settlement_id, r.channel,
           case when count(distinct r.merchant_no) = 1 then min(r.merchant_no) end as merchant_no,
           case when count(distinct r.external_id) = 1 then min(r.external_id) else min(r.payout_account) end as external_id,
           min(r.payout_account) as payout_account,
           case when count(distinct base.account_key(b.bank_account)) = 1 then min(b.bank_account) end as bank_account,
           min(r.bill_day) as first_day, max(r.bill_day) as last_day, sum(r.amount) as net, min(r.pays_on) as expected_on,
           min(r.file_id) as file_id
    from a_rows r left join banks b on b.channel = r.channel and b.merchant_no = r.merchant_no
    group by r.settlement_id, r.channel
)
select g.settlement_id, g.channel, g.merchant_no, g.external_id, g.payout_account, g.bank_account, g.first_day, g.last_day,
       p.gross, p.fee, g.net, g.expected_on, g.file_id
from grouped g left join paid p on p.settlement_id = g.settlement_id;
