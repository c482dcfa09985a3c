"""A mail server that keeps what it gets: as much of SMTP as it takes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

END = b"\r\n.\r\n"
ANSWERS = {"DATA": b"354 go on\r\n", "QUIT": b"221 bye\r\n"}


@dataclass(kw_only=True)
class Mailbox:
    port: int = 0
    got: list[EmailMessage] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example\r\n")
        while line := (await reader.readline()).decode().strip():
            writer.write(ANSWERS.get(line.upper(), b"250 ok\r\n"))
            if line.upper() == "QUIT":
                break
            if line.upper() == "DATA":
                await writer.drain()
                self._keep(await reader.readuntil(END))
                writer.write(b"250 kept\r\n")
        writer.close()

    def _keep(self, raw: bytes) -> None:
        message = message_from_bytes(raw.removesuffix(END), policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.got.append(message)


@asynccontextmanager
async def mailbox() -> AsyncIterator[Mailbox]:
    box = Mailbox()
    server = await asyncio.start_server(box.serve, "127.0.0.1", 0)
    box.port = server.sockets[0].getsockname()[1]
    async with server:
        yield box
