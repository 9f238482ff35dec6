-- By what the daily takings were reckoned, so that only the days that moved are reckoned anew. A mark is a sum of hashes.

-- One mark per day over where payments of that day belong: it is written with the links (queries/attribution/links.sql).
create table base.place_marks (day date not null, mark hugeint not null);
-- One mark per day over its payments and where they belong, as both were when base.daily_takings was reckoned.
create table base.taking_marks (day date not null, mark hugeint not null);
