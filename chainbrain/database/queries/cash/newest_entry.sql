-- The newest entry of the history that may move receipts: any but words on the plan and on floors, and what was taken back of them; and
-- up to which of them states and matches follow: what is said at the desk is followed by no entry of its own.
with newest as (
    select max(h.entry_id) as entry_id
    from base.history h left join base.history u on u.entry_id = h.undoes
    where h.kind not like 'cash%' and coalesce(u.kind, '') not like 'cash%'
      and (u.kind is distinct from 'undo' or h.undoes not in (
          select o.entry_id from base.history o join base.history c on c.entry_id = o.undoes where c.kind like 'cash%'
      ))
)
select entry_id, least(entry_id, (select cast(value as bigint) from base.meta where key = 'reconciled_entry')) as followed from newest
