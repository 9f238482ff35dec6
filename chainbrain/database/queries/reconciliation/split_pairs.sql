-- Executed parts laid beside the expected ones. A line names its receiver by name or by account; Alipay's 分润 names none and is
-- held against all parts of the sale together.
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
with unknown as materialized (
    select distinct c.store, c.channel, c.day, k.payee, ends_with(c.basis, '_untaxed') and c.vat is null as untaxed
    from r_split_choice c join r_split_labels k on k.label = upper(c.receiver)
    where ends_with(c.basis, '_untaxed') and c.vat is null or c.category is not null
)
select s.sale_id, u.payee as receiver, min(if(u.untaxed, 'split_base_unknown', 'split_items_unknown')) as why
from r_split_sales s join unknown u on u.channel = s.channel and u.day = s.day and u.store is not distinct from s.store
where u.untaxed or s.sale_id not in (select sale_id from r_split_shares)
group by all;

-- Whom each spelling in the bills and the rules means.
create or replace temp table r_split_names as
select n.spelling, n.label, coalesce(k.payee, n.label) as receiver, coalesce(k.advance, false) as advance,
       cast(dense_rank() over (order by coalesce(k.payee, n.label)) as integer) as payee
from (
    select receiver as spelling, nullif(upper(trim(receiver)), '') as label
    from (select receiver from r_split_spellings union select receiver from r_split_choice) where receiver is not null
) n
left join r_split_labels k on k.label = n.label;
create or replace temp table r_split_selves as
select distinct s.merchant_no, s.receiver from r_split_spellings s join r_split_names n on n.spelling = s.receiver and n.label = base.merchant_key(s.merchant_no);

-- Each part beside each line of its sale and receiver: of nearly all there is one beside one, of the same amount. These are
-- done with here; only the rest is looked at more closely.
create or replace temp table r_split_pairs as
with parts as (
    select p.split_part_id as part_id, p.sale_id, n.payee, p.amount, p.business_day as day, p.payment_id = p.sale_id as sold
    from base.split_parts p left join r_split_names n on n.spelling = p.receiver
    where in_scope(p.sale_id)
), lines as (
    select l.split_line_id as line_id, s.sale_id, s.file_id as sale_file, n.payee, n.label is null as unnamed, l.amount, cast(l.occurred_at as date) as done_on, l.file_id,
           coalesce(l.status, 'success') = 'success' and not n.advance and x.receiver is null as counts
    from base.split_lines l
    left join r_split_numbers s on s.channel = l.channel and s.external_id = coalesce(l.payment_external_id, split_part(l.external_id, '-', 1))
    left join r_split_names n on n.spelling = l.receiver
    left join r_split_selves x on x.receiver = l.receiver and x.merchant_no = l.merchant_no
    where in_scope(l.split_line_id)
)
select coalesce(p.sale_id, l.sale_id) as sale_id, coalesce(p.payee, l.payee) as payee, p.part_id, l.line_id, p.amount, p.day, l.done_on, l.file_id, l.sale_file, l.unnamed,
       case when p.sold and p.amount = l.amount and l.counts then md5(concat('split', chr(31), p.part_id, ' ', l.line_id))::uuid end as match_id
from parts p full join lines l on l.sale_id = p.sale_id and l.payee = p.payee;

-- Sales of which a line names no receiver.
create or replace temp table r_split_pooled as
select distinct sale_id from r_split_pairs where unnamed and line_id is not null and sale_id is not null;

-- Where more than one meets one, or the part cannot be known, equal amounts say nothing yet.
create or replace temp table r_split_crowded as
with doubtful as materialized (
    -- a bit for each receiver: where the bits are as many as the rows, no receiver is there twice
    select sale_id from r_split_pairs where sale_id is not null and payee is not null
    group by sale_id having bit_count(bit_or(1::bigint << (payee % 62))) < count(*)
)
select sale_id, payee from r_split_pairs where sale_id in (from doubtful) and payee is not null group by sale_id, payee having count(*) > 1
union all
select sale_id, payee from r_split_pairs where sale_id in (from r_split_pooled) and payee is not null
union all
select distinct u.sale_id, n.payee from r_split_unknown u join r_split_names n on n.receiver = u.receiver;
create or replace temp table r_split_rest as
select sale_id, part_id, line_id from r_split_pairs where match_id is null
union all
select sale_id, part_id, line_id from r_split_pairs semi join r_split_crowded using (sale_id, payee)
union all
select sale_id, part_id, line_id from r_split_pairs where match_id in (select match_id from r_rejected);
delete from r_split_pairs where match_id is null or match_id in (select match_id from r_rejected);
delete from r_split_pairs p using r_split_crowded c where c.sale_id = p.sale_id and c.payee = p.payee;
