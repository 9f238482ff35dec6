-- The ledger leg: every payment against the lines of the wallet's own ledger.
create or replace temp view r_lines as
select w.wallet_line_id, w.channel, base.merchant_key(coalesce(w.merchant_no, f.merchant_no)) as merchant, w.business_id, w.occurred_at, w.kind,
       w.amount, w.reference, w.file_id,
       w.kind in ('fee', 'fee_return') as charge,
       w.kind in ('refund', 'fee_return', 'refund_closed') or (w.kind in ('fee', 'coupon') and w.amount * case when w.kind = 'fee' then 1 else -1 end > 0) as refund,
       w.kind in ('payment', 'refund', 'fee', 'fee_return', 'refund_closed', 'coupon') as of_payment
from base.wallet_lines w left join base.wallet_file_accounts f on f.file_id = w.file_id;

create or replace temp view r_booked as
select payment_id, channel, merchant, external_id, merchant_order_no, refund_id, merchant_refund_no, occurred_at, kind <> 'payment' as refund,
       amount, fee, day, store, file_id
from r_payments
where kind in ('payment', 'refund', 'chargeback', 'adjustment') and not cancelled and channel not in (select channel from r_platforms);

-- Numbers that name exactly one payment; joins go by the hash and then hold the numbers against each other.
create or replace temp table r_names as
select hash(channel, refund, id) as name, any_value(id) as id, any_value(payment_id) as payment_id
from (
    select channel, refund, case when refund then refund_id else external_id end as id, payment_id from r_booked
)
where id is not null
group by name having count(*) = 1;

create or replace temp table r_attached as
select l.wallet_line_id, n.payment_id, l.amount, l.charge
from (select *, hash(channel, refund, business_id) as name from r_lines where of_payment) l
join r_names n on n.name = l.name and n.id = l.business_id;

-- A refund's line by the voucher (the merchant's refund number), or by the number of the sale when that sale has one
-- refund only; a charge by its voucher, the merchant's order number.
create or replace temp table r_later as
select * from r_lines where of_payment and wallet_line_id not in (select wallet_line_id from r_attached);
create or replace temp table r_aliases as
select channel, merchant, refund, id, min(payment_id) as payment_id
from (
    select channel, merchant, true as refund, merchant_refund_no as id, payment_id from r_booked where refund and merchant_refund_no is not null
    union all
    select channel, merchant, true, external_id, payment_id from r_booked where refund and external_id is not null
    union all
    select channel, merchant, refund, merchant_order_no, payment_id from r_booked where merchant_order_no is not null
)
where (channel, id) in (select channel, business_id from r_later union all select channel, reference from r_later)
group by channel, merchant, refund, id having count(distinct payment_id) = 1;
insert into r_attached
select l.wallet_line_id, coalesce(a.payment_id, b.payment_id), l.amount, l.charge
from r_later l
left join r_aliases a on a.channel = l.channel and a.refund = l.refund and a.id = l.business_id and a.merchant = coalesce(l.merchant, a.merchant)
left join r_aliases b on b.channel = l.channel and b.refund = l.refund and b.id = l.reference and b.merchant = l.merchant
where coalesce(a.payment_id, b.payment_id) is not null
qualify row_number() over (partition by l.wallet_line_id order by a.payment_id, b.payment_id) = 1;

-- Several refunds of one sale: by the amount, the earlier with the earlier; what no amount explains goes to the first
-- refund that still lacks such a line.
create or replace temp table r_later as
select *, coalesce(business_id, reference) as id from r_lines
where of_payment and refund and wallet_line_id not in (select wallet_line_id from r_attached);
create or replace temp table r_wanted as
select b.payment_id, b.channel, i.id, c.charge, case when c.charge then -cast(round(b.fee, 2) as decimal(18,2)) else b.amount end as amount, b.occurred_at
from r_booked b,
     lateral (select unnest(list_distinct([b.external_id, b.merchant_order_no])) as id) i,
     (select unnest([false, true]) as charge) c
where b.refund and (not c.charge or b.fee <> 0) and (b.channel, i.id) in (select channel, id from r_later)
  and not exists (select 1 from r_attached a where a.payment_id = b.payment_id and a.charge = c.charge);
