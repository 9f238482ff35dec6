-- What a wallet took with a movement, told by one export in a column of the movement's row and by another in a row of its
-- own: the same money. Two exports of one account show the same movement, so where the movement is in both, the charges of
-- its trade that are equal to the cent are the same ones, one by one. A column's line bears the number of the movement.
-- Merchant numbers are not asked for: an export may not print its account, and it is the movement that proves it.
-- A later file of the run that repeats such a row was told to be the same as that row, so it follows.
update classified_wallet_lines c
set state = 'seen', code = null, record_id = t.same_as, same_as = t.same_as
from (
    with charges as (
        select file_no, record_id, channel, external_id, business_id, amount, occurred_at
        from classified_wallet_lines
        where kind in ('fee', 'fee_return') and state = 'new' and external_id is not null and business_id is not null
    ), movements as (
        select distinct file_no, channel, external_id, state
        from classified_wallet_lines
        where kind not in ('fee', 'fee_return') and business_id in (select business_id from charges)
    ), staged as (
        select c.*, m.external_id is not null as in_column, coalesce(m.state = 'seen', false) as movement_known
        from charges c left join movements m on m.file_no = c.file_no and m.channel = c.channel and m.external_id = c.external_id
    ), known as (
        select -1 as file_no, b.wallet_line_id as record_id, b.channel, b.external_id, b.business_id, b.amount, b.occurred_at,
               exists (
                   select 1 from base.wallet_lines o
                   where o.channel = b.channel and o.external_id = b.external_id and o.kind not in ('fee', 'fee_return')
               ) as in_column
        from base.wallet_lines b
        where b.kind in ('fee', 'fee_return') and b.external_id is not null
          and (b.channel, b.business_id) in (select channel, business_id from charges)
        union all
        select file_no, record_id, channel, external_id, business_id, amount, occurred_at, in_column from staged
    ), pairs as (
        select s.file_no, s.record_id, s.occurred_at, k.record_id as same_as, k.occurred_at as known_at
        from staged s
        join known k on k.channel = s.channel and k.business_id = s.business_id and k.amount = s.amount
                    and k.file_no < s.file_no and k.in_column <> s.in_column
        where case
                  when s.in_column then s.movement_known
                  else exists (
                      select 1 from movements m
                      where m.file_no = s.file_no and m.channel = s.channel and m.external_id = k.external_id and m.state = 'seen'
                  )
              end
    ), turns as (
        select file_no, record_id, same_as,
               dense_rank() over (partition by file_no, same_as order by occurred_at, record_id) as turn,
               dense_rank() over (partition by file_no, record_id order by known_at, same_as) as known_turn
        from pairs
    )
    select min(file_no) as file_no, record_id, min(same_as) as same_as from turns where turn = known_turn group by record_id
) t
where t.record_id = c.record_id and t.file_no <= c.file_no;
