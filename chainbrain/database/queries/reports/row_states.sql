-- One row per file, kind of row and leg: the four states and their sum, which is every row the leg applies to.
select f.name as file, f.format, s.record_type, s.leg, count(*) as rows,
       count(*) filter (where s.state = 'matched') as matched, count(*) filter (where s.state = 'timing') as timing,
       count(*) filter (where s.state = 'difference') as difference, count(*) filter (where s.state = 'excluded') as excluded
from main.row_states s left join base.source_files f on f.file_id = s.file_id
where ($leg is null or s.leg = $leg)
group by f.name, f.format, s.record_type, s.leg
order by f.name nulls last, s.record_type, s.leg
