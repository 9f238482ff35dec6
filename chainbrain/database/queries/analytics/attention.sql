-- One row per thing to look at among the open differences: late payouts one by one; fees and platform charges by store and
-- channel; cash and one-sided refunds by store; everything else by code. Amounts are effects on the business.
-- Lists are sorted once they stand: an order within the aggregates took twice as long with 20,000 open differences.
select case when d.code = 'D10' and d.amount > 0 then 'cash_over' else d.code end as kind, d.code,
       if(d.code in ('D06', 'D07', 'D08', 'D10', 'D12'), d.store_id, null) as store_id,
       if(d.code in ('D06', 'D07', 'D08', 'D12'), d.channel, null) as channel,
       count(*), sum(d.amount), min(d.business_day), max(d.business_day), min(d.due_on),
       sum(if(d.code = 'D12', coalesce(p.commission, p.charged), p.charged)) as charged, sum(p.charged_on) as charged_on, max(a.fee_rate) as contract,
       if(d.code = 'D08', d.difference_id, null) as difference_id,
       list_sort(list(distinct d.store_id) filter (where d.store_id is not null)) as stores,
       cast(list_sort(list(d.difference_id)) as varchar[]) as rows
from base.differences d
left join base.difference_charges p on p.difference_id = d.difference_id
left join (
    select account_id, max(fee_rate) as fee_rate from main.merchant_accounts where valid_to is null group by account_id
) a on a.account_id = p.account_id
where d.state = 'open' and ($stores is null or d.store_id is null or d.store_id in (select unnest($stores::varchar[])))
group by all
order by kind, store_id, channel, difference_id
