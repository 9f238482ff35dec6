-- On which day the payments of a list are made; of a list of before the day on which it was made.
alter table base.payment_lists add column pays_on date;
create or replace view main.payment_lists as
select p.payment_list_id, p.month, p."at" as made_at, p.who, p.paying_account, p.file_name, p.total, p.entry_id,
       coalesce(p.pays_on, cast(p."at" as date)) as pays_on
from base.payment_lists p join base.history h on h.entry_id = p.entry_id where h.undone_by is null;
