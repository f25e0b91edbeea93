-- Counts of topics: what nobody reads is not written with every mention.

-- How a topic divides by language, emotion, intent, kind and initiator is counted from its entries.
drop table topic_day_facets;
