-- A book from before has its late money read from the rows until the next reconciliation writes it down.
insert or replace into base.meta values ('facts_flows_stale', 'yes');
