-- A deposit that is all that bills make due on its day (bank_bill_sums.sql) but for one bill, or for one day of one: the only such thing that
-- it lacks to the cent. That is a choice among several, so never more than a suggestion; what is lacking is its gap.
insert into r_combined
with sums as (
    select bank_account, channel, due, records, merchants, amount from r_bill_sums
    union
    select bank_account, channel, due, [record_id], [merchant], amount from r_bill_days where amount > 0
), open as (
    select *, row_number() over (order by bank_account, channel, due, records) as sum_no from sums
    where not list_has_any(records, coalesce((select list(distinct record_id) from r_arrived), []))
), parts as (
    select o.sum_no, o.record_id, a.bill_day, sum(a.amount) as part, count(*) over (partition by o.sum_no) as choices, count(*) over (partition by o.sum_no, o.record_id) as days
    from (select sum_no, unnest(records) as record_id from open) o join a_rows a on a.settlement_id = o.record_id
    group by o.sum_no, o.record_id, a.bill_day
), fitting as (
    select d.bank_line_id, p.record_id as lacking, p.bill_day, p.choices, o.bank_account, o.channel, o.due, coalesce(len(d.names), 0) > 0 as named,
           if(p.days = 1, list_filter(o.records, lambda record: record <> p.record_id), o.records) as records
    from open o
    join parts p on p.sum_no = o.sum_no and p.part > 0
    join r_unexplained d on d.bank_account = o.bank_account and d.channel = o.channel and d.day = o.due and d.amount = o.amount - p.part
    where d.bank_line_id not in (select bank_line_id from r_arrived) and (d.names is null or list_has_all(o.merchants, d.names))
), counted as (
    select f.*, count(*) over (partition by f.bank_line_id) as of_line,
           (select count(*) from r_unexplained u where u.bank_account = f.bank_account and u.channel = f.channel and u.day = f.due) as deposits
    from (select distinct * from fitting where len(records) > 0) f
), likely as (
    select c.*, md5(concat_ws(chr(31), 'settlement_bank', array_to_string(cast(c.records as varchar[]), chr(31)), c.bank_line_id))::uuid as match_id
    from counted c join r_spread s on s.bank_account = c.bank_account and s.channel = c.channel
    where c.of_line = 1 and c.choices * c.deposits * 1000 < s.spread
)
select match_id, 'due_but_one', [bank_line_id], records, named, 0 from likely
where match_id not in (select match_id from r_rejected) and bank_line_id not in (select unnest(lines) from r_combined);
