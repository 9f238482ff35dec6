-- One imported file or archive per row: its SHA-256 and the names of its data members that the book holds.
select container_sha256, list(member) from base.source_files group by container_sha256;
