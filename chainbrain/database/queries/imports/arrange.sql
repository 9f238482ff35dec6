-- One line of a compared file per row, in the order in which lines ask for attention. A line that became several records is
-- shown by the payment, or the first; it is suspect, new or seen as a whole, and ``same`` is what the rest of it is once its
-- suspect records are taken as known.
create or replace temp table preview_rows as
with lines as (
    select sheet, line,
           case when bool_or(state = 'suspect') then 'suspect' when bool_or(state = 'new') then 'new' else 'seen' end as state,
           if(bool_or(state = 'new'), 'new', 'seen') as same,
           arg_min(
               struct_pack(word := word, moment := moment, number := number, store := store, amount := amount,
                           memo := memo, code := code),
               row(rank, number)
           ) as shown,
           arg_min(
               struct_pack(code := code, column_name := column_name, value := value, differing := differing),
               row(rank, number)
           )
               filter (where state = 'suspect') as doubt
    from ({records}) group by sheet, line
)
select row_number() over (
           order by case state when 'suspect' then 0 when 'new' then 1 else 2 end, sheet nulls first, line
       ) - 1 as place, *,
       -- A file that states only days has every moment at midnight.
       bool_or(shown.moment <> date_trunc('day', shown.moment)) over (partition by shown.word) as timed
from lines order by place;
