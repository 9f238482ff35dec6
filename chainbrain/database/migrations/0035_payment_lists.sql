-- Lists of payments as they were made: whom, how much, into which account. Append-only; a list whose history entry was undone no
-- longer counts. Nothing was paid by making one.
create sequence base.payment_list_seq;
create table base.payment_lists (
    payment_list_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null,
    month date not null, paying_account varchar, file_name varchar not null, total decimal(18,2) not null
);
create table base.payment_list_lines (
    payment_list_id bigint not null, turn integer not null, kind varchar not null, payee varchar not null, store_code varchar not null,
    month date not null, rule varchar, amount decimal(18,2) not null, holder varchar not null, account_no varchar not null, bank varchar, credit_code varchar
);
create view main.payment_lists as
select p.payment_list_id, p.month, p."at" as made_at, p.who, p.paying_account, p.file_name, p.total, p.entry_id
from base.payment_lists p join base.history h on h.entry_id = p.entry_id where h.undone_by is null;
create view main.payment_list_lines as
select l.payment_list_id, l.turn, l.kind, l.payee, l.store_code as store_id, l.month, l.rule, l.amount, l.holder, l.account_no, l.bank, l.credit_code
from base.payment_list_lines l join main.payment_lists p on p.payment_list_id = l.payment_list_id;
