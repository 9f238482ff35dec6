-- One row: the first and the last day of which anything moved since the days were reckoned, then of which anything moved that the lines
-- read; null where nothing did.
select min(coalesce(n.day, k.day)), max(coalesce(n.day, k.day)),
       min(coalesce(n.day, k.day)) filter (where n.line_mark is distinct from k.line_mark),
       max(coalesce(n.day, k.day)) filter (where n.line_mark is distinct from k.line_mark)
from marks_now n
full join (from base.day_marks where day >= cast($first as date) - 140 and day < $after) k on k.day = n.day
where n.line_mark is distinct from k.line_mark or n.sums_mark is distinct from k.sums_mark
