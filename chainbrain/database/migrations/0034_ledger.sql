-- What head office and a store came to owe each other beside sales, as people wrote it down: amounts are positive, the kind
-- says which way (purchase, advance, penalty: the store owes; paid: head office paid the store; received: it was paid by it;
-- other: head office owes the store). Below 0 takes such a line back.
create table base.ledger_lines (
    ledger_line_id uuid not null, store_code varchar not null, day date not null, kind varchar not null, amount decimal(18,2) not null,
    reference varchar, note varchar, file_id uuid not null, sheet varchar, line bigint not null
);
-- The same, typed in by a person. Append-only; a line whose history entry was undone no longer counts.
create sequence base.ledger_word_seq;
create table base.ledger_words (
    ledger_word_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null,
    store_code varchar not null, day date not null, kind varchar not null, amount decimal(18,2) not null, reference varchar, note varchar
);
-- A person's word on who collects a store's sales where no file says so: unified (head office) or independent (the store).
create sequence base.collecting_word_seq;
create table base.collecting_words (
    collecting_word_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null,
    store_code varchar not null, way varchar not null, valid_from date not null
);
create table base.payees (
    payee varchar not null, holder varchar not null, account_no varchar not null, bank varchar, credit_code varchar, valid_from date,
    row_id uuid not null, file_id uuid not null, sheet varchar, line bigint not null, entry_id bigint not null
);
create table base.store_costs (
    store_cost_id uuid not null, store_code varchar not null, month date not null, subject varchar not null, amount decimal(18,2) not null,
    note varchar, file_id uuid not null, sheet varchar, line bigint not null
);
create table base.cash_plans (
    cash_plan_id uuid not null, day date not null, party varchar not null, kind varchar not null, amount decimal(18,2) not null,
    cycle varchar not null, until date, note varchar, file_id uuid not null, sheet varchar, line bigint not null
);

-- Every line of the ledger beside sales and royalties, imported or typed in.
create view main.ledger_entries as
select cast(l.ledger_line_id as varchar) as ledger_entry_id, coalesce(a.store_id, l.store_code) as store_id, l.day, l.kind, l.amount, l.reference, l.note,
       'file' as origin, l.file_id, l.sheet, l.line, cast(null as bigint) as entry_id
from base.ledger_lines l
left join base.store_aliases a on a.code = l.store_code and l.day >= a.valid_from and l.day < a.valid_to
union all
select concat('word-', w.ledger_word_id), w.store_code, w.day, w.kind, w.amount, w.reference, w.note, 'word', null, null, null, w.entry_id
from base.ledger_words w join base.history h on h.entry_id = w.entry_id where h.undone_by is null;

-- The payee accounts with the day from which each holds; of one that was imported again the later table counts.
create view main.payees as
select row_id as payee_id, payee, holder, account_no, bank, credit_code, valid_from, file_id, line
from base.payees
qualify row_number() over (partition by payee, valid_from order by entry_id desc, line desc, coalesce(sheet, '') desc, row_id desc) = 1;

create view main.store_costs as
select c.store_cost_id, coalesce(a.store_id, c.store_code) as store_id, c.month, c.subject, c.amount, c.note, c.file_id, c.line
from base.store_costs c
left join base.store_aliases a on a.code = c.store_code and c.month >= a.valid_from and c.month < a.valid_to;

-- Amounts are what has to be paid; below 0 what will be received.
create view main.cash_plans as
select cash_plan_id, day, party, kind, amount, cycle, until, note, file_id, line from base.cash_plans;

-- The word on who collects that stands per store and day from which it holds.
create view base.standing_collecting_words as
select w.* from base.collecting_words w join base.history h on h.entry_id = w.entry_id where h.undone_by is null
qualify row_number() over (partition by w.store_code, w.valid_from order by w.collecting_word_id desc) = 1;

-- Whose account each merchant number of a store is, as far as files tell: head_office where the legal entity also collects for
-- the chain's own stores, or the number itself serves one of them; store where another entity is named; else nothing.
create view base.collectors as
with own_entities as (
    select distinct a.legal_entity from main.merchant_accounts a join main.stores s on s.store_id = a.store_id
    where s.ownership = 'own' and a.legal_entity is not null
), own_numbers as (
    select distinct a.channel, base.merchant_key(a.merchant_no) as merchant
    from main.merchant_accounts a join main.stores s on s.store_id = a.store_id where s.ownership = 'own'
)
select a.account_id, a.store_id, a.channel, a.merchant_no, base.merchant_key(a.merchant_no) as merchant, a.legal_entity, a.valid_from, a.valid_to,
       case when a.legal_entity in (from own_entities) then 'head_office'
            when a.legal_entity is not null then 'store'
            when (a.channel, base.merchant_key(a.merchant_no)) in (from own_numbers) then 'head_office' end as side
from main.merchant_accounts a;

-- Sales and refunds of stores with whose number took them: as the account of the row tells, else as all accounts of its number
-- agree, else by the word that held on its day.
create view base.collected_payments as
with numbers as (
    select channel, merchant, min(side) as side from base.collectors where side is not null
    group by channel, merchant having min(side) = max(side)
), platforms as (
    select distinct channel from base.coverage where kind = 'platform'
), rows as (
    select p.payment_id, l.store_id, l.business_day, p.channel, coalesce(p.merchant_no, f.merchant_no) as merchant_no, p.external_id, p.kind, p.amount, p.fee,
           p.file_id, p.sheet, p.line, l.account_id, p.channel in (from platforms) as by_platform
    from base.payments p
    join base.payment_links l on l.payment_id = p.payment_id
    left join base.wallet_file_accounts f on f.file_id = p.file_id and f.channel = p.channel
    where l.store_id is not null and not p.cancelled and p.payment_id not in (select payment_id from base.bridged_payments)
)
select r.*,
       coalesce(c.side, n.side, (
           select case arg_max(w.way, w.valid_from) when 'unified' then 'head_office' when 'independent' then 'store' end
           from base.standing_collecting_words w where w.store_code = r.store_id and w.valid_from <= r.business_day
       )) as side
from rows r
left join base.collectors c on c.account_id = r.account_id
left join numbers n on n.channel = r.channel and n.merchant = base.merchant_key(r.merchant_no);
