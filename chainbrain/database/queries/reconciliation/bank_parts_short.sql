-- Of the days that a payout may bring one by one (bank_parts_by_day.sql) some came, two at least, and no deposit that is open could be
-- the others: they are missing, and no more than they. Until the statement goes on for two working days they may still come. Where nothing
-- is named the amounts must be as little of a coincidence as that of a single payout (bank_unkeyed.sql), with each day that it may be.
insert into r_arrived
with came as (
    select p.record_id, list(p.bank_line_id order by p.bank_line_id) as lines, any_value(e.bank_account) as bank_account, any_value(e.channel) as channel,
           any_value(e.merchant) as merchant, any_value(e.expected_on) as due, bool_and(d.names is not null) as named,
           md5(concat_ws(chr(31), 'settlement_bank', p.record_id, string_agg(p.bank_line_id, chr(31) order by p.bank_line_id)))::uuid as match_id
    from r_parts p join r_expected e on e.record_id = p.record_id
    join r_unexplained d on d.bank_line_id = p.bank_line_id and d.channel = e.channel
    -- what came is counted anew: another payout may have taken a part of it since
    where p.record_id not in (select record_id from r_arrived) and p.bank_line_id not in (select bank_line_id from r_arrived)
    group by p.record_id, p.expected having count(*) > 1 and sum(p.amount) < p.expected
), likely as (
    select c.* from came c join r_spread s on s.bank_account = c.bank_account and s.channel = c.channel
    where named or 1000 * (select count(*) from r_days_of_bills b where b.record_id = c.record_id) * (
        select count(*) from r_unexplained d
        where d.bank_account = c.bank_account and d.channel = c.channel and d.day = c.due and d.bank_line_id not in (select bank_line_id from r_arrived)
    ) < s.spread
)
select match_id, unnest(lines), record_id, 'parts_short', null, null, null, 0
from likely c
join a_days a on a.day = c.due
join a_days z on z.works and z.work_no = a.work_no + 2
join r_bank_days b on b.bank_account = c.bank_account and b.day = z.day
where match_id not in (select match_id from r_rejected) and not exists (
    select 1 from r_unexplained d
    where d.bank_account = c.bank_account and d.channel = c.channel and d.day between c.due and c.due + 2 and (d.names is null or d.names = [c.merchant])
      and d.bank_line_id not in (select bank_line_id from r_arrived) and d.bank_line_id not in (select bank_line_id from r_parts)
);
