-- Names as they are compared: brackets and blanks are typed in several ways.
create macro base.name_key(name) as nullif(lower(regexp_replace(translate(name, '（）', '()'), '[\s　]+', '', 'g')), '');

-- One row per line of a bank statement that moves money between the book's own accounts: with which other one, where that can be told, and
-- whether the statement of that one shows it too (met). Most statements print its number. Where one prints only the name of a company of the
-- book, the line is such a movement if another account of that company shows it, or is not known up to that day. Of several that are not known
-- yet the oldest is taken to have sent it; that money went to one of them is believed only where no account is without statements.
create view base.own_transfers as
with entities as (
    select count(distinct legal_entity) filter (where bank_account is not null) as of_banks, count(distinct legal_entity) as named,
           min(legal_entity) filter (where bank_account is not null) as of_bank, min(legal_entity) as any_of
    from main.merchant_accounts
), owned as (
    select base.account_key(bank_account) as account, case when count(distinct legal_entity) = 1 then base.name_key(min(legal_entity)) end as entity
    from main.merchant_accounts where bank_account is not null group by all
), seen as (
    select base.account_key(bank_account) as account, cast(posted_at as date) as day from base.bank_lines
    union all select base.account_key(account_no), day from base.coverage where kind = 'bank'
    union all select base.account_key(account_no), day - 1 from base.openings where kind = 'bank'
), own as materialized (
    -- An account of which no table tells whose it is belongs to the only company there is.
    select coalesce(s.account, o.account) as account,
           coalesce(o.entity, base.name_key(case when e.of_banks = 1 then e.of_bank when e.of_banks = 0 and e.named = 1 then e.any_of end)) as entity, s.day
    from (select account, max(day) as day from seen group by all) s full join owned o on o.account = s.account cross join entities e
    where coalesce(s.account, o.account) is not null
), lines as materialized (
    select bank_line_id, base.account_key(bank_account) as account, cast(posted_at as date) as day, amount,
           base.account_key(counterparty_account) as other, base.name_key(counterparty) as called,
           called is null or called in (select entity from own where entity is not null) as may_be_own
    from base.bank_lines
), telling as materialized (
    select l.*, c.account as whom, c.day as whom_to from lines l join own c on c.account = l.other and c.account <> l.account
    union all
    select l.*, c.account, c.day from lines l join own c on c.entity = l.called and c.account <> l.account where l.other is null
), sides as (
    -- Which line of the other account it may be: the same amount the other way within four days, named alike or not at all.
    select distinct if(t.amount > 0, t.bank_line_id, b.bank_line_id) as got, if(t.amount > 0, b.bank_line_id, t.bank_line_id) as sent,
           if(t.amount > 0, date_diff('day', b.day, t.day), date_diff('day', t.day, b.day)) as under_way, if(t.other is null, 0, 1) + if(b.other is null, 0, 1) as told
    from telling t
    join lines b on b.account = t.whom and b.amount = -t.amount and b.day between t.day - 4 and t.day + 4
        and (b.other = t.account or (b.other is null and b.may_be_own))
), copies as (
    -- Of several of one day the first is the first.
    select l.bank_line_id, row_number() over (partition by l.account, l.day, l.amount order by l.bank_line_id) as copy
    from lines l where l.bank_line_id in (select got from sides union all select sent from sides)
), pairs as materialized (
    -- Money is sent before it comes; a bank that books it the other way round is the last to be believed.
    select s.got, s.sent, if(s.under_way < 0, -1, s.told) as told, abs(s.under_way) as apart, abs(g.copy - o.copy) as between
    from sides s join copies g on g.bank_line_id = s.got join copies o on o.bank_line_id = s.sent
), first_of as materialized (
    -- Each line is one side of one movement: the nearest to each other first, then the nearest of the rest.
    select got, sent from pairs
    qualify row_number() over (partition by got order by told desc, apart, between, sent) = 1
        and row_number() over (partition by sent order by told desc, apart, between, got) = 1
), next_of as materialized (
    select got, sent from pairs where got not in (select got from first_of) and sent not in (select sent from first_of)
    qualify row_number() over (partition by got order by told desc, apart, between, sent) = 1
        and row_number() over (partition by sent order by told desc, apart, between, got) = 1
), last_of as materialized (
    select got, sent from pairs
    where got not in (select got from first_of union all select got from next_of) and sent not in (select sent from first_of union all select sent from next_of)
    qualify row_number() over (partition by got order by told desc, apart, between, sent) = 1
        and row_number() over (partition by sent order by told desc, apart, between, got) = 1
), whole as materialized (
    select * from first_of union all select * from next_of union all select * from last_of
), met as materialized (
    select got as bank_line_id, sent as by_line from whole union all select sent, got from whole
), guessed as (
    -- What rests for months did not send it, unless there is no other.
    select bank_line_id, account, day, amount, arg_min(whom, concat(whom_to, whom)) filter (where whom_to < day and whom_to >= day - 62) as older,
           min(whom) filter (where whom_to is null) as blank, arg_max(whom, concat(whom_to, whom)) filter (where whom_to < day - 62) as resting
    from telling where other is null and bank_line_id not in (select bank_line_id from met)
    group by all
)
select l.bank_line_id, l.account, b.account as other, l.day, l.amount, true as met
from met m join lines l on l.bank_line_id = m.bank_line_id join lines b on b.bank_line_id = m.by_line
union all
select l.bank_line_id, l.account, l.other, l.day, l.amount, false
from lines l
where l.account is not null and l.other in (select account from own) and l.bank_line_id not in (select bank_line_id from met)
union all
select bank_line_id, account,
       if(amount > 0, coalesce(older, blank, resting), coalesce(if(resting is null and blank is null, older, null), blank)), day, amount, false
from guessed where coalesce(older, blank, resting) is not null;
