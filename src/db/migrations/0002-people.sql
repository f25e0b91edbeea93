-- Who may enter (users and their ways to sign in, one set for the installation) and who belongs where (organisations, members).

create table users (
  id uuid primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean not null default false,
  time_zone text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table sessions (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sessions_by_user on sessions (user_id);

-- A way to sign in: a password, or an identity at an OIDC provider.
create table credentials (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index credentials_by_user on credentials (user_id);

create table verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verifications_by_identifier on verifications (identifier);

create table two_factors (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamptz
);
create index two_factors_by_user on two_factors (user_id);

create table passkeys (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  name text,
  public_key text not null,
  credential_id text not null unique,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz default now()
);
create index passkeys_by_user on passkeys (user_id);

-- How often an address tried to sign in lately, counted here because several processes may serve the sign-in page.
create table rate_limits (
  id uuid primary key,
  key text not null unique,
  count integer not null,
  -- Milliseconds since 1970.
  last_request bigint not null
);

create table organisations (
  id uuid primary key,
  name text not null,
  slug text not null unique,
  time_zone text not null,
  created_at timestamptz not null default now(),
  created_by uuid not null references users
);
alter table organisations enable row level security;
alter table organisations force row level security;
create policy walls on organisations using (id = (select current_org()) or (select is_system()))
  with check (id = (select current_org()) or (select is_system()));

create table departments (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  name text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, name)
);

create table members (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  user_id uuid not null references users,
  role text not null check (role in ('owner', 'admin', 'manager', 'contributor', 'approver', 'viewer')),
  department_id uuid,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by uuid,
  primary key (org_id, id),
  unique (org_id, user_id),
  foreign key (org_id, department_id) references departments (org_id, id) on delete set null (department_id)
);
create index members_by_user on members (user_id);

create table invitations (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  email text not null,
  role text not null check (role in ('owner', 'admin', 'manager', 'contributor', 'approver', 'viewer')),
  department_id uuid,
  secret_hash text not null unique,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz,
  revoked_by uuid,
  primary key (org_id, id),
  foreign key (org_id, department_id) references departments (org_id, id) on delete set null (department_id)
);

create table api_tokens (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  name text not null,
  -- The first characters, shown so that people can tell tokens apart.
  prefix text not null,
  secret_hash text not null unique,
  scopes text[] not null,
  member_id uuid not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  revoked_by uuid,
  primary key (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id)
);

select protect(t::regclass) from unnest(array['departments', 'members', 'invitations', 'api_tokens']) t;
