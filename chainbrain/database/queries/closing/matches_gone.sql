-- How many of the matches that a close keeps hold no longer. A late line of a sale's splits is brought together with what was there:
-- what a close keeps of them holds while it is part of the greater match.
with gone as (
    select k.match_id, k.kind from base.month_matches k left join base.matches m on m.match_id = k.match_id and m.state = 'confirmed'
    where k.entry_id = $entry and m.match_id is null
), members as (
    select i.match_id, i.record_id, count(*) over (partition by i.match_id) as members
    from base.match_members i join gone g on g.match_id = i.match_id and g.kind = 'split'
), grown as (
    select s.match_id
    from members s
    join base.match_members o on o.record_id = s.record_id and o.match_id <> s.match_id
    join base.matches m on m.match_id = o.match_id and m.kind = 'split' and m.state = 'confirmed'
    group by s.match_id, o.match_id, s.members having count(*) = s.members
)
select count(*) from gone where match_id not in (from grown)
