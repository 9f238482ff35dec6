-- The merchant numbers of the rows that came, as money on its way names them; kept for what is reckoned after the reconciliation.
create or replace temp table moved_numbers as
select distinct p.channel, coalesce(base.merchant_key(coalesce(p.merchant_no, a.merchant_no)), '-') as merchant
from (select distinct channel, merchant_no, file_id from base.payments where file_id in (from r_news)) p
left join base.wallet_file_accounts a on a.file_id = p.file_id and a.channel = p.channel
union
select distinct w.channel, coalesce(base.merchant_key(coalesce(w.merchant_no, a.merchant_no)), '-')
from (select distinct channel, merchant_no, file_id from base.wallet_lines where file_id in (from r_news)) w
left join base.wallet_file_accounts a on a.file_id = w.file_id;
