-- The legal entities that collect for the chain's own stores: head office.
select distinct a.legal_entity
from main.merchant_accounts a join main.stores s on s.store_id = a.store_id
where s.ownership = 'own' and a.legal_entity is not null order by 1
