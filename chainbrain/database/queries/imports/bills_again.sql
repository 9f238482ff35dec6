-- A sale that a platform billed on one day, with another sum than an earlier file has for that day: the bill was corrected, or
-- one of the two files was changed. A file that prints both rows says that both are meant; otherwise the later row is asked
-- about, since the two together would count one sale twice.
update classified_payments c
set state = 'suspect', code = t.code, same_as = t.same_as,
    differing = [if(c.amount <> t.known_amount,
                    struct_pack(field := 'amount', file := cast(c.amount as varchar), known := cast(t.known_amount as varchar)),
                    struct_pack(field := 'fee', file := cast(c.fee as varchar), known := cast(t.known_fee as varchar)))]
from (
    with sales as (
        select channel, merchant_no, external_id, bill_day, record_id, file_no, amount, fee
        from classified_payments
        where kind = 'payment' and state = 'new' and external_id is not null and bill_day is not null
    ), known as (
        select channel, merchant_no, external_id, bill_day, payment_id as record_id, cast(-1 as bigint) as file_no, amount, fee
        from base.payments
        where kind = 'payment' and bill_day is not null and (channel, external_id) in (select channel, external_id from sales)
        union all
        select channel, merchant_no, external_id, bill_day, record_id, file_no, amount, fee from sales
    )
    select s.file_no, s.record_id, arg_min(k.record_id, row(k.file_no, k.record_id)) as same_as,
           arg_min(k.amount, row(k.file_no, k.record_id)) as known_amount, arg_min(k.fee, row(k.file_no, k.record_id)) as known_fee,
           if(min(k.file_no) < 0, 'differs_from_book', 'differs_from_file') as code
    from sales s
    join known k on k.channel = s.channel and k.external_id = s.external_id and k.bill_day = s.bill_day
                and k.merchant_no is not distinct from s.merchant_no and k.file_no < s.file_no and k.record_id <> s.record_id
    where not exists (select 1 from classified_payments o where o.file_no = s.file_no and o.record_id = k.record_id)
    group by s.file_no, s.record_id
) t
where t.file_no = c.file_no and t.record_id = c.record_id;
