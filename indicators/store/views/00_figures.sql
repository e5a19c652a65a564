-- Grain: one row per slice of the data set of figures, whose subjects are base figures. What asks for base figures
-- looks here: another data set may give a subject of its own the same code.
create or replace view figure_slice as
select id, subject as base_figure, reporter, period
from slice
where data_set = 'figures';
