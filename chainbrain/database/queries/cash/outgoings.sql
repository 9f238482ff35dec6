-- One row per payment out of a bank account from $first on and before $after, the oldest first; transfers between own accounts are none.
-- Who was paid is the counterparty, else what the memo says beside dates and numbers.
select cast(b.bank_line_id as varchar), base.account_key(b.bank_account) as account, cast(b.posted_at as date) as day, -b.amount as amount,
       coalesce(nullif(trim(b.counterparty), ''), nullif(regexp_replace(b.memo, '[0-9０-９]+|[年月日号期第]|[\s\p{P}]+', '', 'g'), ''), '') as payee,
       b.memo, s.name as file, b.line
from base.bank_lines b left join base.source_files s on s.file_id = b.file_id
where b.amount < 0 and b.posted_at >= $first and b.posted_at < $after
  and b.bank_line_id not in (select bank_line_id from base.own_transfers)
order by account, payee, day, amount, b.bank_line_id
