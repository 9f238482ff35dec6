-- Refunds by the channel's own refund number.
create or replace temp view r_left as
select tender_id, channel, reference as id, '' as scope, hash(channel, reference, '') as key, refund, amount, day, store, moment, line
from {due} where refund and reference is not null;
create or replace temp view r_right as
select payment_id, channel, refund_id as id, '' as scope, hash(channel, refund_id, '') as key, refund, amount, day, store, occurred_at as moment
from {claims} where refund and refund_id is not null;
