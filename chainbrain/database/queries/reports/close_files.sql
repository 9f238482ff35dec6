-- One row per file with days of [$first, $after): what was read from it, its own total, and the fingerprint of its bytes.
select f.name as file, f.format, f.first_day, f.last_day, f.row_count as rows, f.control_total, cast(f.imported_at as timestamp) as imported_at, f.sha256
from main.source_files f
where coalesce(f.first_day, cast(f.imported_at as date)) < $after and coalesce(f.last_day, cast(f.imported_at as date)) >= $first
order by f.format, f.first_day, f.name
