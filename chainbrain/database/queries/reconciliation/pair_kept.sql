-- The numbers of rows out of scope that stood beside those in scope when this stage came: they were paired by it or later,
-- or belong to cancelled orders. Whether a till uses its numbers again is told from all of them.
create or replace temp table r_kept_numbers as
with paired as (
    select t.record_id as tender_id, p.record_id as payment_id, m.stage
    from base.matches m
    join base.match_members t on t.match_id = m.match_id and t.record_type = 'tender'
    join base.match_members p on p.match_id = m.match_id and p.record_type = 'payment'
    where m.kind = 'tender_payment' and m.state = 'confirmed' and list_contains($stages, m.stage) and not in_scope(t.record_id)
      and m.match_id not in (select match_id from base.closed_matches)
), sold as (
    select x.payment_id, x.stage, t.tender_id, coalesce(p.channel, t.method) as channel, d.store, d.day, t.order_no, nullif(trim(t.reference), '') as reference,
           base.merchant_key(t.merchant_no) as merchant_no, t.is_refund or t.amount < 0 as refund
    from (
        from paired
        union all
        select record_id, null, null from base.row_states where record_type = 'tender' and reason = 'order_cancelled' and not in_scope(record_id)
    ) x
    join base.tenders t on t.tender_id = x.tender_id
    join r_tender_days d on d.tender_id = x.tender_id
    left join base.payments p on p.payment_id = x.payment_id
    where t.method not in ('cash', 'stored_value', 'coupon')
), tills as (
    select s.*, m.merchant, case when s.order_no = p.merchant_order_no or p.payment_id is null then 0 else 2 end + if(m.merchant is null, 1, 0) as variant
    from sold s
    left join base.payments p on p.payment_id = s.payment_id
    left join (select distinct channel, merchant from r_merchants) m on m.channel = s.channel and m.merchant = s.merchant_no
), standing as (
    select * from tills where stage is null or stage <> $stage or stage <> 'order_number' and variant % 2 >= $variant or stage = 'order_number' and variant >= $variant
), wallets as (
    select p.channel, m.merchant, l.store_id as store, l.business_day as day, p.external_id, p.merchant_order_no
    from base.payments p
    join base.payment_links l on l.payment_id = p.payment_id
    left join base.wallet_file_accounts f on f.file_id = p.file_id and f.channel = p.channel
    join r_merchants m on m.channel = p.channel and m.merchant_no is not distinct from coalesce(p.merchant_no, f.merchant_no)
    where p.payment_id in (select payment_id from standing) and p.kind = 'payment'
)
select 'till' as side, channel, {scope} as scope, {till_number} as id, day from standing left join r_habits_of h using (store, channel)
where not refund and {till_number} is not null and ('{scope}' = 'merchant') = (merchant is not null)
  and ('{till_number}' = 'reference' or reference is null or reference = order_no or h.found * 5 < h.referenced)
  and (channel, {scope}) in (select channel, scope from r_r)
union all
select 'wallet', channel, {scope}, {number}, day from wallets
where {number} is not null and (channel, {scope}) in (select channel, scope from r_r);
