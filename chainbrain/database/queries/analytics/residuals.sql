-- One row per store and day, in that order: what it sold (0 where nothing is there) and was expected to, and how far that lies off in cents;
-- null where the day cannot be judged, because its till file is missing or nothing is known to compare with.
select line, day, if(present > 0, amount, 0) as amount, middle,
       if(present = expected and middle <> 0, cast((amount - middle) * 100 as bigint), null) as cents
from {lines}
order by line, day
