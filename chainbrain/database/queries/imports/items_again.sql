-- A product that the book, or an earlier file, has in another group of the same order: moved or a second one, the row cannot
-- say, so it is asked about. Where the file brings both, they are two.
update classified_order_items c
set state = 'suspect', code = t.code, same_as = t.same_as,
    differing = [struct_pack(field := 'category', file := cast(c.category as varchar), known := cast(t.known_category as varchar))]
from (
    with incoming as (
        select file_no, record_id, store_code, order_no, item, category from classified_order_items where state = 'new' and item is not null
    ), known as (
        select order_item_id as record_id, store_code, order_no, item, category, cast(-1 as bigint) as file_no
        from base.order_items where (store_code, order_no) in (select store_code, order_no from incoming)
        union all
        select record_id, store_code, order_no, item, category, file_no from incoming
    )
    select i.file_no, i.record_id, arg_min(k.record_id, row(k.file_no, k.record_id)) as same_as,
           arg_min(k.category, row(k.file_no, k.record_id)) as known_category,
           if(min(k.file_no) < 0, 'differs_from_book', 'differs_from_file') as code
    from incoming i
    join known k on k.store_code = i.store_code and k.order_no = i.order_no and k.item = i.item and k.category <> i.category and k.file_no < i.file_no
    anti join classified_order_items b on b.file_no = i.file_no and b.record_id = k.record_id
    group by i.file_no, i.record_id
) t
where t.file_no = c.file_no and t.record_id = c.record_id;
