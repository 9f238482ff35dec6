-- One row per planned file with new rows of closed months: how many lines, of which months, and the open month in which they will count.
with lines as (
    select file_id, sheet, line, max(rows) as rows, min(month) as month
    from planned_days where month in (select month from base.standing_closes)
    group by file_id, sheet, line
)
select file_id, cast(sum(rows) as bigint) as rows, list(distinct strftime(month, '%Y-%m') order by strftime(month, '%Y-%m')) as months,
       (select strftime(max(month) + interval 1 month, '%Y-%m') from base.standing_closes) as following
from lines
group by file_id
