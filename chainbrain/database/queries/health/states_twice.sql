-- How many records stand in more than one state on one leg.
select count(*) from (select record_id from base.row_states group by record_type, record_id, leg having count(*) > 1);
