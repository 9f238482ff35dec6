-- A payout or withdrawal by itself, in the order of evidence_members.sql; behind it its own number, its file and its line.
select 'inner' as side, 'settlement' as record_type, t.settlement_id as record_id, cast(t.net as decimal(18,2)) as amount, cast(t.expected_on as timestamp) as moment,
       t.channel, coalesce(t.merchant_no, t.payout_account) as number, null as payment_amount, null as payment_fee, null as line_kind, t.gross, t.fee, t.net,
       t.external_id, f.name as file, null::bigint as line
from base.settlements t left join base.source_files f on f.file_id = t.file_id
where t.settlement_id = try_cast($record as uuid)
union all
select 'inner', 'wallet_line', w.wallet_line_id, abs(w.amount), w.occurred_at, w.channel, w.merchant_no, null, null, w.kind, null, null, null, w.external_id, f.name, w.line
from main.wallet_lines w left join base.source_files f on f.file_id = w.file_id
where w.wallet_line_id = try_cast($record as uuid)
