-- What an attempt holds that the columns node … memory_mib can't say: several nodes, or parts of cards. NULL: they say it all.
-- For several nodes they speak of the first, rank 0.
ALTER TABLE attempts ADD COLUMN shares TEXT;
