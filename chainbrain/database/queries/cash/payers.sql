-- One row per line of the banks from $first on and before $after that may have paid an item, or brought it where $sign is 1; transfers
-- between own accounts did not. Columns as those of cash/outgoings.
select cast(b.bank_line_id as varchar), base.account_key(b.bank_account) as account, cast(b.posted_at as date) as day, abs(b.amount) as amount,
       coalesce(nullif(trim(b.counterparty), ''), nullif(regexp_replace(b.memo, '[0-9０-９]+|[年月日号期第]|[\s\p{P}]+', '', 'g'), ''), '') as payee,
       b.memo, s.name as file, b.line
from base.bank_lines b left join base.source_files s on s.file_id = b.file_id
where sign(b.amount) = $sign and b.posted_at >= $first and b.posted_at < $after
  and b.bank_line_id not in (select bank_line_id from base.own_transfers)
order by day, amount, b.bank_line_id
