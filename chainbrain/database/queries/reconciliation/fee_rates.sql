-- A rate that changed: from some sale on every sale was charged by one other rate, to the cent. That is one thing to talk
-- about and no thousand claims. Twenty sales in a row make a run; sales that both rates charge alike say nothing, and one
-- that fits neither is a claim of its own.
create or replace temp table r_many as
select channel, merchant, rate, basis, paid_with, sum(charge) as charge, sum(amount) as amount
from r_off where not refund
group by channel, merchant, rate, basis, paid_with having count(*) >= 20;

create or replace temp table r_suspected as
select r.*
from r_rated r join r_many m on m.channel = r.channel and m.merchant is not distinct from r.merchant and m.rate = r.rate and m.basis = r.basis
    and m.paid_with is not distinct from r.paid_with
where not r.refund and r.amount > 0;

-- Candidates: what each day was charged on average, and all that is off. An average is only a guess, each is tried to the cent.
create or replace temp table r_candidates as
with guesses as (
    select channel, merchant, rate, basis, paid_with, sum(charge) as charge, sum(amount) as amount
    from r_suspected group by channel, merchant, rate, basis, paid_with, cast(occurred_at as date)
    union all
    from r_many
), rounded as (
    select channel, merchant, rate, basis, paid_with, unnest([4, 5]) as places, charge / amount as guess from guesses where amount > 0
)
select channel, merchant, rate, basis, paid_with, cast(round(guess, places) as decimal(9,6)) as other, min(places) as decimals
from rounded
group by channel, merchant, rate, basis, paid_with, other having other <> rate and other >= 0
qualify row_number() over (partition by channel, merchant, rate, basis, paid_with order by count(*) desc, min(places), other) <= 8;

insert into r_rerated
with tried as (
    select s.payment_id, s.occurred_at, c.channel, c.merchant, c.rate, c.basis, c.paid_with, c.other, c.decimals,
           if(s.fine, round(s.amount * c.other, 5), round(s.amount * c.other, 2)) as otherwise, if(s.fine, 0.00001, 0.01) as least,
           abs(s.charge - otherwise) < least as fits, abs(s.charge - s.expected) < least as agreed
    from r_suspected s
    join r_candidates c on c.channel = s.channel and c.merchant is not distinct from s.merchant and c.rate = s.rate and c.basis = s.basis
        and c.paid_with is not distinct from s.paid_with
    where otherwise <> s.expected and (fits or agreed)
), runs as (
    select *, sum(cast(agreed as integer)) over (
               partition by channel, merchant, rate, basis, paid_with, other order by occurred_at, payment_id rows unbounded preceding
           ) as run
    from tried
), counted as (
    select *, count(*) over (partition by channel, merchant, rate, basis, paid_with, other, run) as length from runs where not agreed
)
select payment_id, other from counted where length >= 20
qualify row_number() over (partition by payment_id order by length desc, decimals, other) = 1;
