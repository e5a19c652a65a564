-- A remark can come with a delivery, beside a value of a base figure: then `base_figure` and `reporter` name the value,
-- `indicator` is empty, and it holds as long as its delivery is valid for the value.
alter table comment add column base_figure varchar default '';
alter table comment add column reporter varchar default '';
