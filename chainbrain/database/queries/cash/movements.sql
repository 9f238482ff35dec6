-- Every movement of money on its way to the bank, once for all questions that follow.
create or replace temp table cash_movements as select channel, merchant, day, part, amount, standing, record_type, record_id from base.arrival_flows
