"""The same eight charts with Dash and Plotly Express, made of the same rows at every visit, as its documentation shows
it; served by gunicorn in the peers' environment. It knows nothing of the product."""

import json
import os
from pathlib import Path

import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, dcc, html

CHARTS = json.loads(Path(os.environ["BENCH_ROWS"]).read_text(encoding="utf-8"))
FRAMES = {
    one["title"]: pd.DataFrame(
        [(name, x, y) for name, points in one["lines"].items() for x, y in points], columns=["Linie", "Jahr", "Wert"]
    )
    for one in CHARTS
}


def figure(title):
    frame = FRAMES[title]
    found = px.line(frame, x="Jahr", y="Wert", color="Linie", line_dash="Linie", symbol="Linie", markers=True)
    for row in frame.groupby("Linie").tail(1).itertuples():
        found.add_annotation(x=row.Jahr, y=row.Wert, text=row.Linie, showarrow=False, xanchor="left")
    return found.update_layout(height=380, showlegend=False, margin={"t": 10})


def page():
    titles = list(FRAMES)
    parts = [html.H1("Kennzahlen"), dcc.Dropdown(titles, titles[0], id="which"), dcc.Graph(id="chosen")]
    for one in CHARTS:
        chart = dcc.Graph(figure=figure(one["title"]))
        parts += [html.H3(one["title"]), html.P(one["subtitle"]), chart, html.P(one["note"])]
    return html.Div(parts)


app = Dash(__name__)
app.layout = page
server = app.server


@app.callback(Output("chosen", "figure"), Input("which", "value"))
def chosen(title):
    return figure(title)
