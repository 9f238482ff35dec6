-- What a person accepted, and what a closed month keeps, holds before anything is derived. Of rows that are equal the earlier goes with the earlier: they
-- are interchangeable, so that settles nothing but their sum.
insert into r_pairs
with accepted as (
    select match_id, stage from base.closed_matches where kind = 'tender_payment'
    union
    select d.subject_id, 'accepted'
    from r_decisions d join base.matches m on m.match_id = d.subject_id
    where d.subject_type = 'match' and d.verdict = 'accept' and m.kind = 'tender_payment' and d.subject_id not in (select match_id from base.closed_matches)
), inner_side as (
    select a.match_id, a.stage, t.tender_id, row_number() over (partition by a.match_id order by t.moment, t.line, t.tender_id) as rank
    from accepted a
    join base.match_members i on i.match_id = a.match_id and i.record_type = 'tender'
    join r_due t on t.tender_id = i.record_id
), outer_side as (
    select a.match_id, c.payment_id, row_number() over (partition by a.match_id order by c.occurred_at, c.payment_id) as rank
    from accepted a
    join base.match_members o on o.match_id = a.match_id and o.record_type = 'payment'
    join r_claims c on c.payment_id = o.record_id
)
select tender_id, payment_id, stage
from inner_side join outer_side using (match_id, rank)
qualify row_number() over (partition by tender_id order by match_id) = 1 and row_number() over (partition by payment_id order by match_id) = 1;
