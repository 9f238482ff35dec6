-- How many of the matches that a close keeps hold no longer.
select count(*) from base.month_matches k left join base.matches m on m.match_id = k.match_id and m.state = 'confirmed'
where k.entry_id = $entry and m.match_id is null
