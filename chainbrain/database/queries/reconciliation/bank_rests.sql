-- Whether the banks need not be looked at: nothing that their leg is worked out from is another than it was (bank_ground.sql), and no file
-- came in which the till of a store tells of a day without a bill, or of its first sale by a channel: then a deposit may wait no longer
-- (bank_waiting.sql).
with gaps as (
    select split_part(key, chr(31), 1) as store, cast(split_part(key, chr(31), 2) as date) as day from base.reconciled_facts where kind = 'gap_day'
), codes as (
    select store as code, store from gaps union select code, store_id from base.store_aliases where store_id in (select store from gaps)
), rung_up as (
    select distinct c.store, t.store_code, t.method, cast(t.paid_at as date) as day
    from base.tenders t join codes c on c.code = t.store_code where t.file_id in (from r_news)
), told as (
    -- a till file spans the days between its first and its last
    select c.store, min(v.day) as first, max(v.day) as last
    from base.coverage v join codes c on c.code = v.account_no where v.kind = 'till' and v.file_id in (from r_news) group by c.store, v.file_id
)
select (select says from r_bank_ground) in (select key from base.reconciled_facts where kind = 'bank')
       and not exists (from rung_up where day is null or (store, day) in (from gaps))
       and not exists (
           select store_code, method from rung_up
           except select store_code, method from base.tenders semi join rung_up using (store_code, method) where file_id not in (from r_news)
       )
       and not exists (from told join gaps g on g.store = told.store and g.day between told.first and told.last)
       -- where a store has other numbers, the order says on which day, so in which store, a tender was taken
       and not (exists (from gaps) and exists (from base.store_aliases) and (exists (from rung_up) or exists (from base.orders where file_id in (from r_news))))
       -- what a closed month holds may be in the book without being worked out
       and not (exists (from a_run_paid) and exists (from base.closed_matches where kind = 'settlement_bank'))
