"""Entry point: `streamlit run dashboard.py`. Streamlit imports it once to serve, and runs it for every view."""

import streamlit as st

from indicators.ui import navigation, serving

if __name__ == "__main__":
    navigation.run()
else:
    serving.prepare()
    app = st.App(__file__, middleware=serving.MIDDLEWARE, on_script_error=navigation.failed)
