-- What sources say of an industry, entered by people. Shares as fractions, a ticket in yuan.
create table base.benchmarks (
    metric varchar not null, trade varchar, city varchar, period varchar, low decimal(18,6), median decimal(18,6) not null, high decimal(18,6),
    source varchar not null, dated date not null,
    row_id uuid not null, file_id uuid not null, sheet varchar, line bigint not null, entry_id bigint not null
);
-- Of the same figure of the same source and day the later table counts.
create view main.benchmarks as
select row_id as benchmark_id, metric, trade, city, period, low, median, high, source, dated, file_id, line
from base.benchmarks
qualify row_number() over (
    partition by metric, trade, city, period, source, dated order by entry_id desc, line desc, coalesce(sheet, '') desc, row_id desc) = 1;
