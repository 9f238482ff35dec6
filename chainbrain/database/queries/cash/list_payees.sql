-- One row per payment list that stands and whom it pays: the payee, and the holder of the account where that is another name.
select distinct cast(payment_list_id as varchar) as list, trim(name) as name
from (select payment_list_id, unnest([payee, holder]) as name from main.payment_list_lines)
where nullif(trim(name), '') is not null
order by list, name
