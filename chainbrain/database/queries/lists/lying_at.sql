-- One thing that lay in a place of the money map before $after: what queries/cash/map_moves.sql makes the place's figure of, row by row.
-- Deposits beyond an opening, which the map takes off what is late, are a row of their own in both places.
-- The part is what 总览 tells apart: still to come, late, come short.
with told as (
    select channel, merchant, min(store) as store, case when count(distinct entity) = 1 and count(*) = count(entity) then min(entity) end as entity
    from map_flows where merchant <> '-' group by all
), flows as materialized (
    select * from map_flows where part = 'open'
), purses as (
    select distinct channel, merchant from flows where standing = 'in_wallet'
), lying as materialized (
    select f.channel, f.merchant, f.store, f.entity, f.day, f.amount, f.record_type, f.record_id, f.standing,
           case
               when f.standing = 'in_wallet' or (f.standing = 'opening' and p.merchant is not null) then 'wallet'
               when f.standing = 'unbilled' then 'platform'
               when f.standing = 'short' or (f.standing = 'expected' and t.late_from < $after) then 'late'
               when f.standing = 'expected' and t.paid_out >= $after then 'platform'
               else 'transit'
           end as place
    from flows f
    left join purses p on p.channel = f.channel and p.merchant = f.merchant
    left join base.payout_terms t on t.record_type = f.record_type and t.record_id = f.record_id
    where f.day < $after
), waiting as (
    select channel, merchant, entity, coalesce(sum(amount) filter (where place = 'late'), 0) as late,
           coalesce(sum(amount) filter (where place = 'transit' and standing = 'opening'), 0) as opened
    from lying group by all
), of_number as (
    select channel, merchant, least(greatest(-sum(opened), 0), greatest(sum(late), 0)) as taken from waiting where merchant <> '-' group by all
), of_entity as (
    -- Where deposits name no number: of the whole channel, an entity's own of what is late of it.
    select channel, entity, least(greatest(-sum(sum(opened)) over channels, 0), greatest(sum(sum(late)) over channels, 0)) as taken,
           if(entity is null, 0, least(greatest(-sum(opened), 0), greatest(sum(late), 0))) as share, sum(share) over channels as shares
    from (
        select channel, entity, late, if(merchant = '-', opened, 0) as opened from waiting
        union all
        select n.channel, t.entity, -n.taken, 0 from of_number n join told t using (channel, merchant)
        union all
        select distinct channel, null, 0, 0 from waiting
    )
    group by channel, entity window channels as (partition by channel)
), taken as (
    select channel, merchant, t.store, t.entity, n.taken from of_number n join told t using (channel, merchant) where n.taken <> 0
    union all
    select channel, '-', null, entity, if(entity is null, taken - if(shares <= taken, shares, 0), if(shares <= taken, share, 0)) as part from of_entity where part <> 0
), items as (
    select channel, merchant, store, entity, place, standing, record_type, record_id, min(day) as first_day, max(day) as last_day, sum(amount) as amount
    from lying group by all having sum(amount) <> 0
    union all
    select channel, merchant, store, entity, place, 'beyond_opening', null, null, null, null, sign * taken
    from taken, (values ('transit', 1), ('late', -1)) as sides(place, sign)
)
select md5(concat_ws(chr(31), l.channel, l.merchant, l.place, l.standing, l.record_type, l.record_id, l.entity)) as lying_id, l.channel, l.merchant, l.place, l.standing,
       coalesce(t.expected_on, r.due_on) as due_on, coalesce(w.external_id, t.external_id, p.refund_id, p.external_id) as no, l.first_day, l.last_day, l.amount,
       s.name as file, coalesce(w.line, p.line, o.line) as line
from items l
left join base.wallet_lines w on w.wallet_line_id = if(l.record_type = 'wallet_line', l.record_id, null)
left join base.settlements t on t.settlement_id = if(l.record_type = 'settlement', l.record_id, null)
left join base.payments p on p.payment_id = if(l.record_type = 'payment', l.record_id, null)
left join base.openings o on o.opening_id = if(l.record_type = 'opening', l.record_id, null)
left join base.row_states r on r.record_type = l.record_type and r.record_id = l.record_id and r.leg = 'bank'
left join base.source_files s on s.file_id = coalesce(w.file_id, t.file_id, p.file_id, o.file_id)
where ($channel is null or l.channel = $channel) and ($merchant is null or l.merchant = $merchant) and ($place is null or l.place = $place)
  and ($part is null or $part = case when l.place <> 'late' then 'coming' when l.standing = 'short' then 'short' else 'late' end)
  and ($stores is null or list_contains($stores::varchar[], l.store)) and ($entity is null or l.entity = $entity)
  and ($text is null or contains(coalesce(w.external_id, t.external_id, p.refund_id, p.external_id), $text)
       or cast(cast(l.amount as decimal(18,2)) as varchar) = $text)
