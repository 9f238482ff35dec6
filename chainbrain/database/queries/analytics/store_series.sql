-- One row per store that is expected on $last: the days on which it should have been open, oldest first, as lists: the days, its
-- receipts (null where its till file is missing) and the range to expect (null where it is not known).
with lines as (
    select line as store_id, list({'day': day, 'amount': if(present = expected, amount, null), 'low': low, 'middle': middle, 'high': high} order by day) as days
    from {lines} group by line having max(day) = $last
)
select store_id, list_transform(days, lambda d: d.day), list_transform(days, lambda d: d.amount), list_transform(days, lambda d: d.low),
       list_transform(days, lambda d: d.middle), list_transform(days, lambda d: d.high)
from lines order by store_id
