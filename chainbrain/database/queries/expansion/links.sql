-- One row per store that came of a kept scenario: the scenario, the candidate's name in a programme (empty for one store), the store and its name.
select cast(l.scenario_id as varchar), l.candidate, l.store_id, coalesce(s.name, l.store_id), l.opened
from base.standing_scenario_links l
join base.standing_scenarios k on k.scenario_id = l.scenario_id
left join main.stores s on s.store_id = l.store_id
order by l.scenario_id, l.candidate
