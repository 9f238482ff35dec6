-- What came short on a payout and a person left out: no longer on its way once the last of its deposits is there.
create view base.written_off_flows as
select d.difference_id, coalesce(d.channel, s.channel) as channel,
       coalesce(base.merchant_key(coalesce(s.merchant_no, w.merchant_no, a.merchant_no)), '-') as merchant,
       cast(max(b.posted_at) as date) as day, d.amount, d.record_type, d.record_id
from base.differences d
join base.match_members i on i.record_id = d.record_id and i.side = 'inner'
join base.matches m on m.match_id = i.match_id and m.kind = 'settlement_bank' and m.state = 'confirmed'
join base.match_members x on x.match_id = m.match_id and x.side = 'outer'
join base.bank_lines b on b.bank_line_id = x.record_id
left join base.settlements s on s.settlement_id = d.record_id
left join base.wallet_lines w on w.wallet_line_id = d.record_id
left join base.wallet_file_accounts a on a.file_id = w.file_id
where d.code in ('D08', 'D12') and d.state = 'excluded' and d.record_type in ('settlement', 'wallet_line')
group by all;

-- The map of the money as it was shown: the sums of every day and state, append-only; the last word on a day and state counts. A later map
-- that says something else of a day shown before is told as a change.
create table base.shown_maps (
    shown_id bigint not null, "at" timestamp not null, entry_id bigint not null, day date not null, state varchar not null, amount decimal(18,2) not null
);
create view base.map_as_shown as
select day, state, amount, shown_id from base.shown_maps qualify row_number() over (partition by day, state order by shown_id desc) = 1;
