"""The record: deliveries committed and withdrawn, their files, versions of the definitions, who owes what."""
