-- One round of deposits that name nothing: exact amount, a payer of the channel, own account, in the window, and each
-- other's only candidate among everything still open on the account. Alone that is not proof: confirmed only when the
-- chance of such a coincidence, rivals × deposits in the window ÷ spread of the amounts in fen, is below 1 in 1,000.
-- Rivals and deposits are all there are, matched or not: a pair doubted in one round is not believed in the next.
insert into r_arrived
with open_pairs as (
    select p.*, count(*) over (partition by bank_line_id) as of_line, count(*) over (partition by record_id) as of_record
    from r_bank_pairs p
    where exact and bank_line_id not in (select bank_line_id from r_arrived) and record_id not in (select record_id from r_arrived)
), lonely as (
    select * from open_pairs where of_line = 1 and of_record = 1 and by_payer
), crowded as (
    select l.bank_line_id, l.record_id, l.posted, l.day, s.spread,
           (select count(*) from r_expected e
            where e.bank_account = l.bank_account and e.channel = l.channel and e.day <= l.posted and e.day >= l.posted - 10) as rivals,
           (select count(*) from r_deposits d
            where d.bank_account = l.bank_account and list_contains(d.payers, l.channel) and d.day >= l.day and d.day <= l.day + 10) as deposits
    from lonely l join r_spread s on s.bank_account = l.bank_account and s.channel = l.channel
)
select bank_line_id, record_id, 'only_candidate', rivals, deposits, spread, posted - day
from crowded where rivals * deposits * 1000 < spread;
