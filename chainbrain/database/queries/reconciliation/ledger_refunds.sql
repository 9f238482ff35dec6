-- Several refunds of one sale: by the amount, the earlier with the earlier; what no amount explains goes to the first
-- refund that still lacks such a line.
create or replace temp table r_refund_lines as
select *, coalesce(business_id, reference) as id from r_later where refund;
create or replace temp table r_wanted as
select b.payment_id, b.channel, i.id, c.charge, case when c.charge then -cast(round(b.fee, 2) as decimal(18,2)) else b.amount end as amount, b.occurred_at
from r_booked b,
     lateral (select unnest(list_distinct([b.external_id, b.merchant_order_no])) as id) i,
     (select unnest([false, true]) as charge) c
where b.refund and (not c.charge or b.fee <> 0) and (b.channel, i.id) in (select channel, id from r_refund_lines)
  and not exists (select 1 from r_attached a where a.payment_id = b.payment_id and a.charge = c.charge);
insert into r_attached
select l.wallet_line_id, w.payment_id, l.amount, l.charge
from (select *, row_number() over (partition by channel, id, charge, amount order by occurred_at, wallet_line_id) as rank from r_refund_lines) l
join (select *, row_number() over (partition by channel, id, charge, amount order by occurred_at, payment_id) as rank from r_wanted) w
  using (channel, id, charge, amount, rank);
insert into r_attached
select l.wallet_line_id, w.payment_id, l.amount, l.charge
from (
    select *, row_number() over (partition by channel, id, charge order by occurred_at, wallet_line_id) as rank
    from r_refund_lines where wallet_line_id not in (select wallet_line_id from r_attached)
) l
join (
    select *, row_number() over (partition by channel, id, charge order by occurred_at, payment_id) as rank
    from r_wanted w where not exists (select 1 from r_attached a where a.payment_id = w.payment_id and a.charge = w.charge)
) w using (channel, id, charge, rank);
