insert into base.cash_proposal_words select nextval('base.cash_word_seq'), $entry, $at, $who, $account, $payee, $cycle, $amount
