-- One row per code and state: how many differences and what they cost together.
select code, code as what, state, count(*) as count, cast(sum(amount) as decimal(18,2)) as amount,
       if(state = 'open', code, null) as next_step
from main.differences
where ($stores is null or list_contains($stores::varchar[], store_id)) and ($channel is null or channel = $channel)
  and ($code is null or code = $code) and ($state is null or state = $state)
  and ($first is null or coalesce(business_day, due_on) >= $first) and ($after is null or coalesce(business_day, due_on) < $after)
group by code, state
order by code, state
