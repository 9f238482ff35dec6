-- What the book holds of the files in asked_containers, one data member per row.
select s.container_sha256, s.member, s.sha256, s.format, s.layout, s.encoding, s.format_confirmed, s.account_no,
       s.first_day, s.last_day, s.row_count, cast(s.controls as varchar)
from base.source_files s where s.container_sha256 in (select container_sha256 from asked_containers);
