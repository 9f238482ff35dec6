-- One row per store: in whose books its receipts stand (the one legal entity that its merchant numbers name, nothing where
-- they name none or several), whether that is a franchise store collected for by an entity that also runs stores itself, what
-- kind of VAT taxpayer it is, and whose its own drawer can be.
with named as (
    select a.store_id, a.legal_entity, s.ownership from main.merchant_accounts a join main.stores s on s.store_id = a.store_id
    where a.legal_entity is not null
), own as (
    select distinct legal_entity from named where ownership = 'own'
)
select s.store_id, case when count(distinct n.legal_entity) = 1 then min(n.legal_entity) end as entity,
       coalesce(bool_or(s.ownership = 'franchise' and n.legal_entity in (from own)), false) as for_store, s.taxpayer,
       coalesce(list(distinct n.legal_entity) filter (where n.legal_entity is not null and (s.ownership is distinct from 'franchise' or n.legal_entity not in (from own))), []) as owners
from main.stores s left join named n on n.store_id = s.store_id
group by s.store_id, s.ownership, s.taxpayer
order by s.store_id
