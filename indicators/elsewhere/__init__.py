"""What statistical offices publish of other places, as it comes from them: read, and held against our definitions.

A file of theirs brings values for comparison areas, and only where it counts what our base figure counts: the base
figure says under which table, measure and attributes it is published (`BaseFigure.published`). Decision 0940.
"""
