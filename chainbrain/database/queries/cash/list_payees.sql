-- One row per payee of a payment list that stands: the list, who gets it by the name of the account, and how much in all.
select cast(payment_list_id as varchar), holder, cast(sum(amount) as decimal(18,2)) from main.payment_list_lines group by payment_list_id, holder order by payment_list_id, holder
