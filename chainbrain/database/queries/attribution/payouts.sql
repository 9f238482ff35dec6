-- Payouts of the delivery platforms: settlement rows (one per shop and bill day) grouped by what is paid out together.

-- The rows that count: a bill is printed again when its state moves on, and the print that knows the (later) day of the
-- payout counts, whichever was imported first. Rows without a number are told apart by shop, day and amount. Parts of a
-- bill that is not printed count once each, whichever of overlapping exports has them; a printed bill counts in their place.
create or replace temp table a_rows as
with prints as (
    select r.*, f.last_day as printed_to, max(r.pays_on) over (partition by r.channel, r.merchant_no, r.external_id, r.bill_day, r.file_id) as payday,
           row_number() over (
               partition by r.channel, r.merchant_no, r.external_id, r.bill_day, r.amount, r.pays_on order by r.file_id, r.sheet, r.line
           ) as copy
    from base.settlement_rows r left join base.source_files f on f.file_id = r.file_id
    where r.part is null
), bills as (
    select * from prints
    qualify case
        when external_id is null
        then row_number() over (partition by channel, merchant_no, external_id, bill_day, amount, copy order by pays_on desc nulls last, settlement_row_id) = 1
        else dense_rank() over (
            partition by channel, merchant_no, external_id, bill_day order by payday desc nulls last, printed_to desc nulls last, file_id
        ) = 1
    end
), records as (
    select * from base.settlement_rows where part is not null
    qualify row_number() over (
        partition by channel, merchant_no, bill_day, part, amount
        order by external_id is null, pays_on desc nulls last, settlement_row_id
    ) = 1
), parts as (
    select r.* replace (
        -- An export from before the payout was settled lacks its day; one day is known of the bill.
        coalesce(r.pays_on, case when min(r.pays_on) over bill = max(r.pays_on) over bill then max(r.pays_on) over bill end) as pays_on
    )
    from records r
    anti join bills b
        on b.channel = r.channel and b.merchant_no = r.merchant_no and b.external_id is not distinct from r.external_id and b.bill_day = r.bill_day
    window bill as (partition by r.channel, r.merchant_no, r.external_id, r.bill_day)
), counted as (
    select settlement_row_id, channel, merchant_no, external_id, payout_account, bill_day, amount, pays_on, file_id from bills
    union all
    select settlement_row_id, channel, merchant_no, external_id, payout_account, bill_day, amount, pays_on, file_id from parts
)
select *, md5(concat_ws(chr(31), 'settlement', channel, coalesce(payout_account, external_id, merchant_no),
                        coalesce(cast(pays_on as varchar), 'bill ' || cast(bill_day as varchar))))::uuid as settlement_id
from counted;

-- One row per bill: what its order rows must add up to. A bill spread over several payouts has no single payout.
create or replace temp table a_bills as
select channel, merchant_no, external_id, bill_day, sum(amount) as amount, min(settlement_id) as settlement_id,
       min(settlement_row_id) as settlement_row_id,
       count(*) over (partition by channel, merchant_no, bill_day) as bills_of_day,
       count(*) over (partition by channel, merchant_no, external_id) as bills_of_number
from a_rows
group by channel, merchant_no, external_id, bill_day
having count(distinct settlement_id) = 1;

-- Which payout a payment is in: by the number of its bill, and its day where the payment's list names one; rows without a
-- number by shop and day when that day has one bill.
create or replace temp table a_paid as
select p.payment_id, b.settlement_id, b.settlement_row_id
from base.payments p
join a_bills b on b.channel = p.channel and b.merchant_no = p.merchant_no and b.bill_day = p.bill_day and b.external_id = p.settlement_ref
union all
select p.payment_id, b.settlement_id, b.settlement_row_id
from base.payments p
join a_bills b on b.channel = p.channel and b.merchant_no = p.merchant_no and b.external_id = p.settlement_ref
where p.bill_day is null and b.bills_of_number = 1
union all
select p.payment_id, b.settlement_id, b.settlement_row_id
from base.payments p
join a_bills b on b.channel = p.channel and b.merchant_no = p.merchant_no and b.bill_day = p.bill_day
where b.bills_of_day = 1 and (p.settlement_ref is null or b.external_id is null);

-- When the contract has an acquirer's bills paid out, where it has said the same all along.
create or replace temp table a_terms as
select m.channel, m.merchant_no, left(min(m.settlement_rule), 1) as unit, cast(substr(min(m.settlement_rule), 2) as integer) as days,
       (m.channel, m.merchant_no) in (select channel, merchant_no from a_rows where pays_on is not null and merchant_no is not null) as told_by_bills
from main.merchant_accounts m
where m.channel in (select channel from base.acquirers)
group by m.channel, m.merchant_no
having count(distinct m.settlement_rule) = 1 and count(m.settlement_rule) = count(*) and regexp_matches(min(m.settlement_rule), '^[DT][0-9]{1,2}$');

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
       p.gross, p.fee, g.net, coalesce(g.expected_on, case t.unit when 'D' then g.last_day + t.days else z.day end), g.file_id
from grouped g
left join paid p on p.settlement_id = g.settlement_id
-- Bills that never say when they are paid out. Those of unionpay are of the day of clearing, on which they may be paid out already.
left join a_terms t on t.channel = g.channel and t.merchant_no = g.merchant_no and not t.told_by_bills and t.channel <> 'unionpay'
left join a_days a on t.unit = 'T' and a.day = g.last_day
left join a_days z on z.works and z.work_no = a.work_no + t.days;

-- The day on which each bill comes by its contract, whatever the bill says: some print the day of clearing.
create or replace temp table a_contract_days as
select s.settlement_id, case t.unit when 'D' then s.last_day + t.days else z.day end as due
from base.settlements s
join a_terms t on t.channel = s.channel and t.merchant_no = s.merchant_no
left join a_days a on t.unit = 'T' and a.day = s.last_day
left join a_days z on z.works and z.work_no = a.work_no + t.days;
