-- Executed parts laid beside the expected ones, per sale, receiver and direction. A line names its receiver by name or by
-- account; Alipay's 分润 names none and is held against all parts of the sale together.
-- Receivers that share an account are one for what was executed: the bill names the account only. advance: a receiver whose
-- tiers go by the month; what is split to it beforehand is on account of that month.
create or replace temp table r_split_labels as
with receivers as (
    select trim(receiver) as receiver, upper(trim(receiver_account)) as account, way in ('progressive', 'flat') as monthly from main.split_rules
), one as (
    select receiver, coalesce(min(first), receiver) as payee
    from (select receiver, min(receiver) over (partition by coalesce(account, receiver)) as first from receivers) group by receiver
)
select label, min(payee) as payee, bool_and(monthly) as advance
from (
    select upper(r.receiver) as label, o.payee, r.monthly from receivers r join one o on o.receiver = r.receiver
    union
    select r.account, o.payee, r.monthly from receivers r join one o on o.receiver = r.receiver where r.account is not null
)
group by label;

-- Receivers of a sale whose part cannot be known: a base without VAT of a store of which nobody said what taxpayer it is, or
-- on a day without a rate; a group of products of an order whose products are not there.
create or replace temp table r_split_unknown as
select s.sale_id, k.payee as receiver, min(if(ends_with(c.basis, '_untaxed') and c.vat is null, 'split_base_unknown', 'split_items_unknown')) as why
from r_split_sales s
join r_split_choice c on c.store is not distinct from s.store and c.channel = s.channel and c.day = s.day
join r_split_labels k on k.label = upper(c.receiver)
where ends_with(c.basis, '_untaxed') and c.vat is null or c.category is not null and s.sale_id not in (select sale_id from r_split_shares)
group by all;

create or replace temp table r_split_done as
with named as (
    select split_line_id, l.channel, base.merchant_key(merchant_no) as merchant, coalesce(payment_external_id, split_part(external_id, '-', 1)) as number,
           nullif(upper(trim(receiver)), '') as label, amount, coalesce(status, 'success') as status, occurred_at, file_id
    from base.split_lines l where in_scope(l.split_line_id)
)
select n.*, s.sale_id, coalesce(k.payee, n.label) as receiver, coalesce(n.label = n.merchant, false) as to_itself, coalesce(k.advance, false) as advance
from named n
left join r_split_numbers s on s.channel = n.channel and s.external_id = n.number
left join r_split_labels k on k.label = n.label;

-- Sales of which a line names no receiver.
create or replace temp table r_split_pooled as
select distinct sale_id from r_split_done where label is null and sale_id is not null;

-- returned is what a row is; back is what it is judged with.
create or replace temp table r_split_sides as
select p.split_part_id as id, true as expected, p.sale_id, case when o.sale_id is null then k.payee else '' end as receiver, p.amount < 0 as back,
       p.amount, 'success' as status, p.business_day as day, p.amount < 0 as returned
from base.split_parts p
join r_split_labels k on k.label = upper(p.receiver)
left join r_split_pooled o on o.sale_id = p.sale_id
where in_scope(p.sale_id)
union all
select d.split_line_id, false, d.sale_id, case when o.sale_id is null then d.receiver else '' end, d.amount < 0, d.amount, d.status, cast(d.occurred_at as date), d.amount < 0
from r_split_done d left join r_split_pooled o on o.sale_id = d.sale_id
where d.sale_id in (select sale_id from r_split_sales) and not d.to_itself and not d.advance and d.status <> 'failed' and d.amount <> 0;

-- What went out is held against what was to go out, what came back against what was to come back. Where the first do not
-- agree and there are both, only the two together say anything: a refund before the split, a mistake put right.
create or replace temp table r_split_receivers as
select sale_id, receiver, coalesce(sum(amount) filter (where expected), 0) as due,
       coalesce(sum(amount) filter (where not expected and status = 'success'), 0) as done,
       coalesce(sum(amount) filter (where not expected and status <> 'success'), 0) as under_way,
       count(*) filter (where expected) as parts, count(*) filter (where not expected and status = 'success') as lines, bool_and(back) as only_back,
       bool_or(back) and bool_or(not back) as mixed,
       bool_or(back) and bool_or(not back)
       and coalesce(sum(amount) filter (where expected and not back), 0) <> coalesce(sum(amount) filter (where not expected and not back), 0) as together,
       max(day) filter (where expected) as day, max(day) filter (where not expected and status = 'success') as done_on,
       min(id) filter (where expected) as part_id, min(id) filter (where not expected) as line_id, count(*) as members
from r_split_sides group by sale_id, receiver;

update r_split_sides set back = false
from r_split_receivers r where r.together and r.sale_id = r_split_sides.sale_id and r.receiver = r_split_sides.receiver;

-- What a match is named by: its parts and lines. Nearly all have one of each; only where there are more they are listed.
create or replace temp table r_split_groups as
with sums as (
    select * exclude (mixed, together), only_back as back from r_split_receivers where not mixed or together
    union all by name
    select s.sale_id, s.receiver, s.back, coalesce(sum(s.amount) filter (where s.expected), 0) as due,
           coalesce(sum(s.amount) filter (where not s.expected and s.status = 'success'), 0) as done,
           coalesce(sum(s.amount) filter (where not s.expected and s.status <> 'success'), 0) as under_way,
           count(*) filter (where s.expected) as parts, count(*) filter (where not s.expected and s.status = 'success') as lines, s.back as only_back,
           max(s.day) filter (where s.expected) as day, max(s.day) filter (where not s.expected and s.status = 'success') as done_on,
           min(s.id) filter (where s.expected) as part_id, min(s.id) filter (where not s.expected) as line_id, count(*) as members
    from r_split_sides s join r_split_receivers r on r.sale_id = s.sale_id and r.receiver = s.receiver and r.mixed and not r.together
    group by s.sale_id, s.receiver, s.back
), listed as (
    select s.sale_id, s.receiver, s.back, string_agg(cast(s.id as varchar), ' ' order by s.expected desc, s.id) as ids
    from r_split_sides s join sums g on g.sale_id = s.sale_id and g.receiver = s.receiver and g.back = s.back and g.members > 2
    where s.expected or s.status = 'success' group by all
)
select g.*, md5(concat_ws(chr(31), 'split', coalesce(l.ids, concat_ws(' ', g.part_id, g.line_id))))::uuid as match_id
from sums g left join listed l on l.sale_id = g.sale_id and l.receiver = g.receiver and l.back = g.back;
