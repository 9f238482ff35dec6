-- What splits are reckoned from: every sale that a rule may hold for, and after it each refund of it, with what has come in
-- up to then by every base that a contract may name.
create or replace temp table r_split_sales as
select payment_id as sale_id, channel, merchant, external_id, store, day, occurred_at, amount, fee, coalesce(commission, 0) as commission
from r_claims
where kind = 'payment' and payment_id not in (select payment_id from r_follows) and exists (from r_split_rules)
  and day >= (select min(valid_from) from r_split_rules) and day < (select max(valid_to) from r_split_rules);

-- One row per moment at which the base of a sale changes. All bases are of one type: laid together otherwise, the widest would
-- lose its decimals.
create or replace temp table r_split_steps as
with given as materialized (
    select * from r_claims where kind in ('refund', 'chargeback') and payment_id not in (select payment_id from r_follows)
), refunds as materialized (
    select n.sale_id, c.payment_id, c.day, c.occurred_at, c.amount, c.fee, coalesce(c.commission, 0) as commission
    from r_split_numbers n join given c on c.channel = n.channel and c.external_id = n.external_id
    where n.sale_id in (select sale_id from r_split_sales)
), moved as (
    select sale_id, sale_id as payment_id, 0 as later, day, occurred_at, amount, fee, commission from r_split_sales
    where sale_id in (select sale_id from refunds)
    union all
    select sale_id, payment_id, 1, day, occurred_at, amount, fee, commission from refunds
)
select sale_id, sale_id as payment_id, 1 as step, day, cast(amount as decimal(18,5)) as kept, cast(amount - fee as decimal(18,5)) as net,
       cast(amount - commission as decimal(18,5)) as after_commission
from r_split_sales where sale_id not in (select sale_id from refunds)
union all
select sale_id, payment_id, row_number() over way, day, cast(sum(amount) over way as decimal(18,5)), cast(sum(amount - fee) over way as decimal(18,5)),
       cast(sum(amount - commission) over way as decimal(18,5))
from moved
window way as (partition by sale_id order by later, occurred_at, payment_id rows between unbounded preceding and current row);

-- Which version of which rule holds for a store, channel and day of sale: the most special one, of these the newest. Rules for
-- one group of products hold beside those for the whole sale.
create or replace temp table r_split_choice as
with places as (
    select distinct store, channel, day from r_split_sales
), held as (
    select p.store, p.channel, p.day, r.* exclude (store, channel)
    from places p
    join r_split_rules r
      on (r.store is null or r.store = p.store) and (r.channel is null or r.channel = p.channel) and p.day >= r.valid_from and p.day < r.valid_to
    qualify row_number() over (
        partition by p.store, p.channel, p.day, r.name, r.receiver, r.category
        order by r.store is null, r.channel is null, r.valid_from desc, r.line desc, r.split_rule_id
    ) = 1
), untaxed as (
    -- the VAT rate where a base without it is asked for
    select d.store, d.day, base.vat_rate(s.taxpayer, d.day) as vat
    from (select distinct store, day from held where ends_with(basis, '_untaxed')) d left join r_stores s on s.store_id = d.store
)
select held.*, x.vat, sum(rate) over agreement = 1 and bool_and(way = 'ratio') over agreement as whole,
       row_number() over (agreement order by line, receiver, split_rule_id) as turn
from held left join untaxed x on x.store is not distinct from held.store and x.day = held.day
window agreement as (partition by held.store, held.channel, held.day, name, basis, category);
