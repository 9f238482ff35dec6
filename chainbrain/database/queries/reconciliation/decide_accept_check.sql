-- One row when all subjects are suggestions and nothing else is suggested for their rows: then accepting them moves
-- nothing but these rows. A suggestion at the till moves its order as well.
with subjects as (
    select m.record_id, m.match_id from base.match_members m join base.matches x on x.match_id = m.match_id
    where cast(m.match_id as varchar) in (select subject_id from deciding) and x.state = 'suggested' and x.kind = 'settlement_bank'
)
select 1
from (select count(*) as members, count(distinct record_id) as records, count(distinct match_id) as matches from subjects)
where members = records and members = 2 * matches and matches = (select count(distinct subject_id) from deciding)
  and not exists (
      select 1 from base.match_members o join base.matches x on x.match_id = o.match_id
      where x.state = 'suggested' and o.record_id in (select record_id from subjects) and o.match_id not in (select match_id from subjects)
  )
