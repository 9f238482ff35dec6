-- One row per opening balance of several merchant numbers of which some have a later balance of their own and others have none: what it
-- holds of the former counts twice, and cannot be told from the rest. $entry narrows it to what an import has to do with.
with numbered as (
    select g.opening_id, g.kind, g.channel, g.day, coalesce(g.merchant, base.merchant_key(m.merchant_no)) as merchant, o.file_id, g.holds
    from base.transit_openings g
    join base.openings o on o.opening_id = g.opening_id
    left join (
        select distinct channel, store_id, merchant_no from main.merchant_accounts where merchant_no is not null
    ) m on g.merchant is null and m.channel = g.channel and (g.store_code is null or m.store_id = g.store_code)
), later as (
    select distinct f.opening_id, f.channel, f.day, l.merchant, f.file_id in (select file_id from base.source_files where entry_id = $entry)
           or l.file_id in (select file_id from base.source_files where entry_id = $entry) as of_entry
    from numbered f
    join base.replaced_openings r on r.opening_id = f.opening_id and r.partly
    join numbered l on l.kind = f.kind and l.channel = f.channel and l.merchant = f.merchant and l.day > f.day and l.holds
)
select channel, day, list(distinct merchant order by merchant) as numbers
from later
group by opening_id, channel, day
having $entry is null or bool_or(of_entry)
order by day, channel, opening_id
