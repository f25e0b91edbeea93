-- Mentions of a place, whatever they are about: few say where they come from, so that the index is small and seldom written.
create index mentions_by_place on mentions (org_id, place, at) where place is not null;
