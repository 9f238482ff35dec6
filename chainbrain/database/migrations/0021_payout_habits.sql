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

-- Who pays for the aggregators: the names on a bank statement.
insert into base.deposit_payers values
    ('shouqianba', '收钱吧', null),
    ('shouqianba', '喔噻', '上海喔噻互联网科技有限公司'),
    ('lcsw', '利楚', '武汉利楚商务服务有限公司'),
    ('leshua', '乐刷', '乐刷科技有限公司'),
    ('leshua', '移卡', '深圳市移卡科技有限公司');
