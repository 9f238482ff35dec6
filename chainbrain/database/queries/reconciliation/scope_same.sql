-- What decides about rows all over the book, and what it says now: one row each. Master data and rules; which channels are
-- platforms; who keeps a ledger; who splits; by which rates an acquirer charges; whose the files without a name are
-- (files_owned: those that were there before, files_now: all).
create or replace temp table r_same as
with parts as (
    select 'stores' as name, sum(hash(t)) as says from r_stores t
    union all select 'accounts', sum(hash(t)) from main.merchant_accounts t
    union all select 'aliases', sum(hash(t)) from base.store_aliases t
    union all select 'places', sum(hash(t)) from base.standing_placements t
    union all select 'rules', sum(hash(t)) from base.standing_rules t
    union all select 'holidays', sum(hash(t)) from base.holidays t
    union all select 'split_rules', sum(hash(t)) from main.split_rules t
    union all select 'openings', sum(hash(t)) from base.openings t
    union all select 'closes', sum(hash(t)) from base.standing_closes t
    union all select 'payers', sum(hash(t)) from base.deposit_payers t
    union all select 'acquirers', sum(hash(t)) from base.acquirers t
    union all select 'habits', sum(hash(row(channel, merchant, bank_account, rule, cutoff, fees, merged))) from base.payout_habits
    union all select 'habit_words', sum(hash(t)) from base.standing_habit_words t
    union all select 'straight', sum(hash(t)) from base.straight_merchants t
    union all
    select 'files_owned', sum(hash(t)) from base.wallet_file_accounts t where file_id in (select file_id from base.reconciled_files)
    union all
    select 'files_now', sum(hash(t)) from base.wallet_file_accounts t
    union all
    select 'platforms', sum(hash(channel)) from (
        select channel from base.coverage where kind = 'platform' union select channel from base.payments where bill_day is not null
    )
    union all
    select 'ledgers', sum(hash(t)) from (
        select distinct w.channel, base.merchant_key(coalesce(w.merchant_no, f.merchant_no)) as merchant
        from r_ledger_numbers w
        left join base.wallet_file_accounts f on f.file_id = w.file_id and f.channel = w.channel
        union
        select coalesce(c.channel, w.channel), base.merchant_key(coalesce(w.merchant_no, c.account_no))
        from base.coverage c left join base.wallet_file_accounts w on w.file_id = c.file_id and w.channel = coalesce(c.channel, w.channel)
        where c.kind = 'ledger' and c.whole
    ) t
    union all
    -- a merchant number that nobody knows says nothing; once it is known, it does
    select 'merchants', sum(hash(t)) from (
        select distinct channel, base.merchant_key(merchant_no) as merchant from (
            from r_billed_numbers
            union select channel, merchant_no from base.accounts
            union select channel, merchant_no from base.wallet_file_accounts
        )
    ) t
    union all
    select 'splitters', sum(hash(t)) from (
        select distinct channel, base.merchant_key(merchant_no) as merchant from base.split_lines
        union select channel, base.merchant_key(account_no) from base.coverage where kind = 'split'
    ) t
    union all
    select 'rates', sum(hash(t)) from r_fitting t
)
select name, coalesce(cast(says as varchar), '') as says from parts;
