-- The channels' own limits, as dated rules: how much of an order may be split, for how many days it is held for it, for platform
-- merchants (收付通) as well. A row holds until the next one of its key begins.
create or replace temp table r_split_limits as
with rows as (
    select * from base.standing_rules where regexp_full_match(key, 'split\.(wechat|alipay)\.(freeze|freeze_platform|max_ratio)')
    qualify row_number() over (partition by key, valid_from order by entry_id desc nulls last, value) = 1
)
select split_part(key, '.', 2) as channel, split_part(key, '.', 3) as kind, cast(value as decimal(18,6)) as value, cast(cast(value as decimal(18,6)) as integer) as days,
       valid_from, least(coalesce(valid_to, date '9999-12-31'), coalesce(lead(valid_from) over (partition by key order by valid_from), date '9999-12-31')) as valid_to
from rows;
