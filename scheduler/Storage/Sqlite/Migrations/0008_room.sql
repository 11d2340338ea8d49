-- Overwritten to find out whether the disk has room again for a usual commit; nothing reads it.
CREATE TABLE room (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    bytes BLOB NOT NULL
) STRICT;
