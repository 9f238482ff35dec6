-- One line of a bank statement with its state at the bank leg.
select b.bank_line_id, b.posted_at, b.bank_account, b.counterparty, b.memo, b.amount, b.balance, s.state, s.reason, s.match_id, f.name as file, b.line
from main.bank_lines b
left join base.source_files f on f.file_id = b.file_id
left join base.row_states s on s.record_type = 'bank_line' and s.record_id = b.bank_line_id and s.leg = coalesce($leg, 'bank')
where ($channel is null or b.bank_account = $channel)
  and ($first is null or cast(b.posted_at as date) >= $first) and ($after is null or cast(b.posted_at as date) < $after)
  and ($accounts is null or list_contains($accounts::varchar[], base.account_key(b.bank_account)))
  and ($ids is null or cast(b.bank_line_id as varchar) in (select unnest($ids::varchar[])))
  and ($state is null or s.state = $state)
  and ($code is null or b.bank_line_id in (select record_id from base.differences where code = $code))
  and ($match is null or b.bank_line_id in (select record_id from base.match_members where match_id = try_cast($match as uuid)))
  and ($text is null or contains(b.memo, $text) or contains(b.counterparty, $text) or cast(b.amount as varchar) = $text)
