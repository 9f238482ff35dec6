-- What the rounds begin with: all that is in scope so far. r_padded: the few tenders whose number has a blank before or behind it.
create or replace temp table r_fresh as from r_scope;
create or replace temp table r_known (id varchar, among varchar);
create or replace temp table r_known_sales (order_id uuid);
create or replace temp table r_padded as
select tender_id, rowid as place, trim(reference) as reference from base.tenders
where (reference like ' %' or reference like '% ') and trim(reference) <> '';
