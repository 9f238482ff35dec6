-- One row per sum that lies or lay in a product, as the owner typed it in.
select cast(placement_id as varchar), product, entity, amount, put_on, back_on from base.standing_cash_placements
order by put_on, product, entity, amount, placement_id
