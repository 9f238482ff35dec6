-- A record of a match by hand that this entry spoke about, which another match holds too: one that a person made, or one that is
-- proven and was not turned down since. A proven match that lies in the new one as a whole loses nothing and is none.
with spoken as (
    select match_id, record_type, record_id from base.members_by_hand
    where match_id in (select subject_id from base.decisions where entry_id = $entry_id and subject_type = 'match')
), proven as materialized (
    select m.match_id, m.record_id, m.side, m.amount
    from base.matches x join base.match_members m on m.match_id = x.match_id
    where x.kind = 'settlement_bank' and x.state = 'confirmed' and x.stage not in ('by_hand', 'accepted')
      and x.match_id in (select match_id from base.match_members where record_id in (select record_id from spoken))
      and x.match_id not in (select subject_id from base.last_words where subject_type = 'match')
), found as (
    select a.record_type, a.record_id, b.match_id, true as by_hand
    from spoken a join base.members_by_hand b on b.record_id = a.record_id and b.match_id <> a.match_id
    union all
    select a.record_type, a.record_id, b.match_id, false
    from spoken a join proven b on b.record_id = a.record_id and b.match_id <> a.match_id
    where exists (
        select 1 from proven p where p.match_id = b.match_id
        and p.record_id not in (select s.record_id from spoken s where s.match_id = a.match_id)
    )
), first_found as (
    select * from found order by by_hand desc, record_type, record_id, match_id limit 1
), other as (
    select record_id from base.members_by_hand where match_id = (select match_id from first_found)
    union
    select record_id from proven where match_id = (select match_id from first_found)
)
select f.record_type, f.record_id, f.match_id,
       cast(coalesce(b.posted_at, w.occurred_at, cast(coalesce(s.expected_on, s.last_day) as timestamp)) as date) as day,
       cast(coalesce(b.amount, -w.amount, s.net) as decimal(18,2)) as amount,
       (select min(cast(posted_at as date)) from base.bank_lines where bank_line_id in (select record_id from other)) as held_on,
       (select cast(sum(amount) as decimal(18,2)) from base.bank_lines where bank_line_id in (select record_id from other)) as held
from first_found f
left join base.bank_lines b on b.bank_line_id = if(f.record_type = 'bank_line', f.record_id, null)
left join base.wallet_lines w on w.wallet_line_id = if(f.record_type = 'wallet_line', f.record_id, null)
left join base.settlements s on s.settlement_id = if(f.record_type = 'settlement', f.record_id, null)
