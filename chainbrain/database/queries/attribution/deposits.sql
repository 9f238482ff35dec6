-- Money that came into the banks, who may have paid it, by the list of payers (listed) or as learned from what they pay
-- (learned_payers.sql), and the numbers and dates written beside it.
create or replace temp table a_deposits as
select b.bank_line_id, base.account_key(b.bank_account) as bank_account, cast(b.posted_at as date) as day, b.amount,
       coalesce(b.counterparty, '') as counterparty, concat_ws(' ', b.memo, b.external_id) as memo, b.file_id, p.channel as payer, p.channels as payers,
       p.channel is not null as listed
from base.bank_lines b
left join lateral (
    select min(d.channel) as channel, list(distinct d.channel) as channels from base.deposit_payers d where contains(b.counterparty, d.pattern)
) p on true
where b.amount > 0;

-- A number with a date stuck to its end counts without it too.
create or replace temp table a_deposit_numbers as
with found as (
    select bank_line_id, unnest(list_concat(regexp_extract_all(memo, '[0-9A-Za-z_]{5,}'), regexp_extract_all(memo, '[0-9]{5,}'))) as number from a_deposits
)
select distinct bank_line_id, base.merchant_key(number) as number from found
union
select distinct bank_line_id, number from found
union
select distinct bank_line_id, left(number, length(number) - 8) from found where regexp_matches(number, '^[0-9]{5,}20[0-9]{2}[01][0-9][0-3][0-9]$');

create or replace temp table a_deposit_dates as
select distinct bank_line_id, try_strptime(regexp_replace(number, '[^0-9]', '', 'g'), '%Y%m%d')::date as day
from (select bank_line_id, unnest(regexp_extract_all(memo, '20[0-9]{2}[-/.年]?[01][0-9][-/.月]?[0-3][0-9]')) as number from a_deposits)
where try_strptime(regexp_replace(number, '[^0-9]', '', 'g'), '%Y%m%d') is not null;
