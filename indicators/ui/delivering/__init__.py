"""What a person sees who delivers: upload, questions about a table, preview, receipt, and the archive of deliveries."""
