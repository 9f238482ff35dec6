-- What an open deposit may bring together: the payouts of its account and payer that were due on its day or up to six days
-- before. names_one: its memo names a merchant, and must bring something of it (named).
create or replace temp table r_pools as
select l.bank_line_id, l.day, cast(l.amount * 100 as bigint) as total, e.record_id, cast(e.amount * 100 as bigint) as fen, l.names_one,
       l.names_one and exists (select 1 from a_deposit_numbers n where n.bank_line_id = l.bank_line_id and n.number = e.merchant) as named
from r_loose_deposits l
join r_open_payouts e on e.bank_account = l.bank_account and list_contains(l.payers, e.channel) and l.day between e.due and e.due + 6
where e.whole
qualify count(*) over (partition by l.bank_line_id) between 2 and $most and dense_rank() over (order by l.day desc, l.bank_line_id) <= $deposits;
create or replace temp table r_subsets (
    bank_line_id uuid, records uuid[], answers bigint, tried bigint, expected double, items bigint, shared uuid[], alike boolean
);
