-- The verdict on one wave of staged rows without a number of their own: true repeats (three equal coffees) or the same
-- rows exported again?
--
-- Nothing in one such row can tell, its neighbours can. An export holds all rows of a source (a store, an account) over a
-- span of time, so two exports that overlap agree wherever both look. A day is *clean* when the file's rows of that
-- source and day contain the known ones, or are contained in them, or are equal to them over the span of moments that both
-- cover (an export until noon and one from eleven agree on the hour between). Agreement on one single fingerprint proves
-- nothing: the clean days of a file and source must share two. Where equal rows are counted, the count itself must be
-- vouched for: by a shared row that occurs once, or by the day as a whole, which must hold every known row.
--
-- seen     clean and vouched for, and as often as known; or as good as numbered (strong) and single on both sides; or the
--          file is row for row another file (re-encoded, in another order), with at least two fingerprints.
-- new      not known at all; or oftener than known on a day that holds all known rows.
-- suspect  anything else. It is not written and not taken as seen before a person has said which it is.
--
-- Files of one source are judged in their order: what a later one is compared with is what the earlier ones add.
-- seen rows and repeats are joined to the very records they repeat, so that undoing either file is exact.
create or replace temp table wave_verdicts as
with here as (
    select r.* from overlap_rows r join overlap_waves w using (file_no, source) where w.wave = $wave
), days as (
    select distinct file_no, source, day from here
), known as (
    select d.file_no, k.* from known_rows k join days d using (source, day)
), our_counts as (
    select file_no, source, day, fingerprint, any_value(moment) as moment, count(*) as ours
    from here group by file_no, source, day, fingerprint
), known_counts as (
    select file_no, source, day, fingerprint, any_value(moment) as moment, count(*) as known
    from known group by file_no, source, day, fingerprint
), pairs as (
    select file_no, source, day, fingerprint, coalesce(o.moment, k.moment) as moment,
           coalesce(o.ours, 0) as ours, coalesce(k.known, 0) as known
    from our_counts o full join known_counts k using (file_no, source, day, fingerprint)
), spanned as (
    select *,
           moment >= greatest(
               min(moment) filter (where ours > 0) over per_day, min(moment) filter (where known > 0) over per_day)
           and moment <= least(
               max(moment) filter (where ours > 0) over per_day, max(moment) filter (where known > 0) over per_day)
           as both_look
    from pairs window per_day as (partition by file_no, source, day)
), agreement as (
    select file_no, source, day,
           bool_and(known <= ours) as holds_known,
           bool_and(ours <= known) or coalesce(bool_and(ours = known) filter (where both_look), false) as held,
           count(*) filter (where ours > 0 and known > 0) as shared,
           count(*) filter (where ours = 1 and known = 1) as shared_once
    from spanned group by file_no, source, day
), evidence as (
    select file_no, source, sum(shared) >= 2 as proven, sum(shared_once) >= 1 as vouched
    from agreement where holds_known or held group by file_no, source
), left_here as (
    select file_no, record_id, fingerprint, row_number() over (partition by fingerprint order by occurrence) as turn
    from here where record_id not in (select record_id from known)
), left_known as (
    select record_id, fingerprint, row_number() over (partition by fingerprint order by record_id) as turn
    from known where record_id not in (select record_id from here)
), joined as (
    select file_no, record_id, record_id as same_as from here where record_id in (select record_id from known)
    union all
    select l.file_no, l.record_id, k.record_id
    from left_here l join left_known k on k.fingerprint = l.fingerprint and k.turn = l.turn
), judged as (
    select h.file_no, h.record_id, h.fingerprint, h.source, h.day, h.moment, j.same_as, p.known,
           case
               when p.known = 0 then 'new'
               when h.file_no in (select file_no from whole_files) then if(j.same_as is null, 'suspect', 'seen')
               when h.strong and p.ours = 1 and p.known = 1 then 'seen'
               when not coalesce(e.proven, false) then 'suspect'
               when p.ours = 1 and p.known = 1 and (a.holds_known or a.held) then 'seen'
               when not e.vouched then 'suspect'
               when a.holds_known then if(j.same_as is null, 'new', 'seen')
               when a.held and p.ours = p.known then 'seen'
               else 'suspect'
           end as state
    from here h
    join pairs p using (file_no, source, day, fingerprint)
    join agreement a using (file_no, source, day)
    left join evidence e using (file_no, source)
    left join joined j on j.file_no = h.file_no and j.record_id = h.record_id
)
select * exclude (same_as),
       coalesce(same_as, if(known = 0, null, (select min(k.record_id) from known k where k.fingerprint = judged.fingerprint)))
       as same_as
from judged;

insert into known_rows by name
select record_id, fingerprint, source, day, moment from wave_verdicts where state = 'new';

update classified_{kind} c
set state = v.state,
    code = if(v.state = 'suspect', 'repeat_or_overlap', null),
    record_id = if(v.state = 'seen', v.same_as, c.record_id),
    same_as = coalesce(v.same_as, c.same_as)
from wave_verdicts v where v.file_no = c.file_no and v.record_id = c.record_id and v.known > 0;
