-- One day's movements of one part behind a figure of the money map (queries/cash/map_moves.sql, kept in map_moves): of the parts in $parts
-- those of [$first, $after), of the places in $held everything before $until; both name them as "source|part". Amounts are what came in
-- less what left; with $left they are what left.
select md5(concat_ws(chr(31), day, channel, merchant, account, store, entity, part, holds)) as move_id, day, channel, merchant, account as bank_account,
       store as store_id, if(holds, part, null) as place, if(holds, null, part) as part, amount
from (
    select * replace (
        amount * case
            when holds then 1
            when part in ('refunds', 'fees', 'written_off', 'till_refunds', 'till_paid', 'received', 'deposited', 'bank_out') then if($left, 1, -1)
            else if($left, -1, 1) end as amount)
    from map_moves
    where ((day >= $first and day < $after and not holds and list_contains($parts::varchar[], channel || '|' || part))
           or (day < $until and holds and list_contains($held::varchar[], channel || '|' || part)))
      and ($account is null or account = $account) and ($stores is null or list_contains($stores::varchar[], store)) and ($entity is null or entity = $entity)
)
where $text is null or cast(cast(amount as decimal(18,2)) as varchar) = $text
