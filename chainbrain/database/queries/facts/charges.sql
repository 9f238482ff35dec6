-- Rewrites what was charged on the payments whose fees differ, as base.difference_charges_of_rows tells it. They are few and written down
-- first: they are looked up among all links, not those among them.
create or replace temp table facts_charged as
select d.difference_id, p.payment_id, p.fee, p.commission, p.amount
from base.differences d join base.payments p on p.payment_id = d.record_id
where d.code in ('D07', 'D12') and d.record_type = 'payment';
delete from base.difference_charges;
insert into base.difference_charges
select c.difference_id, c.fee, c.commission, c.amount, l.account_id
from facts_charged c
left join (from base.payment_links where payment_id in (select payment_id from facts_charged)) l on l.payment_id = c.payment_id;
drop table facts_charged;
