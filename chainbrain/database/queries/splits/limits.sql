-- How much of an order the channels let be split, as dated rules in the order in which they were written.
select key, value, unit, valid_from, valid_to from base.standing_rules
where regexp_full_match(key, 'split\.(wechat|alipay)\.max_ratio') order by entry_id nulls first
