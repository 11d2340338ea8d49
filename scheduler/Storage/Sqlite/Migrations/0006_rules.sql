-- The pool.yaml that is in force, for those who replay a pool from its store. No row: a scheduler that didn't keep it.
-- Both are empty where the shipped rules are in force.
CREATE TABLE rules (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    file TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
