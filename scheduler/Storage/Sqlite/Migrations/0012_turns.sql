-- The commit in which a job ended, or came back from its end, last; 0: it never did, or did before this was noted. A list that is read
-- page by page tells by it which jobs had ended when it began.
ALTER TABLE jobs ADD COLUMN turned_in INTEGER NOT NULL DEFAULT 0;
CREATE INDEX jobs_by_turn ON jobs (turned_in) WHERE turned_in > 0;
