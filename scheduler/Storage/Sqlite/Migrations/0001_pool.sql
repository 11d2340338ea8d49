-- Times are 100 ns ticks since 1970 UTC: datetime(submit_time / 10000000, 'unixepoch') shows one.
-- Enumerations are stored as numbers that Core never reuses; reasons as the names that users see.

-- 'GPUS': tells a store of ours from any other SQLite file.
PRAGMA application_id = 1196447059;

-- One row. Whoever opened the store last holds the epoch; older ones can't commit.
CREATE TABLE pool (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    epoch       INTEGER NOT NULL,
    next_number INTEGER NOT NULL,
    probe       INTEGER NOT NULL
) STRICT;
INSERT INTO pool (id, epoch, next_number, probe) VALUES (1, 0, 1, 0);

-- What a submission asks for, once for all elements of an array.
CREATE TABLE specs (
    number    INTEGER PRIMARY KEY,
    user_name TEXT NOT NULL,
    tier      TEXT NOT NULL,
    document  TEXT NOT NULL
) STRICT;
CREATE INDEX specs_by_user ON specs (user_name, number, tier);
CREATE INDEX specs_by_tier ON specs (tier, number);

-- One row a job or array element; idx is -1 outside arrays.
CREATE TABLE jobs (
    number          INTEGER NOT NULL REFERENCES specs (number),
    idx             INTEGER NOT NULL,
    state           INTEGER NOT NULL,
    reason          TEXT,
    reason_text     TEXT    NOT NULL,
    submit_time     INTEGER NOT NULL,
    eligible_time   INTEGER,
    attempt         INTEGER NOT NULL,
    failures        INTEGER NOT NULL,
    launch_failures INTEGER NOT NULL,
    checkpoints     TEXT    NOT NULL,
    start_time      INTEGER,
    end_time        INTEGER,
    exit_code       INTEGER,
    signal          INTEGER,
    PRIMARY KEY (number, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX jobs_by_state ON jobs (state, number, idx);

-- Every attempt ever made; rows are added and completed, never removed.
CREATE TABLE attempts (
    number            INTEGER NOT NULL,
    idx               INTEGER NOT NULL,
    attempt           INTEGER NOT NULL,
    node              TEXT    NOT NULL,
    devices           TEXT    NOT NULL,
    cpu_cores         INTEGER NOT NULL,
    memory_mib        INTEGER NOT NULL,
    grant_time        INTEGER NOT NULL,
    start_time        INTEGER,
    end_time          INTEGER,
    resumed_from_step INTEGER,
    last_step         INTEGER,
    last_step_time    INTEGER,
    stop_cause        INTEGER,
    end_cause         INTEGER,
    exit_code         INTEGER,
    signal            INTEGER,
    lost_work         INTEGER,
    message           TEXT    NOT NULL,
    -- What the attempts before left behind: how the last one ended, with which quick error, and the best step then known.
    previous_end      INTEGER,
    quick_error       INTEGER,
    best_step         INTEGER,
    PRIMARY KEY (number, idx, attempt),
    FOREIGN KEY (number, idx) REFERENCES jobs (number, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE nodes (
    name     TEXT PRIMARY KEY,
    document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Idempotency keys in the order they were used; only the newest are kept.
CREATE TABLE keys (
    sequence          INTEGER PRIMARY KEY,
    key               TEXT    NOT NULL UNIQUE,
    number            INTEGER NOT NULL,
    elements          INTEGER NOT NULL,
    tier              TEXT    NOT NULL,
    tier_derived_from TEXT
) STRICT;
