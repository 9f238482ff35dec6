-- What is not simply as agreed, per sale, receiver and direction.
create or replace temp table r_split_done as
with named as (
    select l.split_line_id, r.sale_id, l.channel, base.merchant_key(merchant_no) as merchant, nullif(upper(trim(receiver)), '') as label, amount, coalesce(status, 'success') as status, occurred_at, file_id
    from base.split_lines l join (select distinct line_id, sale_id from r_split_rest) r on r.line_id = l.split_line_id
)
select n.*, coalesce(k.payee, n.label) as receiver, coalesce(n.label = n.merchant, false) as to_itself, coalesce(k.advance, false) as advance
from named n
left join r_split_labels k on k.label = n.label;

-- returned is what a row is; back is what it is judged with.
create or replace temp table r_split_sides as
with parts as materialized (
    select * from base.split_parts where split_part_id in (select part_id from r_split_rest)
)
select p.split_part_id as id, true as expected, p.sale_id, case when o.sale_id is null then k.payee else '' end as receiver, p.amount < 0 as back,
       p.amount, 'success' as status, p.business_day as day, p.amount < 0 as returned, y.file_id
from base.payments y
join parts p on p.payment_id = y.payment_id
join r_split_labels k on k.label = upper(p.receiver)
left join r_split_pooled o on o.sale_id = p.sale_id
union all
select d.split_line_id, false, d.sale_id, case when o.sale_id is null then d.receiver else '' end, d.amount < 0, d.amount, d.status, cast(d.occurred_at as date), d.amount < 0, d.file_id
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
