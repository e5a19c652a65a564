"""The same eight charts with Dash and Plotly, made of the same rows at every visit: `by_dash.py ROWS.json`, served by
gunicorn in the peers' environment. It knows nothing of the product."""

import json
import os
from pathlib import Path

import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

CHARTS = json.loads(Path(os.environ["BENCH_ROWS"]).read_text(encoding="utf-8"))


def figure(chart):
    found = go.Figure()
    for name, points in chart["lines"].items():
        found.add_scatter(x=[x for x, _ in points], y=[y for _, y in points], name=name, mode="lines+markers")
    found.update_layout(height=380, showlegend=False, margin={"t": 10})
    return found


def page():
    parts = [html.H1("Kennzahlen"), dcc.Dropdown([one["title"] for one in CHARTS], CHARTS[0]["title"], id="which")]
    parts.append(dcc.Graph(id="chosen"))
    for one in CHARTS:
        parts += [html.H3(one["title"]), html.P(one["subtitle"]), dcc.Graph(figure=figure(one)), html.P(one["note"])]
    return html.Div(parts)


app = Dash(__name__)
app.layout = page
server = app.server


@app.callback(Output("chosen", "figure"), Input("which", "value"))
def chosen(title):
    return figure(next(one for one in CHARTS if one["title"] == title))
