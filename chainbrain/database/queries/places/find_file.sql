-- One row per imported file with this id, of this name, or with an id that starts like this.
select cast(file_id as varchar) from base.source_files
where cast(file_id as varchar) = $said or name = $said or (length($tag) >= 8 and starts_with(replace(cast(file_id as varchar), '-', ''), $tag))
order by 1
