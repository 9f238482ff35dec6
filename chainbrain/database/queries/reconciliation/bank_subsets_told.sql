-- Combinations of payouts as suggestions. Ids are those of other groups at the bank: what was found before is not told twice,
-- and what a person turned down is no answer any more.
create or replace temp table r_subset_answers as
with named as (
    select *, md5(concat_ws(chr(31), 'settlement_bank', array_to_string(list_sort(cast(records as varchar[])), chr(31)), bank_line_id))::uuid as match_id
    from r_subsets
), kept as (
    select * replace (answers - count(*) filter (where match_id in (select match_id from r_rejected)) over (partition by bank_line_id) as answers) from named
)
select * from kept where match_id not in (select match_id from r_rejected);
insert into r_combined
select a.match_id, 'subset', [a.bank_line_id], a.records, bool_or(p.named), l.day - max(e.due)
from r_subset_answers a
join r_loose_deposits l on l.bank_line_id = a.bank_line_id
join r_pools p on p.bank_line_id = a.bank_line_id and list_contains(a.records, p.record_id)
join r_open_payouts e on e.record_id = p.record_id
where a.match_id not in (select match_id from r_combined)
group by a.match_id, a.bank_line_id, a.records, l.day;
-- What else is known about a suggestion, worded under why.<why>.
create or replace temp table r_reasons as
select match_id, json_object('why', case when answers = 1 then 'unique' when alike then 'alike' else 'several' end, 'tried', tried, 'items', items,
                             'expected', expected, 'shared', shared) as facts
from r_subset_answers;
