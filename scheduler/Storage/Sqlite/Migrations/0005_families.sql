-- What earlier runs of a family of jobs showed: run times and steps/s. project may be empty.
CREATE TABLE families (
    user_name TEXT    NOT NULL,
    project   TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    seen      INTEGER NOT NULL,
    document  TEXT    NOT NULL,
    PRIMARY KEY (user_name, project, name)
) STRICT, WITHOUT ROWID;
