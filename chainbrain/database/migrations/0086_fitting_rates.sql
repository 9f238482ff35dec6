-- Ways to pay through an acquirer that its one rate fits: of at least ten sales nine in ten must have been charged by it, or
-- nine in ten of the first fifty. What was charged by it at first and by another rate later is a change to talk about; of the
-- first hundred a shop of few sales had many at the new rate already, and its fees were held against no contract at all.
create or replace view base.fitting_rates as
with turns as (
    select channel, merchant_no, paid_with, rate, abs(charge - round(amount * rate, 2)) < 0.01 as fits,
           row_number() over (partition by channel, merchant_no, paid_with, rate order by occurred_at, payment_id) as turn
    from base.rated('base.acquired_payments') where basis is not null and kind = 'payment' and rate is not null
)
select channel, merchant_no, paid_with, rate from turns
group by all
having count(*) >= 10 and (count(*) filter (where fits) * 10 >= count(*) * 9
                           or count(*) filter (where fits and turn <= 50) * 10 >= count(*) filter (where turn <= 50) * 9);
