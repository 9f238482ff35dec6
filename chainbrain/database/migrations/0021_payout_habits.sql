-- How a merchant's money reaches the bank where no file says so, learned from deposits that agree to the cent: the time of
-- day at which a settlement day ends, what is taken off, when it arrives. Rewritten whenever rows are attributed.
create table base.payout_habits (
    channel varchar not null, merchant varchar not null, bank_account varchar not null,
    rule varchar not null,              -- D0, D1, T1 ...
    cutoff integer not null,            -- minutes after midnight (below 0: before) at which the settlement day ends
    fees varchar not null,              -- item: as billed per payment; batch: rate on the sum; later: not taken off the payout
    merged boolean not null,            -- settlement days that arrive together come as one deposit
    votes integer not null,             -- deposits that agree to the cent
    named integer not null,             -- of these, deposits whose memo names the merchant number
    next_votes integer not null,        -- deposits that agree with the best other reading
    next_cutoff integer                 -- the cut-off of that other reading
);
