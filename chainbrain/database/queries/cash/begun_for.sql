-- The legal entities of the standing items of the plan whose first wording is the oldest: more than one where a table brought them at once.
with worded as (
    select p.cash_plan_id, f.entry_id from base.cash_plans p left join base.source_files f on f.file_id = p.file_id
    union all
    select w.cash_plan_id, w.entry_id from base.cash_plan_words w join base.history h on h.entry_id = w.entry_id where h.undone_by is null
), begun as (
    select p.party, min(w.entry_id) as entry_id from main.cash_plans p join worded w on w.cash_plan_id = p.cash_plan_id group by all
)
select party from begun where entry_id is not distinct from (select min(entry_id) from begun) order by party
