-- Files of the book with another list of the same money: one row per file of this format and layout that vouches for a day of
-- this account.
select f.name, min(c.day), max(c.day)
from base.coverage c join base.source_files f on f.file_id = c.file_id
where f.format = $format and f.layout = $layout and c.channel is not distinct from $channel and c.account_no = $account
  and c.day >= $first and c.day <= $last
group by f.file_id, f.name
order by 2, 1
limit 1
