-- Each staged row of one kind with its state: new, seen (known to the book or to an earlier file of this run), or
-- suspect (the same number with another content, or twice in one file). Rows with a fingerprint are new until
-- overlap.sql has looked at those that another file also has. ``differing``: in which fields, and what is known.
create or replace temp table classified_{kind} as
with known as (
    select b.{id} as record_id, {content_of_b} as content
    from {table} b where b.{id} in (select record_id from staged_{kind} where fingerprint is null)
), first_seen as (
    select record_id, any_value({content_of_s}) as content
    from staged_{kind} s
    where s.file_no = s.first_file_no and s.occurrence = 1 and s.by_id
      and s.record_id in (select record_id from staged_{kind} where file_no > first_file_no)
    group by record_id
)
select s.*,
       case
           when s.fingerprint is not null then 'new'
           when k.record_id is not null and k.content is distinct from {content_of_s} then 'suspect'
           when k.record_id is not null then 'seen'
           when s.file_no > s.first_file_no and s.by_id and f.content is distinct from {content_of_s} then 'suspect'
           when s.file_no > s.first_file_no then 'seen'
           when s.by_id and s.occurrence > 1 then 'suspect'
           else 'new'
       end as state,
       case
           when s.fingerprint is not null then null
           when k.record_id is not null and k.content is distinct from {content_of_s} then 'differs_from_book'
           when k.record_id is null and s.file_no > s.first_file_no and s.by_id and f.content is distinct from {content_of_s} then 'differs_from_file'
           when k.record_id is null and s.file_no = s.first_file_no and s.by_id and s.occurrence > 1 then 'repeated_in_file'
       end as code,
       case
           when s.fingerprint is null and (
               (k.record_id is not null and k.content is distinct from {content_of_s})
               or (k.record_id is null and s.file_no > s.first_file_no and s.by_id and f.content is distinct from {content_of_s})
           ) then {differing}
       end as differing,
       s.record_id as same_as,
       cast(null as varchar) as decision,
       false as held
from staged_{kind} s
left join known k on k.record_id = s.record_id
left join first_seen f on f.record_id = s.record_id;

drop table staged_{kind};
