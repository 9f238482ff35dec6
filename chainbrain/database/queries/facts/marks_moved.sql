-- One row: the first and the last day whose mark is another than when the lines were reckoned; null when none is.
select min(coalesce(n.day, k.day)), max(coalesce(n.day, k.day))
from marks_now n
full join (from base.day_marks where day >= cast($first as date) - 140 and day < $after) k on k.day = n.day
where n.mark is distinct from k.mark
