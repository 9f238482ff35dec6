-- Payouts of closed months that had reached the bank, and the payments in them: another habit or a bill that is printed again later
-- cuts them no other way.
create table base.month_payouts (
    entry_id bigint not null, settlement_id uuid not null, channel varchar not null, merchant_no varchar, external_id varchar, payout_account varchar,
    bank_account varchar, first_day date, last_day date, gross decimal(18,2), fee decimal(18,5), net decimal(18,5), expected_on date, file_id uuid not null
);
create table base.month_paid (entry_id bigint not null, payment_id uuid not null, settlement_id uuid not null);
create view base.closed_payouts as
select p.* exclude (entry_id) from base.month_payouts p join base.standing_closes c on c.entry_id = p.entry_id;
create view base.closed_paid as
select p.payment_id, p.settlement_id from base.month_paid p join base.standing_closes c on c.entry_id = p.entry_id;
