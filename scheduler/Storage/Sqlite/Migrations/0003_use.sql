-- What the ended attempts of an account used (cost x seconds), decayed to a time. project or user_name may be empty.
CREATE TABLE use (
    project   TEXT    NOT NULL,
    user_name TEXT    NOT NULL,
    amount    REAL    NOT NULL,
    time      INTEGER NOT NULL,
    PRIMARY KEY (project, user_name)
) STRICT, WITHOUT ROWID;
