"""What is due, late or to review, as a list and a calendar; letters that go out by e-mail, and who got what."""

import streamlit as st

from indicators.ui import frame, reminding
from indicators.ui.navigation import through_dashboard

through_dashboard()

st.title("Termine")
st.write("Was fällig ist, was kommt und was zu überprüfen ist: aus Lieferungen, Vereinbarungen, Gremien und Maßnahmen.")
found = reminding.dates()

st.header("Jetzt zu senden")
reminding.mails(found)

st.header("Wer was bekommen hat")
reminding.sent()

with frame.screen_only("letters"):
    st.header("Wortlaut der Briefe")
    reminding.texts()
