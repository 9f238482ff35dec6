-- One row per kept scenario that stands, the newest first.
select cast(scenario_id as varchar), kept_at, who, name, kind, given, template, seed, version, figures
from base.standing_scenarios
order by kept_at desc, name
