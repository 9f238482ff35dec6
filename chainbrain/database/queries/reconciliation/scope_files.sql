-- One row per file: how many rows of the book it stands for.
create or replace temp table r_files as
with rows as (
    select file_id, count(*) as n from base.orders group by file_id
    union all select file_id, count(*) from base.tenders group by file_id
    union all select file_id, count(*) from base.payments group by file_id
    union all select file_id, count(*) from base.wallet_lines group by file_id
    union all select file_id, count(*) from base.split_lines group by file_id
    union all select file_id, count(*) from base.settlement_rows group by file_id
    union all select file_id, count(*) from base.bank_lines group by file_id
    union all select file_id, count(*) from base.stored_value_lines group by file_id
    union all select file_id, count(*) from base.cash_counts group by file_id
    union all select file_id, count(*) from base.order_items group by file_id
    union all select file_id, count(*) from base.coverage group by file_id
    union all select file_id, 0 from base.source_files
)
select file_id, cast(sum(n) as bigint) as rows_there from rows group by file_id;
