-- One row per holiday and worked weekend, its kind and name; one of 经营安排 is a holiday of the chain where it holds for every store
-- (what holds for some is set apart store by store).
with everywhere as (
    select e.day, min(e.note) as name from (
        select distinct s.store_id, e.note, cast(unnest(generate_series(e.first_day, e.last_day, interval 1 day)) as date) as day
        from base.standing_store_events e
        join base.known_stores s on coalesce(e.store_id, s.store_id) = s.store_id and (e.region is null or e.region = s.region or e.region = s.city)
        where e.kind = 'holiday'
    ) e
    group by e.day having count(distinct e.store_id) = (select count(*) from base.known_stores)
)
select day, 'holiday', coalesce(name, '') from everywhere
union all
select day, kind, name from base.holidays where day not in (select day from everywhere)
