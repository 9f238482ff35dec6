-- Per store what stands on payment lists of its balance and was not paid by its ledger since the first of them was made or is to be paid, with the newest.
with listed as (
    select l.store_id, min(least(cast(p.made_at as date), p.pays_on)) as since, sum(l.amount) as amount, max(p.payment_list_id) as number, arg_max(p.pays_on, p.payment_list_id) as pays_on
    from main.payment_list_lines l join main.payment_lists p on p.payment_list_id = l.payment_list_id where l.kind = 'ledger' group by l.store_id
), waiting as (
    select i.store_id, i.number, i.pays_on, i.amount - coalesce((
        select sum(e.amount) from main.ledger_entries e where e.store_id = i.store_id and e.kind = 'paid' and e.day >= i.since
    ), 0) as amount
    from listed i
)
select store_id, number, pays_on, cast(amount as decimal(18,2)) from waiting where amount > 0 order by store_id
