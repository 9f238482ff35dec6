-- Every bank line: paid out, arrived as expected, cash from a store, money from before the book, or unexplained (D09).

-- Cash that a store counted as banked, by shift or by day: the memo names the store, same amount, up to seven days later.
-- Equal amounts are interchangeable: the sum is settled, the earlier line goes with the earlier count.
create or replace temp table r_banked as
select row_number() over (order by store, day, amount) as count_no, *
from (
    select store_code as store, business_day as day, banked as amount from base.placed_cash_counts where banked > 0
    union all
    select store_code, business_day, sum(banked) from base.placed_cash_counts where banked > 0 group by store_code, business_day having count(*) > 1
);
create or replace temp table r_cash_lines as
select d.bank_line_id, s.store_id as store, d.amount, d.day
from a_deposits d
join r_stores s on contains(d.memo, s.store_id) or contains(d.memo, s.name) or contains(d.counterparty, s.name)
where d.payer is null and d.bank_line_id not in (select bank_line_id from r_arrived)
  and d.amount in (select amount from r_banked)
-- the longest name that fits: S12 is not S1
qualify row_number() over (partition by d.bank_line_id order by length(s.store_id) desc, s.store_id) = 1;
create or replace temp table r_cash_accepted as
select l.bank_line_id, l.store, c.count_no
from (select *, row_number() over (partition by store, amount order by day, bank_line_id) as rank from r_cash_lines) l
join (select *, row_number() over (partition by store, amount order by day, count_no) as rank from r_banked) c using (store, amount, rank)
where l.day >= c.day and l.day <= c.day + 7;
-- once more from the end: a line or a count that has no partner shifts the ranks only on its own side
insert into r_cash_accepted
select l.bank_line_id, l.store, c.count_no
from (
    select *, row_number() over (partition by store, amount order by day desc, bank_line_id desc) as rank
    from r_cash_lines where bank_line_id not in (select bank_line_id from r_cash_accepted)
) l
join (
    select *, row_number() over (partition by store, amount order by day desc, count_no) as rank
    from r_banked where count_no not in (select count_no from r_cash_accepted)
) c using (store, amount, rank)
where l.day >= c.day and l.day <= c.day + 7;

-- Deposits of a channel in the book's first eight working days settle sales from before it, up to the opening balance in transit.
-- The rest days that follow the eighth are none of them: a long holiday made weeks of it. Payers that were learned are not believed here:
-- money in transit (base.earlier_deposits) knows those of the list alone.
create or replace temp table r_first_days as
select d.bank_line_id, d.day, d.amount, d.payer, o.opening, o.balance,
       sum(d.amount) over (partition by d.payer order by d.day, d.bank_line_id) as so_far
from a_deposits d
join (
    select coalesce(channel, account_no) as channel, min(day) as opening, sum(balance) as balance
    from base.openings where kind = 'in_transit' group by coalesce(channel, account_no)
) o on o.channel = d.payer
join a_days a on a.day = o.opening
join a_days z on z.day = d.day
where d.listed and d.day >= o.opening and z.work_no + if(z.works, 0, 1) <= a.work_no + 8
  and d.bank_line_id not in (select bank_line_id from r_arrived) and d.bank_line_id not in (select bank_line_id from r_bank_suggested);

create or replace temp table r_bank_verdicts as
select d.bank_line_id, d.file_id, d.day, d.amount, d.payer,
       case
           when m.match_id is not null then 'matched'
           when c.bank_line_id is not null then 'matched'
           when g.bank_line_id is not null then 'timing'
           when f.so_far <= f.balance then 'timing'
           when d.payer is not null and coalesce(s.waiting, true) then 'timing'
           else 'difference'
       end as state,
       m.match_id,
       case
           when m.match_id is not null then null
           when c.bank_line_id is not null then 'cash_deposit'
           when g.bank_line_id is not null then 'suggested'
           when f.so_far <= f.balance then 'opening_in_transit'
           when d.payer is not null and coalesce(s.waiting, true) then 'waiting_for_file'
       end as reason, c.store
from a_deposits d
left join r_bank_posted m on m.bank_line_id = d.bank_line_id
left join r_cash_accepted c on c.bank_line_id = d.bank_line_id
left join (select distinct bank_line_id from r_bank_suggested where by_payer or payer_unknown) g on g.bank_line_id = d.bank_line_id
left join r_first_days f on f.bank_line_id = d.bank_line_id
left join r_waiting s on s.bank_line_id = d.bank_line_id;

create or replace temp view r_states_bank_lines as
select 'bank_line' as record_type, bank_line_id as record_id, 'bank' as leg, file_id, state, match_id, reason,
       case when state = 'timing' then day + 1 end as due_on
from r_bank_verdicts
union all
select 'bank_line', bank_line_id, 'bank', file_id, 'excluded', null, case when amount < 0 then 'payment_out' else 'zero_amount' end, null
from base.bank_lines where amount <= 0;
insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select md5(concat_ws(chr(31), 'difference', 'D09', bank_line_id))::uuid, 'D09', 'open', store, day, null, amount, 'bank_line', bank_line_id,
       coalesce(payer, 'bank'), case when payer is null then 'other_payer' else 'no_settlement' end
from r_bank_verdicts where state = 'difference';
insert into r_flags
select md5(concat_ws(chr(31), 'difference', 'D09', bank_line_id))::uuid, 'bank_line', bank_line_id, 'bank', 'difference'
from r_bank_verdicts where state = 'difference';
