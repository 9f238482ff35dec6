-- One row: all that the bank leg is worked out from, beside what must be as it was anyway (scope_same.sql). While it is another
-- reconciliation's too, what that one said of the banks holds.
create or replace temp table r_bank_ground as
with platforms as (
    select channel from base.coverage where kind = 'platform' union select channel from base.payments where bill_day is not null
), parts as (
    select 'deposits' as name, sum(hash(t)) as says from base.bank_lines t
    union all
    select 'withdrawals', sum(hash(wallet_line_id, channel, merchant_no, external_id, business_id, occurred_at, amount, file_id))
    from base.wallet_lines where kind = 'withdrawal'
    union all select 'owners', sum(hash(t)) from base.wallet_file_accounts t
    union all select 'payouts', sum(hash(t)) from base.settlements t
    union all select 'bills', sum(hash(t)) from a_rows t
    union all select 'habits', sum(hash(t)) from base.payout_habits t
    union all select 'readings', sum(hash(t)) from a_run_readings t
    union all select 'runners', sum(hash(channel, merchant, bank_account)) from a_runners
    union all select 'runs', sum(hash(settlement_id, first_day, last_day, gross, fee, net, expected_on, complete)) from a_run_settlements
    union all select 'paid', sum(hash(payment_id, settlement_id, cancelled)) from a_run_paid
    union all select 'sales', sum(hash(payment_id, day, minute, amount, fee, handed_on, cancelled)) from a_run_payments
    union all select 'counts', sum(hash(t)) from base.placed_cash_counts t
    union all
    select 'coverage', sum(hash(t)) from base.coverage t
    where kind in ('bank', 'ledger') or kind <> 'till' and channel is null or channel in (from platforms) or channel in (select channel from base.payout_habits)
    -- what a newer program says differently is said anew
    union all select 'version', hash(version) from main.schema_version
    -- rest days are told by the holidays
    union all select 'calendar', hash(min(day), max(day)) from a_days
    -- every word, so that one taken back is heard as well
    union all select 'words', sum(hash(d)) from base.decisions d
    union all select 'taken_back', sum(hash(entry_id, undone_by)) from base.history where entry_id in (select entry_id from base.decisions)
    union all select 'groups', sum(hash(t)) from base.members_by_hand t
)
select md5(string_agg(concat_ws(' ', name, coalesce(cast(says as varchar), '')), chr(30) order by name)) as says from parts;
