-- One movement of stored value whose receipt is not known, or money known as a top-up that no card shows; with what is known beside it,
-- below 0. Their sum is what the board of the close tells, on the day on which it counts.
with floors as (
    select file_id, floor from base.file_floors where floor > (select min(month) from base.standing_closes)
), gaps as (
    select g.*, if(g.told > 0, g.kind || '_untold', g.kind || '_unmoved') as code,
           coalesce(min(greatest(g.day, f.floor)) filter (where g.amount > 0) over same, min(greatest(g.day, f.floor)) over same) as counts_on
    from base.top_up_gaps g
    left join floors f on f.file_id = g.file_id
    window same as (partition by g.proof, g.store, g.kind)
)
select g.record_id, g.day, g.store as store_id, g.record_type, g.code, g.no, cast(g.amount as decimal(18,2)) as amount, s.name as file, g.line
from gaps g
left join base.source_files s on s.file_id = g.file_id
where ($stores is null or list_contains($stores::varchar[], g.store)) and ($code is null or g.code = $code)
  and ($first is null or g.counts_on >= $first) and ($after is null or g.counts_on < $after)
  and ($text is null or contains(g.no, $text) or cast(cast(g.amount as decimal(18,2)) as varchar) = $text)
