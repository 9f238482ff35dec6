-- One row per payment list that stands: when it is paid, from which account, what it comes to, and its file.
select cast(payment_list_id as varchar), pays_on, base.account_key(paying_account), total, file_name from main.payment_lists order by payment_list_id
