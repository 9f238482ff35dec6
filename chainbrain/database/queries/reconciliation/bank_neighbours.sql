-- Deposits whose memo names one merchant while the amount is to the cent what another of the account was due: the wrong store's
-- name. Two that name each other's are swapped, and are one suggestion; nobody is believed.
create or replace temp table r_neighbours as
select l.bank_line_id, e.record_id, e.merchant, l.day, l.day - e.due as days,
       list(distinct n.number) as named
from r_loose_deposits l
join r_open_payouts e on e.bank_account = l.bank_account and e.amount = l.amount and list_contains(l.payers, e.channel) and l.day between e.due and e.due + 4
join a_deposit_numbers n on n.bank_line_id = l.bank_line_id
join r_merchant_numbers m on m.number = n.number and m.channel = e.channel
where l.names_one and e.whole
group by all having not list_contains(named, e.merchant);
create or replace temp table r_swapped as
select a.bank_line_id as first_line, b.bank_line_id as second_line, a.record_id as first_id, b.record_id as second_id, greatest(a.days, b.days) as days
from r_neighbours a
join r_neighbours b on b.bank_line_id > a.bank_line_id and list_contains(a.named, b.merchant) and list_contains(b.named, a.merchant) and b.day between a.day - 1 and a.day + 1;

insert into r_combined
select md5(concat_ws(chr(31), 'settlement_bank', least(first_id, second_id), greatest(first_id, second_id), first_line, second_line))::uuid, 'swapped_memos',
       [first_line, second_line], [first_id, second_id], true, days
from r_swapped;
insert into r_combined
select md5(concat_ws(chr(31), 'settlement_bank', record_id, bank_line_id))::uuid, 'neighbour_store', [bank_line_id], [record_id], false, days
from r_neighbours n where not exists (select 1 from r_swapped s where n.bank_line_id in (s.first_line, s.second_line) and n.record_id in (s.first_id, s.second_id));
delete from r_combined where match_id in (select match_id from r_rejected);
