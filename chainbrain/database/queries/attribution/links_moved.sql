-- Writes which contract, store, business day and payout each payment of the days of a_link_days belongs to, all of them in
-- [$first, $after); the links of other days stay as they are.
delete from base.payment_links where business_day in (from a_link_days);
insert into base.payment_links (payment_id, account_id, store_id, business_day, settlement_id)
select payment_id, account_id, store_id, business_day, settlement_id
from (
    select p.payment_id, a.account_id, a.store_id,
           cast(p.occurred_at - to_seconds(epoch(coalesce(s.day_cutoff, time '00:00:00'))) as date) as business_day, coalesce(paid.settlement_id, run.settlement_id) as settlement_id
    from (from base.payments where occurred_at >= $first and occurred_at < cast($after as date) + 1) p
    left join base.wallet_file_accounts f on f.file_id = p.file_id and f.channel = p.channel
    join a_places a on a.channel = p.channel and a.merchant is not distinct from base.merchant_key(coalesce(p.merchant_no, f.merchant_no))
     and a.terminal_no is not distinct from p.terminal_no and a.store_hint is not distinct from p.store_hint
     and a.day = cast(p.occurred_at as date) and a.unnamed_file is not distinct from case when p.merchant_no is null then p.file_id end
    left join main.stores s on s.store_id = a.store_id
    left join a_paid paid on paid.payment_id = p.payment_id
    left join a_run_paid run on run.payment_id = p.payment_id
) where business_day in (from a_link_days);
