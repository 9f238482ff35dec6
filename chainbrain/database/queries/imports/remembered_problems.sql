-- The broken rows of the files in asked_containers.
select s.container_sha256, s.member, p.line, p.column_name, p.value, p.code, p.state, p.sheet, coalesce(p.said, '[]')
from base.left_out_rows p join base.source_files s using (file_id)
where p.state = 'broken' and s.container_sha256 in (select container_sha256 from asked_containers)
order by p.sheet nulls first, p.line;
