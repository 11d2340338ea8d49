-- What the attempts before this one had of the pool: ticks of 100 ns that their processes ran, and how many of them were not lost.
ALTER TABLE attempts ADD COLUMN attained_before INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN kept_before INTEGER NOT NULL DEFAULT 0;
