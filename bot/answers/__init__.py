"""From what somebody asks to the answer in front of them, or of them alone.

A message is heard (`hearing` reads Slack's notation, `listening` says who hears it), kept before Slack is
told so (`keeping`), and given what becomes of it (`replying`); a button, a command or a form goes through
`keeping` too, `about` for those under a message. `asking` makes the Question and decides who is to read the
answer, as `audience` knows them: all of the thread (`streams`) or the asker alone (`privately`, all at once
from `whole`). `streams` writes an answer so that it can be stopped or taken away (`removing`): `showing`
turns each event of it into what people see (`status`, `charts`, `proposals`, `aside`), while `room` looks
whether nobody came who may not read it. `writing` gathers the words and cards (`pending`, `lookups`) and
decides when to call Slack; `parts` are the messages, `part` is one of them (`content`, `under`, `lost`),
`message` the calls. `place`, `tempo` and `refused` say where, how often, and what Slack does not take.
After a crash `resuming` goes on with what was kept, or was to go; `expiring` ends what nobody approved.
`thread` reads what was said before, `wordings` knows which edit is newest.
"""
