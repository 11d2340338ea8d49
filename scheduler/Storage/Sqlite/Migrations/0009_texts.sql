-- Long scripts, each once however often it is submitted. Kept out of the specifications, which a pool keeps in memory.
CREATE TABLE texts (
    hash TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;

-- Whose script it is; a text that no submission refers to any more is removed with the last one.
CREATE TABLE spec_texts (
    number INTEGER PRIMARY KEY REFERENCES specs (number),
    hash   TEXT    NOT NULL REFERENCES texts (hash)
) STRICT;
CREATE INDEX spec_texts_by_hash ON spec_texts (hash);
