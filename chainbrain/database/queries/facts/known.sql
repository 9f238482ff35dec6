-- The stores and contracts as they stand; written only where anything is another.
create or replace temp table known_now as from base.known_stores_of_rows;
delete from base.known_stores
where exists ((from base.known_stores except all from known_now) union all (from known_now except all from base.known_stores));
insert into base.known_stores by name from known_now where not exists (from base.known_stores);
create or replace temp table known_now as from base.known_contracts_of_rows;
delete from base.known_contracts
where exists ((from base.known_contracts except all from known_now) union all (from known_now except all from base.known_contracts));
insert into base.known_contracts by name from known_now where not exists (from base.known_contracts);
drop table known_now;
