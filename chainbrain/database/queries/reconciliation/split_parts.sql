-- Expected parts to the cent: the floor of the share, so that the rest stays with the store (domain rule: nothing is
-- invented or lost); receivers that share the whole get what is left by the largest remainder. A refund takes back what
-- the rule of the sale's own day gives on what is left of it. A base without VAT is rounded half up to the cent, as an invoice
-- prints it; where the rate is not known nothing is reckoned. A rule for a group of products takes that part of the base, half
-- up to the cent; where the products of the order are not known nothing is reckoned either.
create or replace temp table r_split_totals as
with shares as (
    select t.sale_id, t.payment_id, t.step, c.split_rule_id, c.name, c.basis, c.receiver, c.whole, c.turn, c.category, s.store, t.day,
           greatest(case replace(c.basis, '_untaxed', '') when 'gross' then cast(s.amount as decimal(18,5)) when 'after_refunds' then t.kept when 'after_fees' then t.net else t.after_commission end, cast(0 as decimal(18,5))) as taxed,
           c.way, c.rate, c.fixed, coalesce(s.merchant = c.account, false) as to_itself, if(ends_with(c.basis, '_untaxed'), c.vat, null) as vat, g.part, g.whole as order_whole
    from r_split_steps t
    join r_split_sales s on s.sale_id = t.sale_id
    join r_split_choice c on c.store is not distinct from s.store and c.channel = s.channel and c.day = s.day
    left join r_split_shares g on g.sale_id = t.sale_id and g.category = c.category
    where (not ends_with(c.basis, '_untaxed') or c.vat is not null) and (c.category is null or g.sale_id is not null)
), untaxed as (
    select *, case when vat is null then taxed else cast(base.without_vat(taxed, vat) as decimal(18,5)) end as of_sale from shares
), based as (
    select *, case when category is null then of_sale else cast(base.of_group(of_sale, part, order_whole) as decimal(18,5)) end as base from untaxed
), floors as (
    select *, cast(floor(base * 100) as bigint) as base_fen,
           case way when 'fixed' then least(cast(fixed * 100 as bigint), cast(floor(base * 100) as bigint)) else cast(floor(base * rate * 100) as bigint) end as fen,
           case way when 'fixed' then 0 else base * rate * 100 - floor(base * rate * 100) end as remainder
    from based
)
select sale_id, payment_id, step, split_rule_id, name, receiver, category, store, day, to_itself, base_fen, fen from floors where not whole
union all
select sale_id, payment_id, step, split_rule_id, name, receiver, category, store, day, to_itself, base_fen,
       fen + case when row_number() over (receivers order by remainder desc, turn) <= base_fen - sum(fen) over receivers then 1 else 0 end
from floors where whole
window receivers as (partition by payment_id, name, basis, category);

delete from base.split_parts where in_scope(sale_id);
insert into base.split_parts (split_part_id, payment_id, rule, receiver, amount, split_rule_id, sale_id, store_id, business_day, base)
with changes as (
    select *, fen as part from r_split_totals where step = 1
    union all
    select t.*, t.fen - b.fen
    from r_split_totals t join r_split_totals b on b.sale_id = t.sale_id and b.split_rule_id = t.split_rule_id and b.step = t.step - 1
    where t.step > 1
)
select md5(concat_ws(chr(31), 'split_part', payment_id, name, receiver, category))::uuid, payment_id, name, receiver,
       cast(part as decimal(18,0)) * cast(0.01 as decimal(2,2)), split_rule_id, sale_id, store, day, cast(base_fen as decimal(18,0)) * cast(0.01 as decimal(2,2))
from changes
-- what a rule gives to the splitting merchant number itself stays where it is
where part <> 0 and not to_itself;
insert into r_scope select split_part_id, 'split_part', null from base.split_parts where not whole_run() and in_scope(sale_id) and not in_scope(split_part_id);
