-- One row per kind, stage and state of the matches: how many, how many of them have several answers, and their amount.
select m.kind, m.stage, m.state, count(*) as count, count(*) filter (where m.solutions > 1) as several, cast(sum(s.amount) as decimal(18,2)) as amount
from main.matches m
left join (select match_id, sum(amount) as amount from main.match_members where side = 'inner' group by match_id) s on s.match_id = m.match_id
where ($state is null or m.state = $state) and ($kind is null or m.kind = $kind)
group by m.kind, m.stage, m.state
order by m.kind, m.stage, m.state
