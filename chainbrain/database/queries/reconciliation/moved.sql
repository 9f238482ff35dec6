-- One row per difference of a sale that was rung up in one store and paid in another (D11): what was paid, and where.
select d.difference_id, p.amount, l.store_id
from base.differences d
join base.row_states s on s.record_type = 'tender' and s.record_id = d.record_id and s.leg = 'till'
join base.match_members m on m.match_id = s.match_id and m.record_type = 'payment'
join base.payments p on p.payment_id = m.record_id
join base.payment_links l on l.payment_id = p.payment_id
where d.code = 'D11'
qualify count(*) over (partition by d.difference_id) = 1
