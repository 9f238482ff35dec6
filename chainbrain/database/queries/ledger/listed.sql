-- Payments on lists that were made and stand: the newest first.
select l.payee, l.kind, l.store_id, l.month, l.rule, l.amount, l.holder, l.account_no, p.pays_on, p.payment_list_id
from main.payment_list_lines l join main.payment_lists p on p.payment_list_id = l.payment_list_id
order by p.payment_list_id desc, l.turn
