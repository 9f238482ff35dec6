-- What came back into or out of a personal wallet, told by one bill in a column of the original row and by another in a row of
-- its own: the same money or not, so the later line is asked about. A column's line bears the number of the original itself.
update classified_wallet_lines c
set state = 'suspect', code = 'refund_known', same_as = t.same_as,
    differing = [struct_pack(field := 'amount', file := cast(c.amount as varchar), known := cast(t.known_amount as varchar))]
from (
    with refunds as (
        select channel, merchant_no, business_id, sign(amount) as way, record_id, file_no, amount,
               external_id <> business_id as numbered
        from classified_wallet_lines
        where kind in ('refund', 'spending_refund', 'purchase_refund') and state = 'new' and external_id is not null and business_id is not null
    ), known as (
        select channel, merchant_no, business_id, sign(amount) as way, wallet_line_id as record_id, cast(-1 as bigint) as file_no, amount,
               external_id <> business_id as numbered
        from base.wallet_lines
        where kind in ('refund', 'spending_refund', 'purchase_refund') and external_id is not null
          and (channel, business_id) in (select channel, business_id from refunds)
        union all
        select channel, merchant_no, business_id, way, record_id, file_no, amount, numbered from refunds
    )
    select r.file_no, r.record_id, min(k.record_id) as same_as, arg_min(k.amount, k.record_id) as known_amount
    from refunds r
    join known k on k.channel = r.channel and k.merchant_no is not distinct from r.merchant_no and k.business_id = r.business_id
                and k.way = r.way and k.file_no < r.file_no and k.numbered <> r.numbered
    group by r.file_no, r.record_id
) t
where t.file_no = c.file_no and t.record_id = c.record_id;
