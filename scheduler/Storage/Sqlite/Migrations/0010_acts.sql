-- What people did to a job: who cancelled, held, released or queued it again, and when; null: nobody did anything.
ALTER TABLE jobs ADD COLUMN acts TEXT;
