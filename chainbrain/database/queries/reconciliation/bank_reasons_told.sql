-- Per match the reason that chance would give least, and how many others there are.
insert into r_reasons
with sorts as (
    select match_id, why, sum(found) as found, min(payment_id) as payment_id, min(rate) as rate, min(chance) as chance from r_explained group by match_id, why
), ranked as (
    select *, sum(found) over (partition by match_id) - found as others, row_number() over (partition by match_id order by chance, why) as rank from sorts
)
select match_id, json_merge_patch('{}'::json, json_object('why', why, 'found', found, 'payment', payment_id, 'rate', cast(rate as varchar), 'others', others, 'chance', chance))
from ranked where rank = 1;
