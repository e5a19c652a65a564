"""From a file to observations: workbooks, templates, departments' own tables, validation and the ledger."""
