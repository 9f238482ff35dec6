-- What this reconciliation went by, for the next one. Counts of rows that came are added to those of before.
delete from base.reconciled_files;
insert into base.reconciled_files select file_id, rows_there from r_files;
delete from base.reconciled_words;
insert into base.reconciled_words select subject_type, subject_id, verdict, note, expected_on from base.last_words;
insert into base.reconciled_till_days select store, day from r_till_days except select store, day from base.reconciled_till_days;
delete from base.reconciled_till_days where whole_run() and (store, day) not in (select store, day from r_till_days);
create or replace temp table r_known_facts as
select kind, key, sum(part) as part, sum(whole) as whole
from (
    select kind, key, part, whole from r_facts where kind not in ('serving', 'ledger')
    union all
    select distinct kind, key, 0, 0 from (from r_facts union all from r_before) where kind in ('serving', 'ledger')
    union all
    select kind, key, part, whole from r_before where kind in ('fine', 'keeper', 'silent', 'off') or kind = 'gap_day' and bank_rests()
    union all
    select 'bank', says, 0, 0 from r_bank_ground
)
group by kind, key;
delete from base.reconciled_facts;
insert into base.reconciled_facts select kind, key, part, whole from r_known_facts;
