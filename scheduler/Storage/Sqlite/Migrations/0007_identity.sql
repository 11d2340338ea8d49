-- Which store this is: workers keep attempts and checkpoints in a folder per identity and generation.
ALTER TABLE pool ADD COLUMN identity TEXT NOT NULL DEFAULT '';
-- Raised when acknowledged commits were lost, as after a restore from a backup.
ALTER TABLE pool ADD COLUMN generation INTEGER NOT NULL DEFAULT 1;
-- Rises by one with every commit of a cycle and never falls, in no generation.
ALTER TABLE pool ADD COLUMN commit_number INTEGER NOT NULL DEFAULT 0;
-- Random, anew with every commit: tells two stores apart that went on from one copy and reached the same number.
ALTER TABLE pool ADD COLUMN commit_tag TEXT NOT NULL DEFAULT '';
-- 1: the store worked before it had an identity, so folders of workers that name none are its own.
ALTER TABLE pool ADD COLUMN legacy_workers INTEGER NOT NULL DEFAULT 0;
UPDATE pool SET
    identity = lower(hex(randomblob(16))),
    legacy_workers = next_number > 1 OR EXISTS (SELECT 1 FROM nodes);