insert into r_attached
select l.wallet_line_id, w.payment_id, l.amount, l.charge
from (select *, row_number() over (partition by channel, id, charge, amount order by occurred_at, wallet_line_id) as rank from r_later) l
join (select *, row_number() over (partition by channel, id, charge, amount order by occurred_at, payment_id) as rank from r_wanted) w
  using (channel, id, charge, amount, rank);
insert into r_attached
select l.wallet_line_id, w.payment_id, l.amount, l.charge
from (
    select *, row_number() over (partition by channel, id, charge order by occurred_at, wallet_line_id) as rank
    from r_later where wallet_line_id not in (select wallet_line_id from r_attached)
) l
join (
    select *, row_number() over (partition by channel, id, charge order by occurred_at, payment_id) as rank
    from r_wanted w where not exists (select 1 from r_attached a where a.payment_id = w.payment_id and a.charge = w.charge)
) w using (channel, id, charge, rank);

create or replace temp table r_ledgers as
select distinct w.channel, base.merchant_key(coalesce(w.merchant_no, f.merchant_no)) as merchant
from (select distinct channel, merchant_no, file_id from base.wallet_lines) w left join base.wallet_file_accounts f on f.file_id = w.file_id
where coalesce(w.merchant_no, f.merchant_no) is not null
union select distinct channel, merchant from r_ledger_days
union select distinct b.channel, b.merchant from r_booked b where b.payment_id in (select payment_id from r_attached);

-- Per payment: what the ledger booked beside what the trade bill says. The ledger may book net in one line.
create or replace temp table r_booking as
with sums as (
    select payment_id, sum(amount) filter (where not charge) as gross, sum(amount) filter (where charge) as charged, sum(amount) as net,
           count(*) as lines, count(*) filter (where not charge) as main_lines, min(wallet_line_id) as first_line, max(wallet_line_id) as last_line
    from r_attached group by payment_id
)
select b.payment_id, b.channel, b.merchant, b.store, b.day, b.occurred_at, b.amount, b.fee, b.file_id, coalesce(s.gross, 0) as gross, coalesce(s.charged, 0) as charged, coalesce(s.lines, 0) as lines, coalesce(s.main_lines, 0) as main_lines, s.first_line, s.last_line,
       cast(round(b.amount - b.fee, 2) as decimal(18,2)) as expected_net,
       coalesce(s.net, 0) = cast(round(b.amount - b.fee, 2) as decimal(18,2)) as agrees
from r_booked b
join r_ledgers k on k.channel = b.channel and k.merchant is not distinct from b.merchant
left join sums s on s.payment_id = b.payment_id;

-- Identity of a match: the payment and its lines. Up to two lines are named by first and last; more are listed.
create or replace temp table r_long as
select payment_id, string_agg(cast(wallet_line_id as varchar), ' ' order by wallet_line_id) as lines
from r_attached where payment_id in (select payment_id from r_booking where lines > 2) group by payment_id;
create or replace temp table r_ledger_matches as
select md5(concat_ws(chr(31), 'payment_wallet', b.payment_id, coalesce(l.lines, concat_ws(' ', b.first_line, nullif(b.last_line, b.first_line)))))::uuid as match_id,
       b.payment_id, b.amount - b.fee as net, b.agrees
from r_booking b left join r_long l on l.payment_id = b.payment_id
where b.lines > 0;
delete from r_attached where payment_id in (select payment_id from r_ledger_matches where match_id in (select match_id from r_rejected));
delete from r_ledger_matches where match_id in (select match_id from r_rejected);

create or replace temp view r_matches_ledger as
select match_id, 'payment_wallet' as kind, 'confirmed' as state, 'ledger_number' as stage, 1 as solutions,
       '{"key":"ledger_number"}'::json as explanation
from r_ledger_matches;
create or replace temp view r_members_ledger as
select match_id, 'inner' as side, 'payment' as record_type, payment_id as record_id, net as amount from r_ledger_matches
union all
select m.match_id, 'outer', 'wallet_line', a.wallet_line_id, a.amount
from r_ledger_matches m join r_attached a on a.payment_id = m.payment_id;
