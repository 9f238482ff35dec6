-- Of the days that a payout may bring one by one (bank_parts_by_day.sql) some came, two at least, and no deposit that is open could be
-- the others: they are missing, and no more than they. Until the statement goes on for two working days they may still come.
insert into r_arrived
with came as (
    select p.record_id, list(p.bank_line_id order by p.bank_line_id) as lines, any_value(e.bank_account) as bank_account, any_value(e.channel) as channel,
           any_value(e.merchant) as merchant, any_value(e.expected_on) as due,
           md5(concat_ws(chr(31), 'settlement_bank', p.record_id, string_agg(p.bank_line_id, chr(31) order by p.bank_line_id)))::uuid as match_id
    from r_parts p join r_expected e on e.record_id = p.record_id
    where p.record_id not in (select record_id from r_arrived)
    group by p.record_id, p.expected having count(*) > 1 and sum(p.amount) < p.expected
)
select match_id, unnest(lines), record_id, 'parts_short', null, null, null, 0
from came c
join a_days a on a.day = c.due
join a_days z on z.works and z.work_no = a.work_no + 2
join r_bank_days b on b.bank_account = c.bank_account and b.day = z.day
where match_id not in (select match_id from r_rejected) and not exists (
    select 1 from r_unexplained d
    where d.bank_account = c.bank_account and d.channel = c.channel and d.day between c.due and c.due + 2 and (d.names is null or d.names = [c.merchant])
      and d.bank_line_id not in (select bank_line_id from r_arrived) and d.bank_line_id not in (select bank_line_id from r_parts)
);
