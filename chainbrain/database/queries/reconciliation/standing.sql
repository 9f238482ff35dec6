-- How many rows stand where: told once for all that is asked of it.
create or replace temp table r_standing as
select record_type, leg, state, count(*) as rows_there from base.row_states group by record_type, leg, state;
