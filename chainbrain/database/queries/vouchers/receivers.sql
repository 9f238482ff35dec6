-- One row per receiver of a split rule that is one of the legal entities of the book by the merchant number it is split to, whatever
-- the rule calls it.
select r.receiver, min(a.legal_entity) as entity
from main.split_rules r join main.merchant_accounts a on base.merchant_key(a.merchant_no) = base.merchant_key(r.receiver_account)
where a.legal_entity is not null
group by r.receiver having count(distinct a.legal_entity) = 1
order by r.receiver
