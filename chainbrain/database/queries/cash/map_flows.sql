-- Every movement of money on its way with the store and the legal entity that it is of, where they are known: what the money map and the
-- list behind it are both made of. Of openings that name no number the entities' shares are moved out of nobody's.
create or replace temp table map_flows as
with numbers as (
    select channel, base.merchant_key(merchant_no) as merchant,
           case when count(distinct legal_entity) = 1 then min(legal_entity) end as entity, case when count(distinct store_id) = 1 then min(store_id) end as store
    from main.merchant_accounts where merchant_no is not null group by all
), sole as (
    select min(legal_entity) as entity from main.merchant_accounts having count(distinct legal_entity) = 1
), flows as (
    select channel, merchant, day, part, amount, standing, record_type, record_id, null as entity from cash_movements
    union all
    select channel, merchant, day, 'written_off', -amount, null, record_type, record_id, null from base.written_off_flows
    union all
    select channel, merchant, opened_on, 'open', side.sign * opened, 'opening', null, null, if(side.sign > 0, entity, null)
    from movement_owners, (values (1), (-1)) as side(sign) where opened is not null
)
select f.* replace (coalesce(n.entity, f.entity, w.entity, o.entity) as entity), n.store
from flows f
left join numbers n on n.channel = f.channel and n.merchant = f.merchant
left join movement_owners w on w.record_id = f.record_id and w.record_type = f.record_type and w.channel = f.channel and w.merchant = f.merchant
left join sole o on true;
drop table movement_owners;
drop table cash_movements
