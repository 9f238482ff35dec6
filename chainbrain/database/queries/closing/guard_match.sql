-- The latest closed month that one of the matches or records belongs to: kept in a match there, or all its rows lie before the first
-- open day and were there when it was locked.
with asked as (
    select match_id from base.matches where cast(match_id as varchar) in (select unnest($subjects::varchar[]))
), grouped as (
    select 0 as number, match_id, record_type, record_id from base.match_members where match_id in (from asked)
    union all
    select 1, null, null, cast(r as uuid) from (select unnest($records::varchar[]) as r)
), days as (
    select record_id, day, file_id
    from (
        select t.tender_id as record_id, coalesce(o.business_day, cast(t.paid_at as date)) as day, t.file_id
        from base.tenders t left join base.orders o on o.order_id = t.order_id where t.tender_id in (select record_id from grouped)
        union all select payment_id, cast(occurred_at as date), file_id from base.payments where payment_id in (select record_id from grouped)
        union all select wallet_line_id, cast(occurred_at as date), file_id from base.wallet_lines where wallet_line_id in (select record_id from grouped)
        union all select settlement_id, coalesce(expected_on, last_day), file_id from base.settlements where settlement_id in (select record_id from grouped)
        union all select bank_line_id, cast(posted_at as date), file_id from base.bank_lines where bank_line_id in (select record_id from grouped)
        union all select split_line_id, cast(occurred_at as date), file_id from base.split_lines where split_line_id in (select record_id from grouped)
    )
), kept as (
    select c.month from base.month_matches k join base.standing_closes c on c.entry_id = k.entry_id where k.match_id in (from asked)
    union all
    select c.month from base.month_members m join base.standing_closes c on c.entry_id = m.entry_id
    where m.record_id in (select record_id from grouped where number = 1)
), past as (
    select cast(date_trunc('month', max(d.day)) as date) as month
    from grouped g join days d on d.record_id = g.record_id
    left join (
        select f.file_id from base.month_files f where f.entry_id = (select max(entry_id) from base.standing_closes)
    ) f on f.file_id = d.file_id
    group by g.number, g.match_id having max(d.day) < $after and bool_and(f.file_id is not null)
)
select max(month) from (select month from kept union all select month from past)
