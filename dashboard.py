"""Entry point: `streamlit run dashboard.py`."""

from indicators.ui import navigation

navigation.run()
