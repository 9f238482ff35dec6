-- A rule as a person wrote it; it keeps the place of the rule that it follows, a new one comes last.
insert into base.split_rule_words
select nextval('base.split_rule_word_seq'), $entry, $at, $who, $name, $store, $channel, $receiver, $kind, $account, $basis, $way, $rate, $fixed, $tiers,
       $cap, $valid_from, $valid_to,
       coalesce(
           (select min(line) from main.split_rules where name = $name and receiver = $receiver and store_id is not distinct from $store and channel is not distinct from $channel
               and category is not distinct from $category),
           (select max(line) + 1 from main.split_rules), 1),
       $category
