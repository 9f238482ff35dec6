-- One row per member of a match: what it is, when, its amount and what the statement says about it.
with found as materialized (
    select side, record_type, record_id, amount from base.match_members where match_id = try_cast($match as uuid)
), parts as (
    select d.split_part_id as record_id, cast(d.business_day as timestamp) as moment, q.channel, d.receiver
    from base.split_parts d join base.payments q on q.payment_id = d.payment_id
    where d.split_part_id in (select record_id from found where record_type = 'split_part')
), told as (
    select payment_id as record_id, occurred_at as moment, channel, merchant_no as number, amount as payment_amount, fee as payment_fee,
           null as line_kind, null::decimal(18,5) as gross, null::decimal(18,5) as fee, null::decimal(18,5) as net
    from base.payments where payment_id in (select record_id from found where record_type = 'payment')
    union all by name
    select tender_id as record_id, paid_at as moment, method as channel, merchant_no as number
    from base.tenders where tender_id in (select record_id from found where record_type = 'tender')
    union all by name
    select wallet_line_id as record_id, occurred_at as moment, channel, merchant_no as number, kind as line_kind
    from main.wallet_lines where wallet_line_id in (select record_id from found where record_type = 'wallet_line')
    union all by name
    select bank_line_id as record_id, posted_at as moment, 'bank' as channel, bank_account as number
    from base.bank_lines where bank_line_id in (select record_id from found where record_type = 'bank_line')
    union all by name
    select settlement_id as record_id, cast(expected_on as timestamp) as moment, channel, coalesce(merchant_no, payout_account) as number, gross, fee, net
    from base.settlements where settlement_id in (select record_id from found where record_type = 'settlement')
    union all by name
    select record_id, moment, channel, receiver as number from parts
    union all by name
    select split_line_id as record_id, occurred_at as moment, channel, receiver as number
    from base.split_lines where split_line_id in (select record_id from found where record_type = 'split_line')
)
select f.side, f.record_type, f.record_id, f.amount, t.moment, t.channel, t.number, t.payment_amount, t.payment_fee, t.line_kind, t.gross, t.fee, t.net
from found f left join told t on t.record_id = f.record_id
order by f.side, t.moment, f.record_id
