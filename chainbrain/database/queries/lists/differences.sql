-- One difference with the record it stands on.
select d.difference_id, d.code, d.state, d.business_day, d.store_id, d.channel, d.amount, d.due_on, d.record_type, d.record_id, d.note, d.cause,
       if(d.state = 'open', d.code, null) as next_step
from main.differences d
where ($stores is null or list_contains($stores::varchar[], d.store_id)) and ($channel is null or d.channel = $channel)
  and ($first is null or d.business_day >= $first) and ($after is null or d.business_day < $after)
  and ($state is null or d.state = $state) and ($code is null or d.code = $code)
  and ($said is null or d.difference_id in (select subject_id from base.last_words where subject_type = 'difference' and verdict = $said))
  and ($ids is null or cast(d.difference_id as varchar) in (select unnest($ids::varchar[])))
  and ($leg is null or d.record_type = $leg)
  and ($match is null or cast(d.record_id as varchar) = $match)
  and ($text is null or contains(d.note, $text) or cast(cast(d.amount as decimal(18,2)) as varchar) = $text)
