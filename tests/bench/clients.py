"""Clients that speak Streamlit's own protocol over a websocket: `python -m tests.bench.clients ADDRESS …`.

A process of its own, so that the server's core is the server's. Clients know what a browser knows: the messages that
they have cached need not be sent again. Prints one JSON object: milliseconds of each page, and faults.
"""

import asyncio
import json
import random
import sys
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import click
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

Steps = list[tuple[str, str]]
LONGEST = 60
"""Seconds that a page may take."""


@dataclass
class Log:
    """What all clients together have seen."""

    pages: list[float] = field(default_factory=list)
    messages: int = 0
    size: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass
class Client:
    """One tab. `address` begins with ws://."""

    socket: ClientConnection
    log: Log
    cached: set[str] = field(default_factory=set)

    async def open(self, page: str = "", query: str = "") -> None:
        """Asks for a page, by its name in the address, and waits for the end of the script's run."""
        state = ClientState(query_string=query, page_name=page, cached_message_hashes=sorted(self.cached))
        start = time.perf_counter()
        await self.socket.send(BackMsg(rerun_script=state).SerializeToString())
        async with asyncio.timeout(LONGEST):
            finished = await self._finished()
        if finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            self.log.pages.append(1000 * (time.perf_counter() - start))

    async def _finished(self) -> int:
        while True:
            payload = await self.socket.recv()
            message = ForwardMsg.FromString(payload)
            self.log.messages += 1
            self.log.size += len(payload)
            kind = message.WhichOneof("type")
            if message.metadata.cacheable and message.hash:
                self.cached.add(message.hash)
            if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
                self.log.faults.append(message.delta.new_element.exception.message)
            if kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return int(message.script_finished)


async def visit(client: Client, steps: Steps, until: float, pause: float, dice: random.Random) -> None:
    """One page after the other until the time is over."""
    while time.monotonic() < until:
        await client.open(*dice.choice(steps))
        if pause:
            await asyncio.sleep(dice.uniform(0, 2 * pause))


async def crowd(address: str, steps: Steps, number: int, seconds: float, pause: float) -> tuple[Log, float]:
    """What everyone saw after all had seen a first page, and the seconds that this took."""
    log = Log()
    async with AsyncExitStack() as opened:
        clients = [
            Client(
                await opened.enter_async_context(
                    connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None, compression=None)
                ),
                log,
            )
            for _ in range(number)
        ]
        await asyncio.gather(*(client.open(*steps[0]) for client in clients))
        log.pages.clear()
        start = time.monotonic()
        await asyncio.gather(
            *(visit(client, steps, start + seconds, pause, random.Random(seed)) for seed, client in enumerate(clients))
        )
        return log, time.monotonic() - start


@click.command()
@click.argument("address")
@click.option("--clients", default=20)
@click.option("--seconds", default=5.0)
@click.option("--pause", default=0.0, help="Mean seconds between a page and the next click.")
@click.option("--steps", default='[["", ""]]', help="JSON: pairs of page and query string.")
def main(address: str, clients: int, seconds: float, pause: float, steps: str) -> None:
    log, taken = asyncio.run(
        crowd(address, [(page, query) for page, query in json.loads(steps)], clients, seconds, pause)
    )
    result = {
        "pages": log.pages,
        "seconds": taken,
        "messages": log.messages,
        "size": log.size,
        "faults": log.faults[:5],
    }
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
