-- Keeps what a month stands on: files, rules, differences with what was said of them, matches, what had reached the bank. $entry is the
-- close; what an earlier month that is closed keeps already is not kept again.
create or replace temp table close_kept as
select c.entry_id, c.month from base.standing_closes c where c.month < $month;

insert into base.month_files by name
select $entry as entry_id, file_id, sha256, container_sha256, member, name, format, first_day, last_day, row_count, entry_id as import_entry from base.source_files;

insert into base.month_rules
select $entry, 'rule', to_json(r)::varchar from (select * exclude (entry_id) from base.standing_rules where valid_from < $after and (valid_to is null or valid_to > $first)) r
union all
select $entry, 'holiday', to_json(h)::varchar from (select * from base.holidays where day >= cast($first as date) - interval 31 day and day < cast($after as date) + interval 31 day) h
union all
select $entry, 'festival', to_json(f)::varchar from (select * from base.festivals where year(day) = year(cast($first as date))) f
union all
select $entry, 'split_rule', to_json(s)::varchar from (from main.split_rules) s
union all
select $entry, 'account', to_json(a)::varchar from (from main.merchant_accounts) a
union all
select $entry, 'store', to_json(s)::varchar from (from main.stores) s
union all
select $entry, 'habit', to_json(h)::varchar from (from base.payout_habits) h
union all
select $entry, 'placement', to_json(p)::varchar from (from base.standing_placements) p;

insert into base.month_differences by name
select $entry as entry_id, d.difference_id, d.code, d.state, d.cause, d.store_id, d.channel, d.business_day, d.due_on, d.amount, d.record_type, d.record_id,
       d.note, w.verdict, x.who as decided_by, x."at" as decided_at
from base.differences d
left join base.last_words w on w.subject_type = 'difference' and w.subject_id = d.difference_id
left join base.decisions x on x.decision_id = w.decision_id
where coalesce(d.business_day, d.due_on) < $after
  and d.difference_id not in (select k.difference_id from base.month_differences k join close_kept c on c.entry_id = k.entry_id);

-- The last day of every match; a payout has no day of its own.
create or replace temp table close_days as
with dated as (
    select t.tender_id as record_id, coalesce(o.business_day, cast(t.paid_at as date)) as day from base.tenders t left join base.orders o on o.order_id = t.order_id
    union all select payment_id, cast(occurred_at as date) from base.payments
    union all select wallet_line_id, cast(occurred_at as date) from base.wallet_lines
    union all select bank_line_id, cast(posted_at as date) from base.bank_lines
    union all select split_line_id, cast(occurred_at as date) from base.split_lines
)
select i.match_id, coalesce(max(d.day), date '1900-01-01') as day
from base.match_members i left join dated d on d.record_id = i.record_id
group by i.match_id having coalesce(max(d.day), date '1900-01-01') < $after;

insert into base.month_matches
select $entry, m.match_id, m.kind, m.stage
from base.matches m
where m.state = 'confirmed' and m.match_id in (select match_id from close_days)
  and m.match_id not in (select k.match_id from base.month_matches k join close_kept c on c.entry_id = k.entry_id);

insert into base.month_members
select $entry, i.match_id, i.side, i.record_type, i.record_id, i.amount
from base.match_members i join base.month_matches k on k.match_id = i.match_id and k.entry_id = $entry
where k.kind = 'settlement_bank';

insert into base.month_payouts by name
select $entry as entry_id, s.*
from base.settlements s where s.settlement_id in (select record_id from base.month_members where entry_id = $entry and record_type = 'settlement');
insert into base.month_paid
select $entry, l.payment_id, l.settlement_id from base.payment_links l where l.settlement_id in (select settlement_id from base.month_payouts where entry_id = $entry);

-- What was said of its differences, and of matches of its days, those that were turned down too.
insert into base.month_decisions
select $entry, d.decision_id, d.entry_id, d."at", d.who, d.subject_type, d.subject_id, d.verdict, d.note, d.expected_on
from base.decisions d join base.history h on h.entry_id = d.entry_id
where h.undone_by is null
  and d.decision_id not in (select k.decision_id from base.month_decisions k join close_kept c on c.entry_id = k.entry_id)
  and (d.subject_type = 'difference' and d.subject_id in (select difference_id from base.month_differences where entry_id = $entry)
       or d.subject_type = 'match' and d.subject_id in (select match_id from close_days));

insert into base.month_received
select $entry, f.record_id, f.channel, f.merchant, sum(f.amount)
from base.arrival_flows f
where f.part = 'received' and f.day < $after
  and f.record_id not in (select r.bank_line_id from base.month_received r join close_kept c on c.entry_id = r.entry_id)
group by all;

drop table close_kept; drop table close_days;
