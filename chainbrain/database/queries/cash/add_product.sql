insert into base.cash_product_words (
    word_id, entry_id, "at", who, name, removed, lock_days, lag_days, cap, rate, risk, said_on, cutoff, working_only, daily_cap, least, step
)
select
    nextval('base.cash_word_seq'), $entry, $at, $who, $name, $removed, $lock_days, $lag_days, $cap, $rate, $risk, $said_on, $cutoff, $working_only,
    $daily_cap, $least, $step
