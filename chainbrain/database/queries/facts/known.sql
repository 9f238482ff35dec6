-- The stores and contracts as they stand; written only where anything is another. Compared are sums of what each row says.
create or replace temp table known_now as from base.known_stores_of_rows;
delete from base.known_stores
where (select sum(hash(t)) from base.known_stores t) is distinct from (select sum(hash(t)) from known_now t);
insert into base.known_stores by name from known_now where not exists (from base.known_stores);
create or replace temp table known_now as from base.known_contracts_of_rows;
delete from base.known_contracts
where (select sum(hash(t)) from base.known_contracts t) is distinct from (select sum(hash(t)) from known_now t);
insert into base.known_contracts by name from known_now where not exists (from base.known_contracts);
drop table known_now;
