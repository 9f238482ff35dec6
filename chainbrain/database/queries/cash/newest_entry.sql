-- The newest entry of the history that may move receipts: any but words on the plan and on floors, and what was taken back of them.
select max(h.entry_id) from base.history h left join base.history u on u.entry_id = h.undoes
where h.kind not like 'cash%' and coalesce(u.kind, '') not like 'cash%'
  and (u.kind is distinct from 'undo' or h.undoes not in (
      select o.entry_id from base.history o join base.history c on c.entry_id = o.undoes where c.kind like 'cash%'
  ))
