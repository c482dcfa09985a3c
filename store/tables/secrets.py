from datetime import datetime

from sqlmodel import Field, SQLModel

from store.columns import UtcTime


class Secret(SQLModel, table=True):
    """A sealed value. `owner` is the row that it belongs to, such as `workspace/T1`; `key_id` names
    the key that opens it."""

    __tablename__ = "secret"

    owner: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    key_id: str
    sealed: bytes
    updated_at: datetime = Field(sa_type=UtcTime)
