"""The second process that draws charts: a specification a line in, a drawing a line out, both as JSON.

Started as a file of its own, so that it loads vl-convert and nothing of the house.
"""

import json
import sys

import vl_convert

if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(str(vl_convert.vegalite_to_svg(line))))
