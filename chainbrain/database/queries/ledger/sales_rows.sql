-- The sales and refunds of one channel that head office collected for a store.
select p.business_day, p.channel, p.external_id, p.kind, p.amount, p.fee, cast(p.amount - p.fee as decimal(18,5)) as net, f.name as file, p.line
from base.collected_payments p left join base.source_files f on f.file_id = p.file_id
where p.side = 'head_office' and p.store_id = $store and p.channel = $channel and p.business_day >= $first and p.business_day < $after
order by p.business_day, p.external_id, p.kind, p.payment_id
