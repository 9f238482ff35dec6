-- A refund that one export prints with its own number and another without: the numbers cannot say whether it is the same
-- money, so the later row is asked about. Platform bills, which list an order's refunds day by day, are not meant.
update classified_payments c
set state = 'suspect', code = 'refund_known', same_as = t.same_as,
    differing = [struct_pack(field := 'amount', file := cast(c.amount as varchar), known := cast(t.known_amount as varchar))]
from (
    with refunds as (
        select channel, external_id, record_id, file_no, amount, coalesce(merchant_refund_no, refund_id) is not null as numbered
        from classified_payments
        where kind = 'refund' and state = 'new' and external_id is not null and bill_day is null
    ), known as (
        select channel, external_id, payment_id as record_id, cast(-1 as bigint) as file_no, amount,
               coalesce(merchant_refund_no, refund_id) is not null as numbered
        from base.payments
        where kind = 'refund' and bill_day is null and (channel, external_id) in (select channel, external_id from refunds)
        union all
        select channel, external_id, record_id, file_no, amount, numbered from refunds
    )
    select r.file_no, r.record_id, min(k.record_id) as same_as, arg_min(k.amount, k.record_id) as known_amount
    from refunds r
    join known k on k.channel = r.channel and k.external_id = r.external_id and k.file_no < r.file_no and k.numbered <> r.numbered
    group by r.file_no, r.record_id
) t
where t.file_no = c.file_no and t.record_id = c.record_id;
