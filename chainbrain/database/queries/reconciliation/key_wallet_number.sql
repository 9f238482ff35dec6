-- The wallet's or platform's own order number; a refund carries that of the sale it gives back.
create or replace temp view r_left as
select tender_id, channel, reference as id, '' as scope, hash(channel, reference, '') as key, refund, amount, day, store, moment, line
from {due} where reference is not null;
create or replace temp view r_right as
select payment_id, channel, external_id as id, '' as scope, hash(channel, external_id, '') as key, refund, amount, day, store, occurred_at as moment
from {claims} where external_id is not null;
