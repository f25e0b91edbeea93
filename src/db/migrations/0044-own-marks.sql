-- What somebody has read is seen by them alone: also cheaper than asking for each mark whether its conversation is seen, as every count of what is
-- unread looks at a thousand of them. What is shown of a mark is shown with its conversation, whose wall stands.
drop policy departments on conversation_seen;
create policy own_marks on conversation_seen as restrictive using ((select sees_all()) or member_id = (select current_eyes()));
