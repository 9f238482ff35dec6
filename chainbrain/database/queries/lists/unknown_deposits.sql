-- One difference that stands on a line of a bank statement (D09), as the statement tells it: who paid, and what for.
select d.difference_id, b.posted_at, b.bank_account, b.counterparty, b.memo, d.amount, d.state, d.cause, d.note,
       if(d.state = 'open', d.code, null) as next_step, f.name as file, b.line
from main.differences d
join main.bank_lines b on b.bank_line_id = d.record_id
left join base.source_files f on f.file_id = b.file_id
where d.record_type = 'bank_line'
  and ($ids is null or cast(d.difference_id as varchar) in (select unnest($ids::varchar[])))
  and ($first is null or cast(b.posted_at as date) >= $first) and ($after is null or cast(b.posted_at as date) < $after)
  and ($state is null or d.state = $state) and ($code is null or d.code = $code)
  and ($text is null or contains(b.counterparty, $text) or contains(b.memo, $text) or cast(cast(d.amount as decimal(18,2)) as varchar) = $text)
