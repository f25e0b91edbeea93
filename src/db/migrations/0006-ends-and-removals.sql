-- When the access to an account ends for good, and when removed media are forgotten.

-- Whether Longrun can renew these credentials: a fact of the credentials, not of their network. True where it is not known.
alter table accounts add column renewable boolean not null default true;
-- When a person must connect again, whatever is renewed until then. null: not known, or never.
alter table accounts add column access_ends_at timestamptz;
create index accounts_ending on accounts (access_ends_at) where access_ends_at is not null;

create index media_removed on media (removed_at) where removed_at is not null;
-- One file on disk serves every organisation: before it is deleted, all of them are asked by its content.
create index media_by_hash on media (sha256);
create index renditions_by_hash on renditions (sha256);
