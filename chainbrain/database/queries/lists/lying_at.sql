-- One thing that lay in a place of the money map before $after: what queries/cash/map_moves.sql makes the place's figure of, row by row.
-- Deposits beyond an opening, which the map takes off what is late, are a row of their own in both places.
-- The part is what 总览 tells apart: still to come, late, come short.
with flows as materialized (
    select * from base.arrival_flows where part = 'open' and ($channel is null or channel = $channel) and ($merchant is null or merchant = $merchant)
), purses as (
    select distinct channel, merchant from flows where standing = 'in_wallet'
), lying as materialized (
    select f.channel, f.merchant, f.day, f.amount, f.record_type, f.record_id, f.standing,
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
    select channel, merchant, coalesce(sum(amount) filter (where place = 'late'), 0) as late,
           coalesce(sum(amount) filter (where place = 'transit' and standing = 'opening'), 0) as opened
    from lying group by all
), of_number as (
    select channel, merchant, least(greatest(-opened, 0), greatest(late, 0)) as taken from waiting where merchant <> '-'
), of_channel as (
    -- Of the whole channel where deposits name no number.
    select w.channel, '-' as merchant,
           least(greatest(-coalesce(sum(w.opened) filter (where w.merchant = '-'), 0), 0), greatest(sum(w.late) - coalesce(sum(n.taken), 0), 0)) as taken
    from waiting w left join of_number n on n.channel = w.channel and n.merchant = w.merchant
    group by w.channel
), taken as (
    select * from (from of_number union all from of_channel) where taken <> 0
), items as (
    select channel, merchant, place, standing, record_type, record_id, min(day) as first_day, max(day) as last_day, sum(amount) as amount
    from lying group by all having sum(amount) <> 0
    union all
    select channel, merchant, place, 'beyond_opening', null, null, null, null, sign * taken
    from taken, (values ('transit', 1), ('late', -1)) as sides(place, sign)
), numbers as (
    select channel, base.merchant_key(merchant_no) as merchant,
           case when count(distinct legal_entity) = 1 then min(legal_entity) end as entity, case when count(distinct store_id) = 1 then min(store_id) end as store
    from main.merchant_accounts where merchant_no is not null group by all
), sole as (
    select min(legal_entity) as entity from main.merchant_accounts having count(distinct legal_entity) = 1
)
select md5(concat_ws(chr(31), l.channel, l.merchant, l.place, l.standing, l.record_type, l.record_id)) as lying_id, l.channel, l.merchant, l.place, l.standing,
       coalesce(t.expected_on, r.due_on) as due_on, coalesce(w.external_id, t.external_id, p.refund_id, p.external_id) as no, l.first_day, l.last_day, l.amount,
       s.name as file, coalesce(w.line, p.line, o.line) as line
from items l
left join base.wallet_lines w on l.record_type = 'wallet_line' and w.wallet_line_id = l.record_id
left join base.settlements t on l.record_type = 'settlement' and t.settlement_id = l.record_id
left join base.payments p on l.record_type = 'payment' and p.payment_id = l.record_id
left join base.openings o on l.record_type = 'opening' and o.opening_id = l.record_id
left join base.row_states r on r.record_type = l.record_type and r.record_id = l.record_id and r.leg = 'bank'
left join base.source_files s on s.file_id = coalesce(w.file_id, t.file_id, p.file_id, o.file_id)
left join numbers n on n.channel = l.channel and n.merchant = l.merchant
left join sole e on true
where ($place is null or l.place = $place)
  and ($part is null or $part = case when l.place <> 'late' then 'coming' when l.standing = 'short' then 'short' else 'late' end) and ($store is null or n.store = $store) and ($entity is null or coalesce(n.entity, e.entity) = $entity)
  and ($text is null or contains(coalesce(w.external_id, t.external_id, p.refund_id, p.external_id), $text)
       or cast(cast(l.amount as decimal(18,2)) as varchar) = $text)
