-- A split rule may be for one group of products (商品类别); empty means the whole sale.
alter table base.split_rules add column category varchar;
alter table base.split_rule_words add column category varchar;
create or replace view main.split_rules as
with written as (
    select row_id as split_rule_id, name, store_code, channel, receiver, receiver_account, basis, way, rate, fixed, tiers, cap, valid_from, valid_to,
           file_id, line, receiver_kind, entry_id, 0 as word_id, sheet, category
    from base.split_rules
    union all
    select cast(md5(concat_ws(chr(31), 'split_rule', w.word_id, w.name, w.receiver)) as uuid), w.name, w.store_code, w.channel, w.receiver, w.receiver_account,
           w.basis, w.way, w.rate, w.fixed, w.tiers, w.cap, w.valid_from, w.valid_to, null, w.line, w.receiver_kind, w.entry_id, w.word_id, null, w.category
    from base.split_rule_words w join base.history h on h.entry_id = w.entry_id
    where h.undone_by is null
)
select split_rule_id, name, store_code as store_id, channel, receiver, receiver_account, basis, way, rate, fixed, tiers, cap, valid_from, valid_to,
       file_id, line, receiver_kind, entry_id, category
from written
qualify row_number() over (
    partition by name, store_code, channel, category, receiver, valid_from
    order by entry_id desc, word_id desc, line desc, coalesce(sheet, '') desc, split_rule_id desc
) = 1;

-- What of an order falls on each of its groups. Of one whose products come to nothing, or of which a group is below 0, no
-- share can be told.
create view base.order_groups as
select order_id, category, part, whole
from (
    select order_id, category, sum(amount) as part, sum(sum(amount)) over (partition by order_id) as whole,
           min(sum(amount)) over (partition by order_id) as least
    from base.order_items group by order_id, category
)
where whole > 0 and least >= 0;

-- What of a sale, and of each refund of it, falls on the groups that rules name; derived by the reconciliation. No row: it is
-- not known which products the sale was of.
create table base.split_shares (
    payment_id uuid not null, sale_id uuid not null, category varchar not null, part decimal(18,2) not null, whole decimal(18,2) not null
);

-- Of an amount from 0 on the part that falls on a group, half up to the cent. Whole numbers: a division of decimals would not be
-- exact.
create macro base.of_group(amount, part, whole) as
    cast((2 * cast(cast(amount as decimal(38,5)) * 100000 as hugeint) * cast(cast(part as decimal(38,2)) * 100 as hugeint)
          + 1000 * cast(cast(whole as decimal(38,2)) * 100 as hugeint))
         // (2000 * cast(cast(whole as decimal(38,2)) * 100 as hugeint)) as decimal(18,0)) * cast(0.01 as decimal(2,2));
