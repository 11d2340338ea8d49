-- Every time the store was opened for work. A worker that heard of an opening, or of a commit under it, that the store doesn't know has
-- seen a later state of the same store: a backup was put back.
CREATE TABLE openings (
    epoch INTEGER PRIMARY KEY,
    -- Random, so that two stores that went on from one backup differ.
    mark TEXT NOT NULL,
    -- The number of the first commit made under it, or still to come.
    first_commit INTEGER NOT NULL
) STRICT;
