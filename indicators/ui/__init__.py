"""The only Streamlit code beside the pages."""
