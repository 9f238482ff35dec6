-- One version of a map, or its end (content is null), written by a history entry.
insert into base.mappings (entry_id, name, signature, content, saved_at) values ($entry, $name, $signature, $content, $at);
