"""The Integrationsbericht: one Report value, put together from what the steering group sees, in every format."""
