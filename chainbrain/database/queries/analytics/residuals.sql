-- One row per store whose receipts of $last are there and were to be expected: what was sold and expected, how far each day that can be
-- judged lies off in cents (oldest first), and what it sold in its last $month days.
with lines as (
    select line, day, amount, middle, present = expected and coalesce(middle, 0) <> 0 as judged, present from {lines}
)
select line, arg_max(amount, day) filter (where judged), arg_max(middle, day) filter (where judged),
       list(cast((amount - middle) * 100 as bigint) order by day) filter (where judged),
       list_sum(list(if(present > 0, amount, 0) order by day)[-$month:])
from lines
group by line
having max(day) = $last and max(day) filter (where judged) = $last
order by line
