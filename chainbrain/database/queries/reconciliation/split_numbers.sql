-- The rules that give a part of each sale, and the sale that a number on a bill of splits names: of two views of one receipt
-- the one that the till names counts.
create or replace temp table r_split_rules as
select split_rule_id, name, store_id as store, channel, trim(receiver) as receiver, upper(trim(receiver_account)) as account, basis, way, rate, fixed, cap, line, trim(category) as category,
       coalesce(valid_from, date '1900-01-01') as valid_from, coalesce(valid_to, date '9999-12-31') as valid_to
from main.split_rules where way in ('ratio', 'fixed');

-- Every spelling of a receiver in the bills, read once instead of with every line.
create or replace temp table r_split_spellings as
select distinct channel, merchant_no, receiver from base.split_lines;

create or replace temp table r_split_seen as
select v.payment_id, v.other_id, o.file_id
from (select payment_id, file_id from r_payments where payment_id in (select unnest([payment_id, wallet_id]) from r_bridges)) o
join (
    select f.payment_id, case when f.payment_id = b.wallet_id then b.payment_id else b.wallet_id end as other_id
    from r_bridges b join r_follows f on f.match_id = b.match_id
) v on v.other_id = o.payment_id;
-- A number that several sales bear says nothing about one of them. Nearly none is there twice: a short sum of each tells
-- which are to be looked at.
create or replace temp table r_split_channels as
select channel from r_split_spellings union select channel from r_claims where kind <> 'payment' and exists (from r_split_rules);
create or replace temp table r_split_shared as
with twice as materialized (
    select hash(channel, external_id) as sum from r_claims where kind = 'payment' and channel in (from r_split_channels) group by sum having count(*) > 1
)
select channel, external_id from r_claims
where kind = 'payment' and hash(channel, external_id) in (from twice) and channel in (from r_split_channels)
group by channel, external_id having count(*) > 1;
create or replace temp view r_split_numbers as
select c.channel, c.external_id, coalesce(v.other_id, c.payment_id) as sale_id, coalesce(v.file_id, c.file_id) as file_id
from r_claims c
left join r_split_seen v on v.payment_id = c.payment_id
anti join r_split_shared x on x.channel = c.channel and x.external_id = c.external_id
where c.kind = 'payment';
