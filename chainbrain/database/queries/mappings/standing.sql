-- One column map per name, with how many files of the book were read by it.
select m.name, m.content, m.saved_at, m.entry_id,
       (select count(*) from base.source_files f where f.format = 'mapped-table' and f.layout = m.name) as files
from base.standing_mappings m order by m.name;
