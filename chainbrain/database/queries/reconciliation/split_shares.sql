-- What of each sale falls on the groups of products that rules name. A sale is of the order whose tender it paid; where the
-- till names none, of the order of its store whose number it bears. A number that several orders bear says nothing.
create or replace temp table r_split_asked as
select c.payment_id as sale_id, c.store, c.merchant_order_no, c.external_id
from r_claims c
where c.kind = 'payment' and c.payment_id not in (select payment_id from r_follows) and exists (from r_split_rules where category is not null);
create or replace temp table r_split_orders as
with asked as (
    from r_split_asked
), tills as (
    select distinct l.payment_id as sale_id, t.order_id
    from (select tender_id, payment_id from r_linked where not refund and payment_id in (select sale_id from r_split_asked)) l
    join r_tenders t on t.tender_id = l.tender_id
), numbers as (
    select sale_id, store, unnest([trim(merchant_order_no), trim(external_id)]) as number, unnest([1, 2]) as turn
    from asked where sale_id not in (select sale_id from tills)
), numbered as (
    select n.sale_id, if(count(distinct i.order_id) = 1, any_value(i.order_id), null) as order_id
    from numbers n join base.placed_order_items i on i.store_code = n.store and i.order_no = n.number
    group by n.sale_id, n.turn qualify n.turn = min(n.turn) over (partition by n.sale_id)
)
from tills union all by name select sale_id, order_id from numbered where order_id is not null;

create or replace temp table r_split_shares as
with wholes as (
    select distinct order_id, whole from base.order_groups
), sales as (
    -- paid for several orders: all of them must be known
    select o.sale_id, sum(w.whole) as whole from r_split_orders o left join wholes w on w.order_id = o.order_id
    group by o.sale_id having count(*) = count(w.order_id)
), parts as (
    select o.sale_id, g.category, sum(g.part) as part from r_split_orders o join base.order_groups g on g.order_id = o.order_id group by all
)
select s.sale_id, c.category, cast(coalesce(p.part, 0) as decimal(18,2)) as part, cast(s.whole as decimal(18,2)) as whole
from sales s
cross join (select distinct category from r_split_rules where category is not null) c
left join parts p on p.sale_id = s.sale_id and p.category = c.category;

delete from base.split_shares where in_scope(sale_id);
create or replace temp table r_split_given as
select payment_id, channel, external_id from r_claims
where kind in ('refund', 'chargeback') and payment_id not in (select payment_id from r_follows) and exists (from r_split_shares);
insert into base.split_shares by name
with moments as (
    select sale_id as payment_id, sale_id from r_split_orders
    union
    select c.payment_id, n.sale_id from r_split_numbers n join r_split_given c on c.channel = n.channel and c.external_id = n.external_id
), views as (
    -- an aggregator's bill and the wallet's own show one receipt twice; the month counts the aggregator's row
    from moments
    union
    select b.wallet_id, m.sale_id from moments m join r_bridges b on b.payment_id = m.payment_id
    union
    select b.payment_id, m.sale_id from moments m join r_bridges b on b.wallet_id = m.payment_id
)
select m.payment_id, s.sale_id, s.category, s.part, s.whole from r_split_shares s join views m on m.sale_id = s.sale_id;
