-- The plain check of one result row per sale and receiver: what was due and what went out, with a verdict, written down.
create or replace temp table plain as
with due as (
    select w.external_id as number, p.receiver, sum(p.amount) as due
    from base.split_parts p join base.payments w on w.payment_id = p.payment_id
    group by w.external_id, p.receiver
), done as (
    select payment_external_id as number, receiver, sum(amount) as done from base.split_lines where status = 'success'
    group by payment_external_id, receiver
)
select number, receiver, due, done, case when due is null then 'unexpected' when done is null then 'missing' when due = done then 'matched' else 'amount' end as verdict
from due full join done using (number, receiver)
