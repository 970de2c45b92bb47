-- How few rows the functions behind the policies give. Without a word the planner takes each for a thousand rows, and, to find the
-- units of a thousand posts, joins every unit with every other: a dozen milliseconds for each policy of each statement.
-- Orders of magnitude: of a person, of a street's officer, of a district.

alter function private.my_session() rows 1;
alter function private.my_posts() rows 2;
alter function private.my_people() rows 50;
alter function private.my_org_units() rows 100;
alter function private.my_units_as(public.post_role[]) rows 100;
alter function private.my_communities() rows 20;
alter function private.my_household_communities() rows 20;
alter function private.my_lands() rows 2;
alter function private.my_whole_lands() rows 2;
alter function private.my_cells() rows 800;
alter function private.my_grid_buildings() rows 100;
