-- One payout of a platform with its state at the bank leg.
select t.settlement_id, t.expected_on, t.channel, t.external_id, t.first_day, t.last_day, t.gross, t.fee, t.net, s.state, s.reason, s.match_id
from main.settlements t
left join base.row_states s on s.record_type = 'settlement' and s.record_id = t.settlement_id and s.leg = coalesce($leg, 'bank')
where ($channel is null or t.channel = $channel)
  and ($first is null or t.expected_on >= $first) and ($after is null or t.expected_on < $after)
  and ($state is null or s.state = $state)
  and ($code is null or t.settlement_id in (select record_id from base.differences where code = $code))
  and ($match is null or t.settlement_id in (select record_id from base.match_members where match_id = try_cast($match as uuid)))
  and ($text is null or contains(t.external_id, $text) or cast(t.net as varchar) = $text)
