-- One row: how many days the planned coverage asks for, and how many of them the book has for the same source. A day
-- that several accounts of one file share counts once, and as there only when all of them have it.
with asked as (
    select distinct kind, channel, account_no, cast(unnest(generate_series(first_day, last_day, interval 1 day)) as date) as day
    from asked_coverage
), days as (
    select a.day, bool_and(c.day is not null) as there
    from asked a left join (select distinct kind, channel, account_no, day from base.coverage) c
        on c.kind = a.kind and c.channel is not distinct from a.channel and c.account_no = a.account_no and c.day = a.day
    group by a.day
)
select count(*), count(*) filter (where there) from days;
