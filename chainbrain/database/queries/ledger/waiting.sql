-- Per store what stands on payment lists of its balance and was not paid by its ledger since, with the newest. What was in the
-- book before a list was made had lowered its sum already, whatever its day: it pays only lists of before.
with listed as (
    select l.store_id, p.payment_list_id as number, p.entry_id, p.pays_on, least(cast(p.made_at as date), p.pays_on) as since, sum(l.amount) as amount
    from main.payment_list_lines l join main.payment_lists p on p.payment_list_id = l.payment_list_id where l.kind = 'ledger' group by all
), paid as (
    select e.store_id, e.day, e.amount, coalesce(e.entry_id, f.entry_id) as entry_id
    from main.ledger_entries e left join base.source_files f on f.file_id = e.file_id where e.kind = 'paid'
), onwards as (
    -- of each list and all after it
    select store_id, entry_id, min(since) over later as since, sum(amount) over later as amount
    from listed window later as (partition by store_id order by number desc)
), waiting as (
    select o.store_id, max(o.amount - coalesce((
        select sum(e.amount) from paid e where e.store_id = o.store_id and e.entry_id > o.entry_id and e.day >= o.since
    ), 0)) as amount
    from onwards o group by o.store_id
), newest as (
    select store_id, max(number) as number, arg_max(pays_on, number) as pays_on from listed group by store_id
)
select w.store_id, n.number, n.pays_on, cast(w.amount as decimal(18,2)) from waiting w join newest n using (store_id) where w.amount > 0 order by w.store_id
